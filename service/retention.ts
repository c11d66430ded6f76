import type { Problem } from "./problem";

/** How long data is kept at least. */
export interface Retention {
  readonly days: number | "unlimited";
}

/** `1d` to `3650d` or `24h` to `87600h` (developer guide; the service quotes the pattern for days). */
export const retentionPattern =
  /^(?:(?:[1-9]|[1-9]\d|[1-9]\d{2}|[12]\d{3}|3[0-5]\d{2}|36[0-4]\d|3650)d|(?:2[4-9]|[3-9]\d|[1-9]\d{2,3}|[1-7]\d{4}|8[0-6]\d{3}|87[0-5]\d{2}|87600)h)$/;

const longestDays = 3650;

/** Reads a retention: `unlimited`, `1d` to `3650d`, or hours that make whole days. */
export function parseRetention(text: string): Retention | Problem {
  if (text === "unlimited") return { days: "unlimited" };
  const [, digits = "", unit] = /^([0-9]+)([dh])$/.exec(text) ?? [];
  if (unit === undefined) {
    return {
      problem: `retention "${text}": neither days nor "unlimited"`,
      remedy: 'write "1d" to "3650d", or "unlimited"',
    };
  }
  const amount = Number(digits);
  if (unit === "h" && amount % 24 !== 0) {
    return {
      problem: `retention "${text}": not whole days, and AWS is not known to take every number of hours`,
      remedy: `write "${clamped(amount / 24)}d"`,
    };
  }
  const days = unit === "h" ? amount / 24 : amount;
  if (days >= 1 && days <= longestDays && !digits.startsWith("0")) return { days };
  return {
    problem: `retention "${text}": 1 to ${longestDays} days are allowed`,
    remedy: days > longestDays ? `write "${longestDays}d", or "unlimited"` : `write "${clamped(days)}d"`,
  };
}

/** The next whole number of days that is allowed: rather kept longer than deleted early. */
const clamped = (days: number) => Math.min(longestDays, Math.max(1, Math.ceil(days)));

/** Checks a retention: `unlimited`, `1d` to `3650d`, or hours that make whole days. */
export function checkRetention(text: string): Problem | undefined {
  const parsed = parseRetention(text);
  return "problem" in parsed ? parsed : undefined;
}

/** Checks for how many days data is to be kept: a whole number from 1 to 3650. */
export function checkKeepDays(days: number): Problem | undefined {
  if (Number.isInteger(days) && days >= 1 && days <= longestDays) return undefined;
  return {
    problem: `keepDays: ${days} given, 1 to ${longestDays} whole days are allowed`,
    remedy:
      days > longestDays
        ? `write ${longestDays}, or leave it out to keep the data for ever`
        : `write ${clamped(days || 1)}`,
  };
}
