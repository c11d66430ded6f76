import { closest, distance } from "fastest-levenshtein";
import type { Problem } from "./problem";

/** The one of `known` that a reader most likely meant, or nothing when none is close. */
export function didYouMean(given: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const swapped = known.find((one) => isSwapped(given, one));
  if (swapped !== undefined) return swapped;
  const candidate = closest(given, known);
  return distance(given, candidate) <= Math.max(1, Math.floor(given.length / 3)) ? candidate : undefined;
}

/** Whether two neighbouring letters changed places and nothing else: in a short word two edits, for people one. */
function isSwapped(given: string, known: string): boolean {
  if (given.length !== known.length) return false;
  const at = [...given].findIndex((letter, index) => letter !== known[index]);
  if (at < 0) return false;
  return given.slice(0, at) + (given[at + 1] ?? "") + given[at] + given.slice(at + 2) === known;
}

/**
 * Checks the description of a security group rule: 255 of the characters EC2 takes (API reference,
 * IpRange.Description).
 */
export function checkRuleDescription(text: string): Problem | undefined {
  if (text.length > 255) {
    return { problem: `description: ${text.length} characters, 255 are allowed`, remedy: "shorten it" };
  }
  const odd = /[^a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]/u.exec(text)?.[0];
  return odd === undefined
    ? undefined
    : {
        problem: `description: EC2 does not take ${JSON.stringify(odd)}`,
        remedy: "use letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
      };
}

/** Checks the description of a policy: 1 to 1,000 characters (Terraform AWS provider; the API takes none too). */
export function checkPolicyDescription(text: string): Problem | undefined {
  if (text.length >= 1 && text.length <= 1000) return undefined;
  return {
    problem: `description: ${text.length} characters, 1 to 1,000 are allowed`,
    remedy: "leave it out or shorten it",
  };
}
