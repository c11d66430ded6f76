import type { FilePlace } from "./finding";
import type { Rule } from "./rule";

/** That somebody has looked at findings of a rule and lives with them, until a day. */
export interface Acceptance {
  /** Id of the rule. */
  readonly finding: string;
  /** The Terraform address that it is about; left out for all findings of the rule. */
  readonly address?: string | undefined;
  readonly reason: string;
  /** The last day on which it counts, `2027-01-31`. */
  readonly until: string;
  readonly place?: FilePlace | undefined;
}

/** Dates of this form sort as they follow each other. */
export const hasEnded = ({ until }: Acceptance, today: string): boolean => until < today;

export const isAbout = (
  { finding, address }: Acceptance,
  found: { readonly id: string; readonly address?: string | undefined },
): boolean => finding === found.id && (address === undefined || address === found.address);

/** Documented with the rules; `review` finds it, since it is about findings. */
export const acceptanceExpired: Omit<Rule, "check"> = {
  id: "acceptance-expired",
  severity: "warning",
  title: "An acceptance has ended",
  why: "What was accepted for a time is a finding again. Acceptances end so that somebody looks again.",
  remedy: "mend what was accepted, or look at it again and set a later day in until",
  severityNote: "A note where nothing is left of what it accepted: then it can be dropped.",
  examples: {
    found: `accept:
  - finding: single-subnet
    reason: a second subnet comes with the new VPC
    until: 2026-06-30 # the day before yesterday`,
    passes: `accept:
  - finding: single-subnet
    reason: a second subnet comes with the new VPC
    until: 2027-01-31`,
  },
};

/** The same for an acceptance of what there is not. */
export const acceptanceUnknown: Omit<Rule, "check"> = {
  id: "acceptance-unknown",
  severity: "warning",
  title: "An acceptance names no finding",
  why: "The acceptance does nothing: no finding has this id.",
  remedy: "use an id as the review prints it",
  examples: {
    found: `accept:
  - finding: one-subnet
    reason: a second subnet comes with the new VPC
    until: 2027-01-31`,
    passes: `accept:
  - finding: single-subnet
    reason: a second subnet comes with the new VPC
    until: 2027-01-31`,
  },
};

/** The same for one that is about none of what is found. */
export const acceptanceUnused: Omit<Rule, "check"> = {
  id: "acceptance-unused",
  severity: "note",
  title: "An acceptance accepts nothing here",
  why: "Nothing that it is about is found in this plan: its address may be another, or what it accepted is mended.",
  remedy:
    "use the address as the review prints it, or drop it from the access file if it is not needed any more",
  examples: {
    found: `accept:
  - finding: single-subnet
    address: aws_opensearchserverless_vpc_endpoint.app
    reason: a second subnet comes with the new VPC
    until: 2027-01-31`,
    passes: `accept:
  - finding: single-subnet
    address: aws_opensearchserverless_vpc_endpoint.apps
    reason: a second subnet comes with the new VPC
    until: 2027-01-31`,
  },
};
