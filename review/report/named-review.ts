import type { Review } from "../findings";

/** The review of one plan, and what the plan is called. */
export interface NamedReview {
  /** The stack; of a plan whose stack is not known, its file. */
  readonly name: string;
  readonly review: Review;
  /** The file of the plan, for reports that have to name one: relative to the current folder where it is below it. */
  readonly file?: string | undefined;
  /** When Terraform made the plan, as the plan says it: `2026-05-01T10:00:00Z`. */
  readonly plannedAt?: string | undefined;
}

/** A rule as reports tell of it, also where it found nothing. */
export interface ReportedRule {
  /** `public-access` */
  readonly id: string;
  readonly severity: "error" | "warning" | "note";
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
}
