import { type Call, isMissing } from "../call";
import { defaultSecurityGroupId, hasIdForm } from "../ids";
import { validationError } from "../protocol/aws-error";
import type { VpcEndpoint } from "../state/state";

/**
 * The 6 subnets come from the Terraform provider: the API model has no limit, and that AWS has one is not confirmed.
 * The 5 groups are the model's.
 */
const maxSubnets = 6;
const maxSecurityGroups = 5;

/**
 * Throws ValidationException for a VPC that cannot hold a managed endpoint: one that does not exist, one that another
 * account shares (only the owner can make endpoints in it, says the developer guide), and one without DNS support or
 * DNS host names, which the endpoint's private hosted zones need. That the last is refused at once, and not by an
 * endpoint that ends FAILED, is not confirmed; the words of all three are ours.
 */
export function checkVpc(call: Call, vpcId: string): void {
  const vpc = call.state.vpcs.get(vpcId);
  if (!hasIdForm("vpc", vpcId) || isMissing(call, vpcId, vpc)) {
    throw validationError(`The vpc ID '${vpcId}' does not exist`);
  }
  // In an open world, nothing more is known of it.
  if (!vpc) return;
  if (vpc.ownerId !== undefined && vpc.ownerId !== call.account) {
    throw validationError(
      `The vpc '${vpcId}' is owned by account ${vpc.ownerId}; only the owner can create a VpcEndpoint in it`,
    );
  }
  if (!vpc.enableDnsSupport || !vpc.enableDnsHostnames) {
    throw validationError(
      `The vpc '${vpcId}' must have the attributes enableDnsSupport and enableDnsHostnames set to true`,
    );
  }
}

/** Throws ValidationException for subnets and groups that an endpoint in this VPC cannot have. The words are ours. */
export function checkPlacement(
  call: Call,
  vpcId: string,
  subnetIds: readonly string[],
  groupIds: readonly string[],
): void {
  checkCount("subnetIds", subnetIds, maxSubnets);
  checkCount("securityGroupIds", groupIds, maxSecurityGroups);
  const { subnets, securityGroups, vpcOfForeignIds } = call.state;
  for (const subnetId of subnetIds) {
    if (!isMissing(call, subnetId, subnets.get(subnetId))) continue;
    throw validationError(`The subnet ID '${subnetId}' does not exist`);
  }
  for (const groupId of groupIds) {
    if (hasIdForm("sg", groupId) && !isMissing(call, groupId, securityGroups.get(groupId))) continue;
    throw validationError(`The security group '${groupId}' does not exist`);
  }
  for (const id of [...subnetIds, ...groupIds]) {
    const home = subnets.get(id)?.vpcId ?? securityGroups.get(id)?.vpcId ?? vpcOfForeignIds.get(id);
    if (home === undefined || home === vpcId) continue;
    throw validationError(`${id} belongs to ${home}, not to ${vpcId}`);
  }
  checkZones(call, subnetIds);
}

/** Creating fails for two subnets in one zone, as users of AWS found out; in an open world not every zone is known. */
function checkZones(call: Call, subnetIds: readonly string[]): void {
  const subnetOfZone = new Map<string, string>();
  for (const subnetId of subnetIds) {
    const zone = call.state.subnets.get(subnetId)?.availabilityZone;
    if (zone === undefined) continue;
    const other = subnetOfZone.get(zone);
    if (other !== undefined) {
      throw validationError(
        `The subnets '${other}' and '${subnetId}' are both in Availability Zone ${zone}; ` +
          "a VpcEndpoint takes one subnet per Availability Zone",
      );
    }
    subnetOfZone.set(zone, subnetId);
  }
}

function checkCount(what: string, ids: readonly string[], max: number): void {
  if (new Set(ids).size < ids.length) throw validationError(`${what}: the same id must not appear twice`);
  if (ids.length <= max) return;
  throw validationError(
    `1 validation error detected: Value '[${ids.join(", ")}]' at '${what}' failed to satisfy constraint: ` +
      `Member must have length less than or equal to ${max}`,
  );
}

/** The group of an endpoint that was given none: the VPC's default one, which nobody confirmed. */
export function defaultGroupOf(call: Call, vpcId: string): string {
  const known = [...call.state.securityGroups.values()].find(
    (group) => group.vpcId === vpcId && group.name === "default",
  );
  return known?.id ?? defaultSecurityGroupId(call.region, vpcId);
}

/** In an open world, an id that the sandbox was not told about belongs to the VPC where it was first seen. */
export function rememberPlacement(call: Call, endpoint: VpcEndpoint): void {
  const { subnets, securityGroups, vpcOfForeignIds } = call.state;
  for (const id of [...endpoint.networkInterfaces.keys(), ...endpoint.securityGroupIds]) {
    if (!subnets.has(id) && !securityGroups.has(id)) vpcOfForeignIds.set(id, endpoint.vpcId);
  }
}
