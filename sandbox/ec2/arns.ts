import { partitionOf } from "../access/arns";
import type { Call } from "../call";

/** `arn:aws:ec2:REGION:ACCOUNT:subnet/subnet-0a1b2c3d`, in the partition of the Region. */
export const ec2Arn = (
  { region, account }: Pick<Call, "region" | "account">,
  type: "prefix-list" | "security-group" | "security-group-rule" | "subnet",
  id: string,
  owner = account,
): string => `arn:${partitionOf(region)}:ec2:${region}:${owner}:${type}/${id}`;
