import { type AddressSet, union } from "./address-set";

/** How much of a source gets as far as an endpoint. */
export interface Route {
  readonly sure: AddressSet;
  /** What may, besides or instead. */
  readonly maybe: AddressSet;
  /** One line. */
  readonly reason: string;
  readonly unknown: readonly string[];
}

export const surely = (sure: AddressSet, reason: string): Route => ({ sure, maybe: [], reason, unknown: [] });

export const not = (reason: string): Route => ({ sure: [], maybe: [], reason, unknown: [] });

/** A route of which it is not known whether it is one; `reason` says the same, unless it says more. */
export const perhaps = (maybe: AddressSet, unknown: string, reason = `not known: ${unknown}`): Route => ({
  sure: [],
  maybe,
  reason,
  unknown: [unknown],
});

/** The routes of the parts of a source. */
export const together = (parts: readonly Route[]): Route => ({
  sure: union(...parts.map(({ sure }) => sure)),
  maybe: union(...parts.map(({ maybe }) => maybe)),
  reason: parts.map(({ reason }) => reason).join("; "),
  unknown: parts.flatMap(({ unknown }) => unknown),
});
