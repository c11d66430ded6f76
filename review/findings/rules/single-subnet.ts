import { list, text } from "../../world";
import type { Rule } from "../rule";

export const singleSubnet: Rule = {
  id: "single-subnet",
  severity: "warning",
  title: "An endpoint has a single subnet",
  why: "An endpoint has one network interface in each of its subnets. With one subnet it stands in one Availability Zone: when that zone fails, its whole VPC reaches nothing.",
  remedy: "add a subnet of a second Availability Zone",
  examples: {
    found: `resource "aws_opensearchserverless_vpc_endpoint" "apps" {
  subnet_ids = [aws_subnet.a.id]
  # …
}`,
    passes: `resource "aws_opensearchserverless_vpc_endpoint" "apps" {
  subnet_ids = [aws_subnet.a.id, aws_subnet.b.id]
  # …
}`,
  },
  *check({ after, steps }) {
    const served = new Set(steps.flatMap(({ rows }) => rows.after.endpoints.map(({ id }) => id)));
    for (const type of ["aws_opensearchserverless_vpc_endpoint", "aws_vpc_endpoint"]) {
      for (const { mode, values, address, id } of after(type)) {
        const [subnet, ...others] = list(values["subnet_ids"]);
        // one that is not known may stand for several
        if (mode !== "managed" || !served.has(id) || others.length > 0 || !isOne(subnet)) continue;
        yield {
          address,
          message: `endpoint ${text(values["name"]) ?? id} has one subnet, ${subnet}`,
          subject: { kind: "endpoint", address },
        };
      }
    }
  },
};

/** A subnet, by its id or as the one that the apply makes. */
const isOne = (subnet: unknown): subnet is string =>
  typeof subnet === "string" && (subnet.startsWith("subnet-") || subnet.startsWith("<id of "));
