import type { IdleEndpoint, WorldEndpoint } from "../../service";
import type { Value } from "./evaluate";
import { type Doubt, list, members, placeOf, type SeenResource, text, texts } from "./seen";
import { hasUnknown, isUnknown } from "./unknowns";

interface EndpointParts {
  id: string;
  name?: string | undefined;
  address?: string | undefined;
  vpcId?: string | undefined;
  account?: string | undefined;
  generation: WorldEndpoint["generation"];
  securityGroupIds?: string[] | undefined;
}

/** Not there any more, or never to be. */
const gone = /^(?:deleting|deleted|failed|rejected|expired)$/i;

/** The endpoints of the data plane: managed ones, and interface endpoints for `aoss-data`. */
export function endpointsOf(
  resources: readonly SeenResource[],
  notSeen: string[],
  doubts: Doubt[],
): WorldEndpoint[] {
  const byId = new Map<string, EndpointParts>();
  for (const resource of resources) {
    const generation = generationOf(resource, notSeen);
    if (generation) add(byId, resource, generation);
  }
  for (const resource of resources) {
    // EC2 shows managed endpoints too, and tells of their VPC and security groups
    if (resource.type === "aws_vpc_endpoint" && byId.has(resource.id)) add(byId, resource, undefined);
  }
  for (const { type, values } of resources) {
    if (type !== "aws_vpc_endpoint_security_group_association") continue;
    const endpoint = byId.get(text(values["vpc_endpoint_id"]) ?? "");
    const groupId = text(values["security_group_id"]);
    if (!endpoint || groupId === undefined) continue;
    const isDefaultKept = values["replace_default_association"] !== true;
    endpoint.securityGroupIds ??= isDefaultKept
      ? [`<default security group of ${endpoint.vpcId ?? "the VPC"}>`]
      : [];
    if (!endpoint.securityGroupIds.includes(groupId)) endpoint.securityGroupIds.push(groupId);
  }
  const shared = sharedVpcs(resources, [...byId.values()], doubts);
  const privateDns = privateDnsOf(resources);
  return [...byId.values()].map(({ securityGroupIds, ...endpoint }) => ({
    ...Object.fromEntries(Object.entries(endpoint).filter(([, value]) => value !== undefined)),
    id: endpoint.id,
    generation: endpoint.generation,
    ...(endpoint.generation === "nextgen" ? { privateDns: privateDns.get(endpoint.id) } : {}),
    securityGroupIds,
    ...(shared.has(endpoint.id) ? { sharedWithVpcIds: [...(shared.get(endpoint.id) ?? [])].sort() } : {}),
  }));
}

function generationOf(resource: SeenResource, notSeen: string[]): EndpointParts["generation"] | undefined {
  const { type, values } = resource;
  const status = goneStatus(resource);
  if (status !== undefined) {
    if (isData(values["service_name"]) || type !== "aws_vpc_endpoint") {
      notSeen.push(`${placeOf(resource)}: left out, its status is ${status}`);
    }
    return undefined;
  }
  if (type === "aws_opensearchserverless_vpc_endpoint") return "classic";
  if (type !== "aws_vpc_endpoint") return undefined;
  const service = values["service_name"];
  if (isUnknown(service)) notSeen.push(`${placeOf(resource)}: for which service it is`);
  return isData(service) ? "nextgen" : undefined;
}

/** The status of an endpoint that is not there any more, or never will be. */
function goneStatus({ type, values }: SeenResource): string | undefined {
  const isEndpoint = type === "aws_opensearchserverless_vpc_endpoint" || type === "aws_vpc_endpoint";
  const status = text(values["status"]) ?? text(values["state"]);
  return isEndpoint && status !== undefined && gone.test(status) ? status : undefined;
}

/** `com.amazonaws.REGION.SERVICE`; a managed endpoint is one for a service of its own, `com.amazonaws.vpce.REGION.…`. */
const ofAws = /^(?:[a-z]+\.)*amazonaws\.(?!vpce\.)[a-z0-9-]+\.(.+)$/;

/** The endpoints of which something tells that no collection is reached through them. */
export function idleEndpointsOf(
  resources: readonly SeenResource[],
  endpoints: readonly WorldEndpoint[],
): IdleEndpoint[] {
  const serving = new Set(endpoints.map(({ id }) => id));
  const idle = new Map<string, IdleEndpoint>();
  for (const resource of resources) {
    const { id } = resource;
    const why = serving.has(id) || idle.has(id) ? undefined : whyIdle(resource);
    if (why !== undefined) idle.set(id, { id, why });
  }
  return [...idle.values()];
}

function whyIdle(resource: SeenResource): string | undefined {
  const status = goneStatus(resource);
  if (status !== undefined) return `its status is ${status}`;
  const name = resource.type === "aws_vpc_endpoint" ? text(resource.values["service_name"]) : undefined;
  const service = name === undefined || hasUnknown(name) ? undefined : ofAws.exec(name)?.[1];
  if (service === undefined || service.startsWith("aoss-data")) return undefined;
  return /^aoss(?:-fips)?$/.test(service)
    ? `it is for ${name}, which carries configuration calls and not data`
    : `it is for ${name}`;
}

/** `….aoss` is the control plane, which opens no collection. */
const isData = (service: unknown): boolean =>
  typeof service === "string" && /(?:^|\.)aoss-data$/.test(service);

function add(
  byId: Map<string, EndpointParts>,
  { id, values, address, scope }: SeenResource,
  generation: EndpointParts["generation"] | undefined,
): void {
  const endpoint: EndpointParts = byId.get(id) ?? { id, generation: generation ?? "classic" };
  byId.set(id, endpoint);
  endpoint.name ??= text(values["name"]) ?? text(members(values["tags"])["Name"]);
  endpoint.address ??= address;
  endpoint.vpcId ??= text(values["vpc_id"]);
  endpoint.account ??= scope.account;
  const groups = texts(values["security_group_ids"]);
  if (groups.length > 0) endpoint.securityGroupIds ??= groups;
}

/**
 * By interface endpoint, whether its private DNS is on. A resource of its own says so in place of the endpoint; what a
 * configuration leaves out is off (provider documentation, `private_dns_enabled`), unless it is on already.
 */
function privateDnsOf(resources: readonly SeenResource[]): ReadonlyMap<string, boolean | undefined> {
  const told = new Map<string, boolean | undefined>();
  const tell = (id: string | undefined, value: Value) => {
    if (id !== undefined && !told.has(id)) told.set(id, typeof value === "boolean" ? value : undefined);
  };
  const saysIt = "private_dns_enabled";
  for (const { type, values } of resources) {
    if (type === "aws_vpc_endpoint_private_dns") tell(text(values["vpc_endpoint_id"]), values[saysIt]);
  }
  const endpoints = resources.filter(({ type }) => type === "aws_vpc_endpoint");
  for (const { id, values } of endpoints) if (typeof values[saysIt] === "boolean") tell(id, values[saysIt]);
  for (const { id, values, mode, rank } of endpoints) {
    if (mode === "managed" && rank === 0) tell(id, values[saysIt] ?? false);
  }
  return told;
}

/** Name of the private hosted zone of managed endpoints: `REGION.aoss.amazonaws.com`. */
const zoneName = /\.aoss\.amazonaws\.com\.?$/;

/** By endpoint, the other VPCs that its private hosted zone is associated with. */
function sharedVpcs(
  resources: readonly SeenResource[],
  endpoints: readonly EndpointParts[],
  doubts: Doubt[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const homes = new Map<string, string>();
  for (const { type, values, id } of resources) {
    if (type !== "aws_route53_zone") continue;
    const name = text(values["name"]);
    const vpcId = text(values["vpc_id"]) ?? text(members(list(values["vpc"])[0])["vpc_id"]);
    if (vpcId && (name === undefined || isUnknown(name) || zoneName.test(name))) homes.set(id, vpcId);
  }
  const shared = new Map<string, Set<string>>();
  for (const resource of resources) {
    const { type, values } = resource;
    if (type !== "aws_route53_zone_association") continue;
    const vpcId = text(values["vpc_id"]);
    const home = homes.get(text(values["zone_id"]) ?? "");
    const endpoint = endpoints.find((one) => one.generation === "classic" && one.vpcId === home);
    if (!endpoint && hasUnknown(home ?? values["zone_id"])) {
      doubts.push({ kind: "network", text: `${placeOf(resource)}: whose private hosted zone it shares` });
    }
    if (!vpcId || !home || !endpoint || vpcId === home) continue;
    shared.set(endpoint.id, (shared.get(endpoint.id) ?? new Set()).add(vpcId));
  }
  return shared;
}
