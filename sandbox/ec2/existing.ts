import { type Call, isMissing } from "../call";
import { requireIdForm } from "../ids";
import { AwsError } from "../protocol/aws-error";
import type { PrefixList, SecurityGroup, Subnet, Vpc } from "../state/state";

/** The VPC with this id; undefined only in an open world, for one that the sandbox was not told about. */
export function existingVpc(call: Call, id: string): Vpc | undefined {
  const vpc = call.state.vpcs.get(requireIdForm("vpc", id));
  if (isMissing(call, id, vpc)) throw vpcNotFound(id);
  return vpc;
}

/** The VPC with this id, which has to be known: of another one there is nothing to tell, in an open world either. */
export function knownVpc(call: Call, id: string): Vpc {
  const vpc = call.state.vpcs.get(requireIdForm("vpc", id));
  if (vpc) return vpc;
  throw vpcNotFound(id);
}

/** The VPC with this id, which has to be known and to belong to the caller: others' are theirs to change. */
export function ownVpc(call: Call, id: string): Vpc {
  const vpc = knownVpc(call, id);
  refuseShared(vpc);
  return vpc;
}

/** A VPC that another account shares is changed by its owner alone (VPC guide, shared subnets). */
export function refuseShared(vpc: Vpc | undefined): void {
  if (vpc?.ownerId === undefined) return;
  throw new AwsError(
    "OperationNotPermitted",
    `${vpc.id} is owned by the account ${vpc.ownerId}; only its owner can do this`,
  );
}

const vpcNotFound = (id: string): AwsError =>
  new AwsError("InvalidVpcID.NotFound", `The vpc ID '${id}' does not exist`);

/** The subnet with this id; undefined only in an open world. */
export function existingSubnet(call: Call, id: string): Subnet | undefined {
  const subnet = call.state.subnets.get(requireIdForm("subnet", id));
  if (isMissing(call, id, subnet)) throw subnetNotFound(id);
  return subnet;
}

/** The subnet with this id, which has to be known. */
export function knownSubnet(call: Call, id: string): Subnet {
  const subnet = call.state.subnets.get(requireIdForm("subnet", id));
  if (subnet) return subnet;
  throw subnetNotFound(id);
}

const subnetNotFound = (id: string): AwsError =>
  new AwsError("InvalidSubnetID.NotFound", `The subnet ID '${id}' does not exist`);

/** The group with this id; undefined only in an open world. */
export function existingGroup(call: Call, id: string): SecurityGroup | undefined {
  const group = call.state.securityGroups.get(requireIdForm("sg", id));
  if (isMissing(call, id, group)) throw groupNotFound(id);
  return group;
}

export const groupNotFound = (id: string): AwsError =>
  new AwsError("InvalidGroup.NotFound", `The security group '${id}' does not exist`);

/** The prefix list with this id; undefined only in an open world. */
export function existingPrefixList(call: Call, id: string): PrefixList | undefined {
  const list = call.state.prefixLists.get(requireIdForm("pl", id));
  if (isMissing(call, id, list)) throw prefixListNotFound(id);
  return list;
}

export const prefixListNotFound = (id: string): AwsError =>
  new AwsError("InvalidPrefixListID.NotFound", `The prefix list ID '${id}' does not exist`);
