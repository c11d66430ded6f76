import { RuleError } from "../problem";
import { type Quota, quotas } from "../quotas";
import type { CompileOptions } from "./compiled-policy";

/** How many policies of a kind AWS takes, where a number is known, and what the kind is called. */
const kinds = {
  encryption: { what: "encryption policies", quota: quotas.encryptionPolicies },
  data: { what: "data access policies", quota: quotas.dataAccessPolicies },
  retention: { what: "lifecycle policies", quota: undefined },
} as const satisfies Record<string, { readonly what: string; readonly quota: Quota | undefined }>;

/** Throws a `RuleError` that says by how many policies a set is too large. */
export function refuseTooMany(
  kind: keyof typeof kinds,
  count: number,
  { policyLimit }: CompileOptions,
): void {
  const { what, quota } = kinds[kind];
  const limit = policyLimit ?? quota?.limit;
  if (limit === undefined || count <= limit) return;
  throw new RuleError({
    problem: `what is wanted takes ${count} ${what}, ${limit === quota?.limit ? "AWS takes" : "there may be"} ${limit}: ${count - limit} too many`,
    remedy: "use prefixes instead of single names, or move some to another account or Region",
  });
}
