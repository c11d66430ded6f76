import { derivedHex, derivedId } from "../ids";
import { AwsError } from "../protocol/aws-error";
import { queryAction, type XmlElement, xmlList } from "../protocol/query-action";
import { type FilterValues, readSelection, select } from "./describe";
import { zonesOf } from "./zones";

/** What interface endpoints can lead to. */
export interface EndpointService {
  /** `com.amazonaws.eu-central-1.aoss-data` */
  readonly name: string;
  /** the names that private DNS answers with the endpoint's addresses */
  readonly privateDnsNames: readonly string[];
}

/** Data of NEXTGEN collections, and the API of OpenSearch Serverless (developer guide, serverless-vpc). */
const endpointServices = (region: string): readonly EndpointService[] => [
  {
    name: `com.amazonaws.${region}.aoss-data`,
    privateDnsNames: [`*.aoss.${region}.on.aws`, `*.aoss-fips.${region}.on.aws`],
  },
  { name: `com.amazonaws.${region}.aoss`, privateDnsNames: [`aoss.${region}.amazonaws.com`] },
];

/** The service with this name. Refused in EC2's words if the sandbox has none. */
export function requireService(region: string, name: string): EndpointService {
  const service = endpointServices(region).find((each) => each.name === name);
  if (service) return service;
  throw new AwsError("InvalidServiceName", `The Vpc Endpoint Service '${name}' does not exist`);
}

/** The private names of a service that may not be one of these two. */
export const privateDnsNamesOf = (region: string, name: string): readonly string[] =>
  endpointServices(region).find((each) => each.name === name)?.privateDnsNames ?? [];

/** A hosted zone id as AWS makes them, of a zone that is not the caller's. */
export const amazonZoneId = (...parts: readonly string[]): string =>
  `Z${derivedHex(13, ...parts).toUpperCase()}`;

const serviceFilters = (region: string): FilterValues<EndpointService> => ({
  owner: () => ["amazon"],
  "service-name": ({ name }) => [name],
  "service-region": () => [region],
  "service-type": () => ["Interface"],
  "supported-ip-address-types": () => ["ipv4", "ipv6"],
});

export const describeVpcEndpointServices = queryAction(
  (parameters) => ({ selection: readSelection(parameters), names: parameters.strings("ServiceName") }),
  (call, { selection, names }) => {
    for (const name of names) requireService(call.region, name);
    const { items, nextToken } = select(
      endpointServices(call.region).filter(({ name }) => names.length === 0 || names.includes(name)),
      selection,
      serviceFilters(call.region),
      () => new Map(),
    );
    const zones = zonesOf(call).map(({ name }) => name);
    return {
      serviceNameSet: xmlList(items.map(({ name }) => name)),
      serviceDetailSet: xmlList(items.map((service) => describe(call.region, service, zones))),
      nextToken,
    };
  },
);

const describe = (
  region: string,
  { name, privateDnsNames }: EndpointService,
  zones: readonly string[],
): XmlElement => ({
  serviceName: name,
  serviceId: derivedId("vpce-svc", name),
  serviceRegion: region,
  serviceType: xmlList([{ serviceType: "Interface" }]),
  owner: "amazon",
  acceptanceRequired: false,
  managesVpcEndpoints: false,
  vpcEndpointPolicySupported: true,
  availabilityZoneSet: xmlList(zones),
  baseEndpointDnsNameSet: xmlList([`${name.split(".").pop()}.${region}.vpce.amazonaws.com`]),
  privateDnsName: privateDnsNames[0],
  privateDnsNameSet: xmlList(privateDnsNames.map((privateDnsName) => ({ privateDnsName }))),
  privateDnsNameVerificationState: "verified",
  supportedIpAddressTypeSet: xmlList(["ipv4", "ipv6"]),
  tagSet: xmlList([]),
});
