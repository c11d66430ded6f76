import type { Call } from "../call";
import { detailOf, findPolicy, policiesOf, policyNotFound } from "./policies";
import { coversResource } from "./policy-resources";

interface LifecyclePolicyIdentifier {
  readonly type: "retention";
  readonly name: string;
}

interface ResourceIdentifier {
  readonly type: "retention";
  /** `index/COLLECTION/INDEX` */
  readonly resource: string;
}

interface LifecycleDocument {
  readonly Rules: readonly {
    readonly Resource: readonly string[];
    readonly MinIndexRetention?: string;
    readonly NoMinIndexRetention?: true;
  }[];
}

/** A policy that is not there comes back in the list of errors, not as an exception. */
export function batchGetLifecyclePolicy(
  call: Call,
  request: { readonly identifiers: readonly LifecyclePolicyIdentifier[] },
): object {
  const names = [...new Set(request.identifiers.map(({ name }) => name))];
  const asked = names.map((name) => ({ type: "retention", name }) as const);
  return {
    lifecyclePolicyDetails: asked.flatMap((identifier) => {
      const policy = findPolicy(call, identifier);
      return policy ? [detailOf(policy)] : [];
    }),
    lifecyclePolicyErrorDetails: asked
      .filter((identifier) => !findPolicy(call, identifier))
      .map((identifier) => ({
        ...identifier,
        errorCode: "NOT_FOUND",
        errorMessage: policyNotFound(identifier),
      })),
  };
}

/** Which rule holds for each index; an index for which none does comes back in the list of errors. */
export function batchGetEffectiveLifecyclePolicy(
  call: Call,
  request: { readonly resourceIdentifiers: readonly ResourceIdentifier[] },
): object {
  const rules = rulesIn(call);
  const resources = [...new Set(request.resourceIdentifiers.map(({ resource }) => resource))];
  const found = resources.map((resource) => ({ resource, rule: effectiveRule(rules, resource) }));
  return {
    effectiveLifecyclePolicyDetails: found.flatMap(({ resource, rule }) =>
      rule
        ? [
            {
              type: "retention",
              resource,
              resourceType: "index",
              policyName: rule.policyName,
              ...(rule.retentionPeriod === undefined
                ? { noMinRetentionPeriod: true }
                : { retentionPeriod: rule.retentionPeriod }),
            },
          ]
        : [],
    ),
    effectiveLifecyclePolicyErrorDetails: found
      .filter(({ rule }) => !rule)
      .map(({ resource }) => ({
        type: "retention",
        resource,
        errorCode: "NOT_FOUND",
        errorMessage: `No lifecycle policy of type retention applies to ${resource}`,
      })),
  };
}

interface EffectiveRule {
  readonly policyName: string;
  readonly pattern: string;
  /** undefined: the data is kept for ever */
  readonly retentionPeriod: string | undefined;
}

const rulesIn = (call: Call): readonly EffectiveRule[] =>
  policiesOf(call, "retention").flatMap(({ name, document }) =>
    (document as LifecycleDocument).Rules.flatMap((rule) =>
      rule.Resource.map((pattern) => ({
        policyName: name,
        pattern,
        retentionPeriod: rule.MinIndexRetention,
      })),
    ),
  );

/** The longest match wins, within a policy and across policies (AWS documentation of lifecycle policies). */
function effectiveRule(rules: readonly EffectiveRule[], resource: string): EffectiveRule | undefined {
  return rules
    .filter(({ pattern }) => coversResource(pattern, resource))
    .reduce<EffectiveRule | undefined>(
      (best, rule) => (best && specificity(best.pattern) >= specificity(rule.pattern) ? best : rule),
      undefined,
    );
}

/** Characters that have to match; the name of one index is more than a prefix that is as long. */
const specificity = (pattern: string): number =>
  2 * pattern.replaceAll("*", "").length + (pattern.endsWith("*") ? 0 : 1);
