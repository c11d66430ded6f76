import { type DataAccessPolicyDocument, wholeAccountHint } from "../../../service";
import type { Rule } from "../rule";
import { someOf, sortedUnique } from "../words";

export const dataAccessTooWide: Rule = {
  id: "data-access-too-wide",
  severity: "warning",
  title: "A data access policy permits more than most people want",
  why: "aoss:* permits everything there is, deleting included, and what AWS adds later. The root of an account as principal names a whole account, and AWS does not say whom that admits.",
  remedy: "name the permissions that are needed, and the roles and users that need them",
  examples: {
    found: `policy = jsonencode([{
  Principal = [aws_iam_role.reader.arn]
  Rules     = [{ ResourceType = "index", Resource = ["index/orders/*"], Permission = ["aoss:*"] }]
}])`,
    passes: `policy = jsonencode([{
  Principal = [aws_iam_role.reader.arn]
  Rules     = [{ ResourceType = "index", Resource = ["index/orders/*"], Permission = ["aoss:ReadDocument"] }]
}])`,
  },
  *check({ steps }) {
    for (const { worlds } of steps) {
      for (const { name, address, document } of worlds.after.world.dataPolicies) {
        const everything = resourcesWithAll(document);
        const principals = document.flatMap(({ Principal }) => Principal);
        const accounts = sortedUnique(
          principals.filter((principal) => wholeAccountHint(principal) !== undefined),
        );
        const told = [
          ...(everything.length > 0 ? [`permits aoss:* on ${someOf(everything)}`] : []),
          ...(accounts.length > 0 ? [`names a whole account, ${someOf(accounts)}`] : []),
        ];
        if (told.length === 0) continue;
        yield {
          address,
          message: `data access policy ${name} ${told.join(", and ")}`,
          subject: {
            kind: "data-access",
            principals: accounts,
            ...(everything.length > 0 ? { permission: "aoss:*" } : {}),
          },
        };
      }
    }
  },
};

function resourcesWithAll(document: DataAccessPolicyDocument): string[] {
  const rules = document.flatMap(({ Rules }) => Rules);
  return sortedUnique(
    rules.flatMap(({ Permission, Resource }) => (Permission.includes("aoss:*") ? Resource : [])),
  );
}
