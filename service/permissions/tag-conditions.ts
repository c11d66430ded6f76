import { compareText } from "../policy-document";

/** Room for the tags of one condition; more than a handful of tags narrows nothing further. */
const maxCharacters = 1000;

/** What the text of a policy may hold (IAM API reference, policyDocument). */
const isAllowed = (text: string): boolean => /^[\u0020-\u007e\u00a1-\u00ff]*$/.test(text);

/**
 * Tags as a condition compares them, by their keys in order: `{ "aws:RequestTag/team": "search" }`. Those that a
 * policy cannot hold, those that IAM cannot tell from others since it compares keys without their case, and those for
 * which there is no room, are not compared; undefined where none is left.
 * @param key of the condition, without the tag's: `aws:RequestTag`
 */
export function tagValues(
  key: "aws:RequestTag" | "aws:ResourceTag",
  tags: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> | undefined {
  let room = maxCharacters;
  const values: [string, string][] = [];
  const keys = Object.keys(tags).map((tag) => tag.toLowerCase());
  for (const [tag, value] of Object.entries(tags).sort(([a], [b]) => compareText(a, b))) {
    if (keys.filter((one) => one === tag.toLowerCase()).length > 1) continue;
    const entry: [string, string] = [`${key}/${tag}`, withoutVariables(value)];
    const characters = JSON.stringify(entry).length;
    if (characters > room || !isAllowed(tag + value) || tag.includes("$")) continue;
    room -= characters;
    values.push(entry);
  }
  return values.length === 0 ? undefined : Object.fromEntries(values);
}

/** `${` begins a policy variable, and `${$}` is a dollar sign (IAM user guide, policy variables). */
const withoutVariables = (text: string): string => text.replaceAll("${", "${$}{");
