import { quotas } from "../../service";
import { json } from "../hcl";
import { derivedName } from "../names";

/** The label of what has none. */
export const noLabel = "default";

/** Labels of what is written into policies of one kind, which are their keys in addresses. */
export const labelOf = (value: string) => `coalesce(${value}, "${noLabel}")`;

/**
 * Rules as texts and back, since what they are sorted by is their text. Nothing in them is escaped in JSON but "&",
 * which names of indexes may have.
 */
export const sortedRules = (rules: string) =>
  `[for text in sort([for rule in ${rules} : ${json("rule")}]) : jsondecode(text)]`;

/** The name of a policy: that of its kind, and its label where it has one. */
export const policyName = (base: string, label: string) =>
  `${label} == "${noLabel}" ? ${base} : ${derivedName(base, label)}`;

/** Without the keys of an object that would be empty. */
export const withoutEmpty = (object: string, empty: Readonly<Record<string, string>>) => {
  const left = Object.entries(empty).map(([key, isEmpty]) => `${isEmpty} ? "${key}" : ""`);
  return `{ for key, value in ${object} : key => value if !contains([${left.join(", ")}], key) }`;
};

/** Bytes of all blocks of a policy, as the compiler of `service` counts them: a comma behind each, and a bracket. */
const room = quotas.networkPolicyBytes.limit - 1;
export const longListBytes = room / 8;
export const longPrincipalsBytes = room / 4;
