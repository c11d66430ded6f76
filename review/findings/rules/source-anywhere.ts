import { cidrsLeftOut } from "../../../service";
import { type EndpointSource, endpointSources } from "../endpoint-sources";
import { groupedBy } from "../grouped-by";
import type { RawFinding, Rule } from "../rule";
import { someOf } from "../words";

const everywhere = new Set(["0.0.0.0/0", "::/0"]);

export const sourceAnywhere: Rule = {
  id: "source-anywhere",
  severity: "warning",
  title: "An endpoint lets in every address",
  why: "The security group of the endpoint is the one limit on who in the VPC, and in all networks that are connected to it, may open a connection. With every address let in there is none.",
  remedy: "name the address blocks, security groups or prefix lists of the clients",
  examples: {
    found: `resource "aws_vpc_security_group_ingress_rule" "apps" {
  security_group_id = aws_security_group.endpoint.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}`,
    passes: `resource "aws_vpc_security_group_ingress_rule" "apps" {
  security_group_id = aws_security_group.endpoint.id
  cidr_ipv4         = "10.20.0.0/16"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}`,
  },
  *check(input) {
    const others: EndpointSource[] = [];
    for (const one of endpointSources(input)) {
      const { endpoint, source, address } = one;
      if (source.kind !== "cidr") continue;
      if (!everywhere.has(source.value)) {
        others.push(one);
        continue;
      }
      yield {
        address,
        about: source.value,
        message: `${source.value} may open connections to endpoint ${endpoint.name ?? endpoint.id}`,
        subject: { kind: "endpoint", address: endpoint.address, source: source.value },
      };
    }
    yield* together(others);
  },
};

/** Endpoints whose sources let in every address together and none of them alone, as two halves do. */
function* together(sources: readonly EndpointSource[]): Generator<RawFinding> {
  for (const own of groupedBy(sources, ({ endpoint }) => endpoint.id).values()) {
    for (const all of everywhere) {
      const isOfFamily = ({ source: { value } }: EndpointSource) => value.includes(":") === all.includes(":");
      const parts = own.filter(isOfFamily);
      const blocks = [...new Set(parts.map(({ source }) => source.value))];
      const [first] = parts;
      if (!first || cidrsLeftOut([all], blocks).length > 0) continue;
      const { endpoint, address, source } = first;
      yield {
        address,
        about: all,
        message: `${someOf(blocks)} together are ${all}, which may open connections to endpoint ${endpoint.name ?? endpoint.id}`,
        subject: { kind: "endpoint", address: endpoint.address, source: source.value },
      };
    }
  }
}

export const isEverywhere = (cidr: string): boolean => everywhere.has(cidr);
