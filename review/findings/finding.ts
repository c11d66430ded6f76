import type { AccessChange } from "../change";

/** From the gravest on. */
export const severities = ["error", "warning", "note"] as const;

export type Severity = (typeof severities)[number];

/** A place in the access file; line and column from 1. */
export interface FilePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `stacks.search.endpoints.apps` */
  readonly path: string;
}

/** Something that a reviewer has to know of a plan. */
export interface Finding {
  /** The rule, stable: `public-access`. */
  readonly id: string;
  readonly severity: Severity;
  /** What the rule is about, the same for all of its findings. */
  readonly title: string;
  /** One line, concrete. */
  readonly message: string;
  /** Terraform address; missing for what is of the whole plan. */
  readonly address?: string | undefined;
  /** Of our own stacks. */
  readonly place?: FilePlace | undefined;
  readonly why: string;
  readonly remedy: string;
  /** Set where the access file accepts it. */
  readonly accepted?: AcceptedBy | undefined;
  /** 16 hexadecimal digits, the same in every run: of the rule, the address and what it is about. */
  readonly fingerprint: string;
}

export interface AcceptedBy {
  readonly reason: string;
  /** The last day on which it counts, `2027-01-31`. */
  readonly until: string;
}

/** What a review comes to. */
export interface Review {
  readonly change: AccessChange;
  /** Gravest first, then by rule and address; those that are accepted among them. */
  readonly findings: readonly Finding[];
  /** How many are not accepted. */
  readonly counts: Readonly<Record<Severity, number>>;
  readonly accepted: number;
}
