import { made, planOf, unchanged } from "../change/plans";
import { appsId, endpoint, network, networkPolicy } from "../change/resources";
import type { RuleCase } from "./rule-cases";

const address = "aws_vpc_endpoint.apps";
const service = (enabled: boolean) => ({
  service_name: "com.amazonaws.eu-central-1.aoss-data",
  vpc_endpoint_type: "Interface",
  private_dns_enabled: enabled,
});
const grant = unchanged({
  [network]: networkPolicy("vectors", { collections: ["vectors"], SourceVPCEs: [appsId] }),
});

const changed = (before: boolean, after: boolean) =>
  planOf([
    ...grant,
    { address, before: endpoint(appsId, service(before)), after: endpoint(appsId, service(after)) },
  ]);
const created = (enabled: boolean) =>
  planOf([...grant, ...made({ [address]: endpoint(undefined, service(enabled)) })]);

/** Two plans each, of which one leaves an endpoint of NEXTGEN collections without private DNS. */
export const privateDnsCases: readonly RuleCase[] = [
  {
    id: "endpoint-without-private-dns",
    what: "private DNS that is turned off",
    found: changed(true, false),
    passes: changed(false, true),
    address,
    severity: "error",
    message: "endpoint apps loses its private DNS: the names of collections no longer lead to it",
  },
  {
    id: "endpoint-without-private-dns",
    what: "an endpoint that is made without it",
    found: created(false),
    passes: created(true),
    address,
    severity: "warning",
    message: "endpoint apps has no private DNS: the names of collections do not lead to it",
  },
];
