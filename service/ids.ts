import type { Problem } from "./problem";

/** The form of one kind of AWS id. */
export interface IdForm {
  /** What it identifies, in AWS's words. */
  readonly what: string;
  readonly pattern: RegExp;
  readonly example: string;
}

const hex = "(?:[0-9a-f]{8}|[0-9a-f]{17})";

/**
 * Ids as EC2 makes them: a prefix and 8 or 17 hexadecimal digits (API model 2021-11-01, SubnetId). An endpoint
 * id has the form that a network policy takes in SourceVPCEs, the narrowest place it has to stand in.
 */
export const idForms = {
  vpc: { what: "a VPC id", pattern: new RegExp(`^vpc-${hex}$`), example: "vpc-0a1b2c3d4e5f60718" },
  subnet: {
    what: "a subnet id",
    pattern: new RegExp(`^subnet-${hex}$`),
    example: "subnet-0a1b2c3d4e5f60718",
  },
  securityGroup: {
    what: "a security group id",
    pattern: new RegExp(`^sg-${hex}$`),
    example: "sg-0a1b2c3d4e5f60718",
  },
  prefixList: {
    what: "a prefix list id",
    pattern: new RegExp(`^pl-${hex}$`),
    example: "pl-0a1b2c3d4e5f60718",
  },
  endpoint: {
    what: "an endpoint id",
    pattern: /^vpce-[a-zA-Z0-9]{8,20}$/,
    example: "vpce-0a1b2c3d4e5f60718",
  },
  // API model 2021-11-01, CollectionId
  collection: { what: "a collection id", pattern: /^[a-z0-9]{3,40}$/, example: "a1b2c3d4e5f6g7h8i9j0" },
  account: { what: "an account id", pattern: /^[0-9]{12}$/, example: "123456789012" },
} as const satisfies Record<string, IdForm>;

export type IdKind = keyof typeof idForms;

/** The longest endpoint id that a network policy takes; what an id not known yet is counted as. */
export const longestEndpointId = `vpce-${"0".repeat(20)}`;

/** Checks the form of an id; whether the thing exists only AWS can say. */
export function checkId(kind: IdKind, id: string): Problem | undefined {
  const { what, pattern, example } = idForms[kind];
  if (pattern.test(id)) return undefined;
  return { problem: `"${id}" is not ${what}`, remedy: `give one such as "${example}"` };
}
