import { createHash, randomBytes } from "node:crypto";
import { AwsError } from "./protocol/aws-error";

export type IdPrefix = "eni" | "pl" | "sg" | "sgr" | "subnet" | "vpc" | "vpce";

/** An id as AWS gives them out: the prefix and 17 hexadecimal digits, of which the first is 0. */
export const newId = (prefix: IdPrefix): string => `${prefix}-0${randomBytes(8).toString("hex")}`;

/** The default group of a VPC that nobody told the sandbox about: made up, and the same on every call. */
export function defaultSecurityGroupId(region: string, vpcId: string): string {
  const digest = createHash("sha256").update(`${region}/${vpcId}/default`).digest("hex");
  return `sg-0${digest.slice(0, 16)}`;
}

/** EC2 ids end in 8 (old) or 17 hexadecimal digits; nothing else can exist. */
export const hasIdForm = (prefix: IdPrefix, id: string): boolean =>
  id.startsWith(`${prefix}-`) && /^(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(id.slice(prefix.length + 1));

const malformedCode: Readonly<Record<IdPrefix, string>> = {
  eni: "InvalidNetworkInterfaceId.Malformed",
  pl: "InvalidPrefixListID.Malformed",
  sg: "InvalidGroupId.Malformed",
  sgr: "InvalidSecurityGroupRuleId.Malformed",
  subnet: "InvalidSubnetID.Malformed",
  vpc: "InvalidVpcId.Malformed",
  vpce: "InvalidVpcEndpointId.Malformed",
};

/** Refuses an id that EC2 cannot have given out, in EC2's words. */
export function requireIdForm(prefix: IdPrefix, id: string): string {
  if (hasIdForm(prefix, id)) return id;
  throw new AwsError(malformedCode[prefix], `Invalid id: "${id}" (expecting "${prefix}-...")`);
}
