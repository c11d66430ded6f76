import { runSimulation } from "@cloud-copilot/iam-simulate";
import type { Question } from "./elsewhere";

/** What an evaluator of IAM policies that is not ours says to a question, or why it cannot be asked. */
export async function otherEvaluator(
  policies: readonly object[],
  { action, resource, account, context }: Question,
): Promise<"Allowed" | "Denied" | string> {
  const result = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${account}:user/sandbox`,
        action,
        resource: { resource, accountId: account },
        contextVariables: Object.fromEntries(
          Object.entries(context).map(([key, values]) => [
            key,
            values.length === 1 && !listKeys.has(key) ? String(values[0]) : [...values],
          ]),
        ),
      },
      identityPolicies: policies.map((policy, index) => ({ name: `policy-${index}`, policy })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      // A key's own policy comes first: this is the one that AWS gives a new key, which leaves it to IAM.
      ...(action.startsWith("kms:") ? { resourcePolicy: keyPolicy(account) } : {}),
    },
    {},
  );
  if (result.resultType === "error") return JSON.stringify(result.errors);
  return result.overallResult === "Allowed" ? "Allowed" : "Denied";
}

/** Keys of several values. */
const listKeys: ReadonlySet<string> = new Set(["aoss:collection", "aoss:index", "aws:TagKeys"]);

const keyPolicy = (account: string): object => ({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*", Resource: "*" },
  ],
});
