import type { Call } from "../call";
import { derivedHex, hasIdForm } from "../ids";
import { AwsError } from "../protocol/aws-error";
import type { XmlElement } from "../protocol/query-action";
import { invalidInput } from "../protocol/rest-xml";
import { settle } from "../state/settle";
import type { HostedZone, RecordSet, VpcEndpoint, VpcInRegion } from "../state/state";
import { regionOf } from "../world/seed";

/** A zone as Route 53 shows it: made by the caller, or by OpenSearch Serverless for an endpoint. */
export interface Zone extends Omit<HostedZone, "tags"> {
  readonly isManaged: boolean;
}

interface ManagedZone extends Zone {
  readonly endpoint: VpcEndpoint;
  readonly host: string;
}

/** The service that makes the zones of managed endpoints. */
const managingService = "aoss.amazonaws.com";

/** All zones of the account, ordered by name, labels last to first, then by id. */
export function zonesOf(call: Call): readonly Zone[] {
  return [...[...call.accountState.hostedZones.values()].map(ownZone), ...managedZones(call)].sort(
    (one, other) => compareNames(one.name, other.name) || (one.id < other.id ? -1 : 1),
  );
}

const ownZone = (zone: HostedZone): Zone => ({ ...zone, isManaged: false });

/**
 * The zones of managed endpoints: three for each, for names of collections, for their FIPS names and for names below
 * `opensearch.amazonaws.com`, associated with the VPC of the endpoint, and gone with it (developer guide,
 * serverless-vpc). They follow from the endpoints.
 */
function managedZones(call: Call): readonly ManagedZone[] {
  return [...call.accountState.regions].flatMap(([region, state]) => {
    // Route 53 has no Region, so that only now is it seen what became of the endpoints elsewhere.
    settle(state, call.now);
    return [...state.vpcEndpoints.values()]
      .filter(({ status }) => status !== "FAILED")
      .flatMap((endpoint) =>
        ["aoss", "aoss-fips", "opensearch"].map((host) => {
          const { id, vpcId } = endpoint;
          const name = `${region}.${host}.amazonaws.com.`;
          const target = `${id}-${derivedHex(8, id)}.${derivedHex(8, region)}.aoss.searchservices.aws`;
          return {
            id: `Z${derivedHex(20, id, host).toUpperCase()}`,
            name,
            callerReference: id,
            comment: `OpenSearch Serverless endpoint ${id}`,
            vpcs: [{ id: vpcId, region }, ...(endpoint.zoneVpcs?.get(host) ?? [])],
            recordSets: [
              ...apexRecordSets(name),
              { name: `\\052.${name}`, type: "CNAME", ttl: 60, values: [target] },
            ],
            isManaged: true,
            endpoint,
            host,
          };
        }),
      );
  });
}

/** What every private zone holds from the start (Route 53 guide, private zones). */
export const apexRecordSets = (name: string): readonly RecordSet[] => [
  {
    name,
    type: "NS",
    ttl: 172_800,
    values: [
      "ns-0.awsdns-00.com.",
      "ns-512.awsdns-00.net.",
      "ns-1024.awsdns-00.org.",
      "ns-1536.awsdns-00.co.uk.",
    ],
  },
  {
    name,
    type: "SOA",
    ttl: 900,
    values: ["ns-0.awsdns-00.com. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"],
  },
];

/** Compares names as Route 53 orders them: by label, the last one first. */
export function compareNames(one: string, other: string): number {
  const [a, b] = [one, other].map((name) => name.replace(/\.$/, "").split(".").reverse().join(" "));
  if (a === b) return 0;
  return (a ?? "") < (b ?? "") ? -1 : 1;
}

/** Route 53's form of a domain name: lower case, fully qualified, everything unusual as `\ooo`, a wildcard too. */
export function canonicalName(name: string): string {
  if (name === "" || name.length > 1024)
    throw new AwsError("InvalidDomainName", `${name.slice(0, 80)} is not a valid domain name`);
  const escaped = name
    .toLowerCase()
    .replace(/\.$/, "")
    .replaceAll(
      /[^a-z0-9\-_.\\]/g,
      (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`,
    );
  return `${escaped}.`;
}

/** The zone with this id. Refused as Route 53 refuses it. */
export function requireZone(call: Call, id: string): Zone {
  const own = call.accountState.hostedZones.get(id);
  const zone = own ? ownZone(own) : managedZones(call).find((each) => each.id === id);
  if (zone) return zone;
  throw new AwsError("NoSuchHostedZone", `No hosted zone found with ID: ${id}`, 404);
}

/** The zone with this id, which must be one that the caller may change: those of services may be read only. */
export function requireOwnZone(call: Call, id: string): HostedZone {
  const zone = requireZone(call, id);
  const own = call.accountState.hostedZones.get(id);
  if (own) return own;
  throw managedElsewhere(zone);
}

const managedElsewhere = ({ id }: Zone): AwsError =>
  new AwsError(
    "AccessDenied",
    `The resource hostedzone/${id} can only be managed through ${managingService}`,
    403,
  );

/**
 * Associates a zone with these VPCs and no others. That those of managed endpoints take further VPCs is not confirmed:
 * Route 53 says of the zones of other services that they cannot be edited or deleted, and AWS's own designs share this
 * one. The VPC of the endpoint stays.
 */
export function setVpcs(call: Call, id: string, vpcs: readonly VpcInRegion[]): void {
  const managed = managedZones(call).find((each) => each.id === id);
  if (!managed) {
    requireOwnZone(call, id).vpcs = vpcs;
    return;
  }
  const [own] = managed.vpcs;
  if (own && !vpcs.some((vpc) => vpc.id === own.id && vpc.region === own.region))
    throw managedElsewhere(managed);
  const others = vpcs.filter((vpc) => vpc.id !== own?.id || vpc.region !== own?.region);
  managed.endpoint.zoneVpcs = new Map([...(managed.endpoint.zoneVpcs ?? []), [managed.host, others]]);
}

/** The VPC has to exist, and be known unless the world is open. */
export function requireVpc(call: Call, { id, region }: VpcInRegion): void {
  const { accountState } = call;
  // A Region of which nobody has heard must not be made by asking for it.
  const isRegion = accountState.regions.has(region) || Object.hasOwn(accountState.world.regions, region);
  const isKnown = hasIdForm("vpc", id) && isRegion && regionOf(accountState, region).vpcs.has(id);
  const mayExist = hasIdForm("vpc", id) && call.openWorld && !accountState.issuedIds.has(id);
  if (isKnown || mayExist) return;
  throw new AwsError(
    "InvalidVPCId",
    `The VPC: ${id} that you provided is not available in the region: ${region}`,
  );
}

/** A VPC asks one zone for a name: a second private zone of the same name is refused. */
export function refuseConflict(call: Call, name: string, vpc: VpcInRegion): void {
  const other = zonesOf(call).find(
    (zone) =>
      zone.name === name && zone.vpcs.some(({ id, region }) => id === vpc.id && region === vpc.region),
  );
  if (!other) return;
  throw new AwsError(
    "ConflictingDomainExists",
    `The VPC ${vpc.id} in region ${vpc.region} has already been associated with the hosted zone ${other.id} ` +
      "with the same domain name.",
  );
}

export const readVpc = (id: string, region: string): VpcInRegion => {
  if (/^[a-z]{2,}(-[a-z]+)+-\d$/.test(region)) return { id, region };
  throw invalidInput(`Value '${region}' at 'vPC.vPCRegion' is not a Region`);
};

export const describeZone = (zone: Zone): XmlElement => ({
  Id: `/hostedzone/${zone.id}`,
  Name: zone.name,
  CallerReference: zone.callerReference,
  Config: { ...(zone.comment === undefined ? {} : { Comment: zone.comment }), PrivateZone: true },
  ResourceRecordSetCount: zone.recordSets.length,
  ...(zone.isManaged
    ? {
        LinkedService: { ServicePrincipal: managingService, Description: "Managed by OpenSearch Serverless" },
      }
    : {}),
});

export const describeVpcs = (vpcs: readonly VpcInRegion[]): XmlElement => ({
  VPC: vpcs.map(({ id, region }) => ({ VPCRegion: region, VPCId: id })),
});
