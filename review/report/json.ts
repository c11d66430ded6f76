import type { AccessPath, Drift, Interruption } from "../change";
import type { Finding, Severity } from "../findings";
import type { NamedReview } from "./named-review";
import { headline } from "./verdict";

/** One review as programs read it; its keys are a contract that `version` stands for. */
export interface ReviewJson {
  readonly name: string;
  /** Who gains and who loses, in one line. */
  readonly verdict: string;
  /** Findings that are not accepted, by severity. */
  readonly counts: Readonly<Record<Severity, number>>;
  readonly accepted: number;
  readonly gained: readonly AccessPath[];
  readonly lost: readonly AccessPath[];
  readonly unsure: readonly AccessPath[];
  readonly unchanged: number;
  readonly interruptions: readonly Interruption[];
  readonly drift: Drift;
  readonly findings: readonly Finding[];
  readonly notSeen: readonly string[];
}

/** Reviews with the version of the form. */
export function reviewsJson(reviews: readonly NamedReview[]): { version: 1; reviews: readonly ReviewJson[] } {
  return { version: 1, reviews: reviews.map(reviewJson) };
}

/** All of a review but the worlds it was made of, which `reach` prints. */
export function reviewJson({ name, review }: NamedReview): ReviewJson {
  const { change, findings, counts, accepted } = review;
  const { gained, lost, unsure, unchanged, interruptions, drift, notSeen } = change;
  return {
    name,
    verdict: headline(change),
    counts,
    accepted,
    gained,
    lost,
    unsure,
    unchanged,
    interruptions,
    drift,
    findings,
    notSeen,
  };
}
