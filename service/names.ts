import { createHash } from "node:crypto";
import type { Problem } from "./problem";

/** Form of endpoint and policy names: 3 to 32 characters (API model 2021-11-01, VpcEndpointName, PolicyName). */
export const resourceName = { min: 3, max: 32, pattern: /^[a-z][a-z0-9-]+$/ } as const;

const hashLength = 6;

/** Checks the name of an endpoint or a policy: 3 to 32 of `a-z`, `0-9` and `-`, a letter first. */
export function checkResourceName(name: string): Problem | undefined {
  const { min, max, pattern } = resourceName;
  if (name.length < min || name.length > max) {
    return {
      problem: `name "${name}": ${name.length} characters, ${min} to ${max} are allowed`,
      remedy: `use a ${name.length < min ? "longer" : "shorter"} one, such as "${deriveName(name)}"`,
    };
  }
  if (!pattern.test(name)) {
    return {
      problem: `name "${name}": only a-z, 0-9 and "-" are allowed, a letter first`,
      remedy: `use "${deriveName(name)}"`,
    };
  }
  return undefined;
}

/**
 * A valid name of 3 to 32 characters made of the parts, joined by "-". What does not fit, or had to be
 * changed to be valid, is told apart by a short hash of the whole, so two different inputs keep two names.
 */
export function deriveName(...parts: string[]): string {
  const wanted = parts.join("-");
  const { min, max, pattern } = resourceName;
  if (wanted.length >= min && wanted.length <= max && pattern.test(wanted)) return wanted;
  const lettersOnly = wanted
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .replace(/-+$/, "");
  const hash = createHash("sha256").update(wanted).digest("hex").slice(0, hashLength);
  const room = max - hashLength - 1;
  const head = (lettersOnly || "x").slice(0, room).replace(/-+$/, "");
  return `${head}-${hash}`;
}
