import { isReplaced, replacedFor } from "../../change/replacement";
import { endpointsGoing } from "../endpoints-going";
import type { Rule } from "../rule";
import { someOf } from "../words";

export const endpointReplaced: Rule = {
  id: "endpoint-replaced",
  severity: "error",
  title: "An endpoint is replaced",
  why: "A VPC has room for one endpoint that OpenSearch Serverless manages, so the old one is deleted before the new one is made: from its VPC nothing is reached for 5 to 10 minutes as a rule, and until every network policy names the new id.",
  remedy: "keep the endpoint's name and VPC as they are, or apply when nobody needs the collections",
  examples: {
    found: `resource "aws_opensearchserverless_vpc_endpoint" "apps" {
  name = "applications" # was "apps"
  # …
}`,
    passes: `resource "aws_opensearchserverless_vpc_endpoint" "apps" {
  name = "apps"
  # …
}`,
  },
  *check(input) {
    for (const { one, row, reached } of endpointsGoing(input, isReplaced)) {
      const because = replacedFor(one.change);
      const why = because.length > 0 ? ` because its ${someOf(because)} changes` : "";
      const name = row.name ?? row.id;
      yield {
        address: one.address,
        message: `endpoint ${name} is replaced${why}: ${reached("meanwhile")}`,
        subject: { kind: "endpoint", address: one.address },
      };
    }
  },
};
