import type { Plan, ResourceChange } from "../../terraform";
import type { AccessChange } from "../change";
import type { Step } from "../change/step";
import type { SeenResource } from "../world";
import type { Severity } from "./finding";

/** What rules look at. */
export interface RuleInput {
  readonly plan: Plan;
  readonly change: AccessChange;
  /** One for each account and Region. */
  readonly steps: readonly Step[];
  /** The changes of resources that are kept by the plan, without what is left of earlier replacements. */
  readonly changes: readonly ResourceChange[];
  /** What is there after the plan, of one type. */
  readonly after: (type: string) => readonly SeenResource[];
  /** A text in which names such as `<id of apps>` are as long as the ids they stand for. */
  readonly asLongAsKnown: (text: string) => string;
}

/** What in the access file a finding is about. */
export type Subject =
  | { readonly kind: "endpoint"; readonly address: string | undefined; readonly source?: string | undefined }
  | { readonly kind: "collection"; readonly name: string }
  | { readonly kind: "grant"; readonly collections: readonly string[]; readonly from?: readonly string[] }
  | { readonly kind: "data-access"; readonly principals: readonly string[]; readonly permission?: string }
  | { readonly kind: "encryption"; readonly patterns: readonly string[] };

/** What a rule finds; the rest of the finding is the rule's. */
export interface RawFinding {
  /** One line. */
  readonly message: string;
  readonly address?: string | undefined;
  /** Tells it from others of the same rule at the same address; the same in every run. */
  readonly about?: string | undefined;
  readonly subject?: Subject | undefined;
  /** Where it differs from the rule's. */
  readonly severity?: Severity | undefined;
  readonly remedy?: string | undefined;
}

/** One thing that reviewers have to know of. */
export interface Rule {
  /** Stable; access files and dashboards of other tools name it. */
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  /** Why it matters: one or two sentences. */
  readonly why: string;
  readonly remedy: string;
  /** When the severity of a finding differs from the rule's, for the documentation. */
  readonly severityNote?: string;
  /** In Terraform's language, for the documentation: what is found, and the same without it. */
  readonly examples: { readonly found: string; readonly passes: string };
  readonly check: (input: RuleInput) => Iterable<RawFinding>;
}
