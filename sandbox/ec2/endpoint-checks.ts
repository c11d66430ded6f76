import type { Call } from "../call";
import { AwsError, invalidParameterValue } from "../protocol/aws-error";
import type { InterfaceEndpoint } from "../state/state";
import { privateDnsNamesOf } from "./endpoint-services";
import { type IpAddressType, ipAddressTypeOf } from "./endpoint-view";
import { existingGroup, existingSubnet, existingVpc } from "./existing";

/** EC2's answer to a parameter that does not fit the rest of the request. */
export const invalidParameter = (message: string): AwsError => new AwsError("InvalidParameter", message);

/** Subnets and groups exist and lie in the VPC, and no two of the subnets share a zone. */
export function checkPlacement(
  call: Call,
  vpcId: string,
  subnetIds: readonly string[],
  groupIds: readonly string[],
): void {
  const zones = new Set<string>();
  for (const id of new Set(subnetIds)) {
    const subnet = existingSubnet(call, id);
    if (!subnet) continue;
    if (subnet.vpcId !== vpcId) throw invalidParameter(`The subnet ID '${id}' is not in the VPC '${vpcId}'`);
    if (zones.has(subnet.availabilityZone)) {
      throw new AwsError(
        "DuplicateSubnetsInSameZone",
        `Found another VPC endpoint subnet in the availability zone of ${id}. VPC endpoint subnets should be in ` +
          "different availability zones supported by the VPC endpoint service.",
      );
    }
    zones.add(subnet.availabilityZone);
  }
  for (const id of groupIds) {
    const group = existingGroup(call, id);
    if (group && group.vpcId !== vpcId) {
      throw invalidParameter("You have specified two resources that belong to different networks.");
    }
  }
}

/** Private DNS needs both DNS attributes, and each name can lead to one endpoint of the VPC only. */
export function checkPrivateDns(call: Call, vpcId: string, serviceName: string): void {
  const vpc = existingVpc(call, vpcId);
  if (vpc && !(vpc.enableDnsSupport && vpc.enableDnsHostnames)) {
    throw invalidParameter(
      "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true " +
        `for ${vpcId}`,
    );
  }
  const isTaken = [...call.state.interfaceEndpoints.values()].some(
    (other) => other.vpcId === vpcId && other.serviceName === serviceName && other.privateDnsEnabled,
  );
  if (!isTaken) return;
  const [name = ""] = privateDnsNamesOf(call.region, serviceName);
  throw invalidParameter(
    `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ` +
      `${name.replace(/^\*\./, "")} in the VPC ${vpcId}`,
  );
}

/** The type that was asked for, if all of the subnets have it; else what the subnets allow, IPv4 first. */
export function chosenIpAddressType(
  call: Call,
  subnetIds: readonly string[],
  given: string | undefined,
): IpAddressType {
  if (given !== undefined && given !== "ipv4" && given !== "ipv6" && given !== "dualstack") {
    throw invalidParameterValue(`Invalid value '${given}' for IpAddressType`);
  }
  const subnets = subnetIds.flatMap((id) => call.state.subnets.get(id) ?? []);
  const chosen = given ?? (ipAddressTypeOf(call.state, subnetIds) === "ipv6" ? "ipv6" : "ipv4");
  const unfit = subnets.find(
    ({ cidrBlock, ipv6CidrBlock }) =>
      (chosen !== "ipv6" && cidrBlock === undefined) || (chosen !== "ipv4" && ipv6CidrBlock === undefined),
  );
  if (unfit) throw invalidParameter(`The subnet ${unfit.id} does not support the IP address type ${chosen}.`);
  return chosen;
}

/** The records that private DNS gets: as the endpoint's addresses, unless it says otherwise. */
export function chosenDnsRecordIpType(
  ipAddressType: IpAddressType,
  given: string | undefined,
): InterfaceEndpoint["dnsRecordIpType"] {
  if (given === undefined) return ipAddressType;
  if (given !== "ipv4" && given !== "ipv6" && given !== "dualstack" && given !== "service-defined") {
    throw invalidParameterValue(`Invalid value '${given}' for DnsRecordIpType`);
  }
  const isServed = given === "service-defined" || ipAddressType === "dualstack" || given === ipAddressType;
  if (isServed) return given;
  throw invalidParameter(`The DNS record type ${given} does not fit the IP address type ${ipAddressType}.`);
}

/** Quota table of PrivateLink: characters of an endpoint policy, white space included. */
const maxPolicyCharacters = 20_480;

/** An endpoint policy is a JSON object with statements (PrivateLink guide, endpoint policies). */
export function checkPolicyDocument(text: string | undefined): void {
  if (text === undefined) return;
  if ([...text].length > maxPolicyCharacters) {
    throw new AwsError(
      "InvalidPolicyDocument",
      `The specified policy document is longer than ${maxPolicyCharacters} characters.`,
    );
  }
  const refused = new AwsError(
    "InvalidPolicyDocument",
    "The specified policy document is not a valid JSON policy document.",
  );
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw refused;
  }
  if (typeof document !== "object" || document === null || !("Statement" in document)) throw refused;
  const { Statement } = document;
  const statements: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  const isStatement = (each: unknown): boolean =>
    typeof each === "object" &&
    each !== null &&
    "Effect" in each &&
    /^(?:Allow|Deny)$/.test(String(each.Effect));
  if (statements.length === 0 || !statements.every(isStatement)) throw refused;
}
