import { endpointsGoing } from "../endpoints-going";
import type { Rule } from "../rule";

export const endpointDeleted: Rule = {
  id: "endpoint-deleted",
  severity: "error",
  title: "An endpoint is deleted",
  why: "Whoever reaches collections through the endpoint is cut off. Where another takes its place in the same VPC, nothing puts the two in order: AWS refuses the new one while the old one is there, and until then its VPC reaches nothing.",
  remedy: "make sure that nobody in its VPC needs it; one that only changes its address needs a moved block",
  severityNote:
    "A warning where the endpoint opens no collection; nothing where one is left over from a replacement and opens none.",
  examples: {
    found: `# resource "aws_opensearchserverless_vpc_endpoint" "apps" is taken out of the configuration`,
    passes: `moved {
  from = aws_opensearchserverless_vpc_endpoint.apps
  to   = aws_opensearchserverless_vpc_endpoint.this["apps"]
}`,
  },
  *check(input) {
    const successors = new Map(
      input.steps.flatMap(({ same }) => same.moved.map(({ from, to }) => [from.address, to])),
    );
    const isDeleted = ({ actions }: { readonly actions: readonly string[] }) =>
      actions.length === 1 && actions[0] === "delete";
    for (const { one, row, reached, opensNothing } of endpointsGoing(input, isDeleted)) {
      const isLeftOver = one.deposed !== undefined;
      // what nobody comes through any more is deleted as it should be
      if (isLeftOver && opensNothing) continue;
      const successor = isLeftOver ? undefined : successors.get(one.address);
      const called = `${row.name ?? row.id}${isLeftOver ? `, left over from a replacement (${row.id}),` : ""}`;
      const told = successor
        ? `endpoint ${called} is deleted and ${successor} made in its VPC: ${reached("meanwhile")}`
        : `endpoint ${called} is deleted: ${reached("for good")}`;
      yield {
        address: one.address,
        about: one.deposed,
        message: told,
        subject: { kind: "endpoint", address: one.address },
        severity: opensNothing ? "warning" : undefined,
      };
    }
  },
};
