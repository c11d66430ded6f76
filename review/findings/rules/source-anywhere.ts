import { endpointSources } from "../endpoint-sources";
import type { Rule } from "../rule";

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
    for (const { endpoint, source, address } of endpointSources(input)) {
      if (source.kind !== "cidr" || !everywhere.has(source.value)) continue;
      yield {
        address,
        about: source.value,
        message: `${source.value} may open connections to endpoint ${endpoint.name ?? endpoint.id}`,
        subject: { kind: "endpoint", address: endpoint.address, source: source.value },
      };
    }
  },
};

export const isEverywhere = (cidr: string): boolean => everywhere.has(cidr);
