import { type PolicyKind, quotas } from "../../../service";
import { type SeenResource, text } from "../../world";
import type { Rule } from "../rule";
import { toldFrom } from "./quota-use";

const bytesOf: Readonly<Record<PolicyKind, number>> = {
  network: quotas.networkPolicyBytes.limit,
  encryption: quotas.encryptionPolicyBytes.limit,
  data: quotas.dataAccessPolicyBytes.limit,
  retention: quotas.lifecyclePolicyBytes.limit,
};

const types = ["security", "access", "lifecycle"].map((kind) => `aws_opensearchserverless_${kind}_policy`);

export const policySize: Rule = {
  id: "policy-size",
  severity: "warning",
  title: "A policy is nearly full",
  why: "AWS takes 10,240 bytes of a policy, minified. Beyond that the apply fails, at the grant that is one too many.",
  remedy: "use prefixes instead of single names, shorten descriptions, or make a second policy",
  severityNote: "An error where the policy is larger than AWS takes.",
  examples: {
    found: `# 8,193 bytes or more
policy = jsonencode([for name in local.three_hundred_names : { … }])`,
    passes: `# 8,192 bytes or less
policy = jsonencode([for prefix in local.ten_prefixes : { … }])`,
  },
  *check({ after, asLongAsKnown }) {
    for (const policy of types.flatMap((type) => after(type))) {
      const kind = kindOf(policy);
      const written = minified(text(policy.values["policy"]));
      if (!kind || written === undefined || policy.mode !== "managed") continue;
      const [bytes, limit] = [Buffer.byteLength(asLongAsKnown(written)), bytesOf[kind]];
      if (bytes <= limit * toldFrom) continue;
      yield {
        address: policy.address,
        message: `policy ${text(policy.values["name"]) ?? policy.id} takes ${bytes.toLocaleString("en")} of ${limit.toLocaleString("en")} bytes`,
        severity: bytes > limit ? "error" : undefined,
      };
    }
  },
};

const kindOf = ({ values }: SeenResource): PolicyKind | undefined => {
  const type = values["type"];
  return type === "network" || type === "encryption" || type === "data" || type === "retention"
    ? type
    : undefined;
};

/** Undefined where the text is not known, or no JSON. */
function minified(policy: string | undefined): string | undefined {
  try {
    return policy === undefined ? undefined : JSON.stringify(JSON.parse(policy));
  } catch {
    return undefined;
  }
}
