import { createHash, randomBytes } from "node:crypto";
import { AwsError } from "./protocol/aws-error";

export type IdPrefix = "eni" | "pl" | "sg" | "sgr" | "subnet" | "vpc" | "vpce";

/** Ids of what comes with a VPC or a subnet and is not kept: they follow from what it comes with. */
type DerivedPrefix =
  | "acl"
  | "aclassoc"
  | "dopt"
  | "rtb"
  | "rtbassoc"
  | "sg"
  | "sgr"
  | "subnet-cidr-assoc"
  | "vpc-cidr-assoc"
  | "vpce-svc";

/** An id as AWS gives them out: the prefix and 17 hexadecimal digits, of which the first is 0. */
export const newId = (prefix: IdPrefix): string => `${prefix}-0${randomBytes(8).toString("hex")}`;

/** As many hexadecimal digits as asked for, up to 64: the same ones for the same parts. */
export const derivedHex = (digits: number, ...parts: readonly string[]): string =>
  createHash("sha256").update(parts.join("/")).digest("hex").slice(0, digits);

/** An id of something that exists because something else does: made up, and the same on every call. */
export const derivedId = (prefix: DerivedPrefix, ...parts: readonly string[]): string =>
  `${prefix}-0${derivedHex(16, ...parts)}`;

/** The default group of a VPC. */
export const defaultSecurityGroupId = (region: string, vpcId: string): string =>
  derivedId("sg", region, vpcId, "default");

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
