import type { Field } from "./input";

/** What every entry may say that is written into a policy. */
export const policyLabel: Field = {
  type: "string",
  description:
    "Label of the policies that it is written in, which becomes part of their names. Default: those without a label.",
  default: null,
};

export const entryDescription: Field = {
  type: "string",
  description: "Stands in the policy beside what it grants.",
  default: null,
};

export const collectionPatterns: Field = {
  type: "list(string)",
  description:
    "Collection names, prefixes of 3 or more characters (`logs-*`), or `*`. They need not exist yet.",
};
