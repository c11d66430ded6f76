import type { Rule } from "../rule";

export const endpointWithoutPrivateDns: Rule = {
  id: "endpoint-without-private-dns",
  severity: "warning",
  severityNote: "An error where the plan turns it off.",
  title: "An endpoint of NEXTGEN collections has no private DNS",
  why: "Without private DNS the names of collections do not lead to the endpoint: clients in its VPC are sent to the internet and get in only where a policy opens the collection to the public, unless DNS of their own sends them to the endpoint.",
  remedy: "set private_dns_enabled = true, or make sure that other DNS leads the names to the endpoint",
  examples: {
    found: `resource "aws_vpc_endpoint" "data" {
  service_name        = "com.amazonaws.eu-central-1.aoss-data"
  private_dns_enabled = false
  # …
}`,
    passes: `resource "aws_vpc_endpoint" "data" {
  service_name        = "com.amazonaws.eu-central-1.aoss-data"
  private_dns_enabled = true
  # …
}`,
  },
  *check({ steps }) {
    const told = new Set<string>();
    for (const { rows } of steps) {
      const led = new Set(rows.before.endpoints.flatMap(({ id, privateDns }) => (privateDns ? [id] : [])));
      for (const { id, name, address, known, privateDns } of rows.after.endpoints) {
        if (!known || privateDns !== false || told.has(id)) continue;
        told.add(id);
        yield {
          address,
          about: id,
          severity: led.has(id) ? "error" : undefined,
          message: led.has(id)
            ? `endpoint ${name ?? id} loses its private DNS: the names of collections no longer lead to it`
            : `endpoint ${name ?? id} has no private DNS: the names of collections do not lead to it`,
          subject: { kind: "endpoint", address },
        };
      }
    }
  },
};
