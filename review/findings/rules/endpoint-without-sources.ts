import type { Rule } from "../rule";

export const endpointWithoutSources: Rule = {
  id: "endpoint-without-sources",
  severity: "warning",
  title: "An endpoint lets nobody in",
  why: "No security group of the endpoint has a rule that lets anybody in on TCP port 443: what network policies open to the endpoint, nobody reaches through it.",
  remedy:
    "add a rule for the clients to a security group of the endpoint, or make sure that rules kept elsewhere do",
  examples: {
    found: `resource "aws_opensearchserverless_vpc_endpoint" "apps" {
  security_group_ids = [aws_security_group.endpoint.id]
  # …
}
resource "aws_security_group" "endpoint" {
  vpc_id = aws_vpc.apps.id
}`,
    passes: `resource "aws_opensearchserverless_vpc_endpoint" "apps" {
  security_group_ids = [aws_security_group.endpoint.id]
  # …
}
resource "aws_security_group" "endpoint" {
  vpc_id = aws_vpc.apps.id
}
resource "aws_vpc_security_group_ingress_rule" "apps" {
  security_group_id = aws_security_group.endpoint.id
  cidr_ipv4         = "10.20.0.0/16"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}`,
  },
  *check({ steps }) {
    const told = new Set<string>();
    for (const { rows } of steps) {
      for (const { id, name, address, known, sources, unknownSources } of rows.after.endpoints) {
        if (!known || sources.length > 0 || unknownSources.length > 0 || told.has(id)) continue;
        told.add(id);
        yield {
          address,
          about: id,
          message: `endpoint ${name ?? id}: its security groups let nobody in on TCP port 443`,
          subject: { kind: "endpoint", address },
        };
      }
    }
  },
};
