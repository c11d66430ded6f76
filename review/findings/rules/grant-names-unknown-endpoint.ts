import type { Rule } from "../rule";
import { someOf, sortedUnique } from "../words";

export const grantNamesUnknownEndpoint: Rule = {
  id: "grant-names-unknown-endpoint",
  severity: "warning",
  title: "A network policy names an endpoint that is not there",
  why: "AWS takes any id of the right form. One that nobody has opens nothing, and looks as if it did; one that this plan deletes or replaces stops working with it.",
  remedy: "refer to the endpoint's id instead of writing it out, or check who has the endpoint",
  severityNote: "A note where the id may belong to an endpoint of another stack or account.",
  examples: {
    found: `policy = jsonencode([{
  AllowFromPublic = false
  SourceVPCEs     = ["vpce-0a1b2c3d4e5f60799"]
  # …
}])`,
    passes: `policy = jsonencode([{
  AllowFromPublic = false
  SourceVPCEs     = [aws_opensearchserverless_vpc_endpoint.apps.id]
  # …
}])`,
  },
  *check({ steps }) {
    for (const { worlds, rows, same } of steps) {
      const outside = new Set(
        rows.after.endpoints.flatMap(({ known, id }) => (known || id.includes("<") ? [] : [id])),
      );
      if (outside.size === 0) continue;
      for (const { name, address, document } of worlds.after.world.networkPolicies) {
        const ids = document.flatMap(({ SourceVPCEs = [] }) => SourceVPCEs).filter((id) => outside.has(id));
        if (ids.length === 0) continue;
        const [gone, others] = [ids.filter((id) => isGone(id, same)), ids.filter((id) => !isGone(id, same))];
        const told = [
          ...(gone.length > 0 ? [`${someOf(sortedUnique(gone))}, which this plan deletes`] : []),
          ...(others.length > 0
            ? [`${someOf(sortedUnique(others))}, of another stack or account or of nobody`]
            : []),
        ];
        yield {
          address,
          message: `network policy ${name} names ${told.join("; and ")}`,
          severity: gone.length > 0 ? undefined : "note",
          subject: { kind: "grant", collections: [], from: ids },
        };
      }
    }
  },
};

const isGone = (id: string, same: { keyAfter(name: string): string | undefined }) =>
  same.keyAfter(id) === undefined;
