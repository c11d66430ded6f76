import { knownRegions, type Problem } from "../../service";

/** Regions whose zones an account does not see as a, b and c. Which letters an account sees may differ in AWS. */
const letters: Readonly<Record<string, string>> = {
  "ap-northeast-1": "acd",
  "ap-northeast-2": "abcd",
  "ca-central-1": "abd",
  "us-east-1": "abcdef",
  "us-west-1": "ac",
  "us-west-2": "abcd",
};

/** The letters of the Region's Availability Zones, in order: `abc`. */
export const zoneLetters = (region: string): string => letters[region] ?? "abc";

/**
 * What is wrong with a zone's letter in a Region: it comes after the last one there. A letter in between may be one
 * that another account sees, and of a Region that is not known nobody can tell.
 */
export function checkZoneLetter(region: string, letter: string): Problem | undefined {
  const last = zoneLetters(region).slice(-1);
  if (!knownRegions.includes(region) || letter <= last) return undefined;
  return {
    problem: `zone: there is no Availability Zone ${region}${letter}`,
    remedy: `give one of ${[...zoneLetters(region)].join(", ")}`,
  };
}
