import { checkPolicyDescription, checkResourceName, deriveName, resourceName } from "../../service";
import { matches } from "../hcl";
import { given, message, type Rule, ruleOn, text } from "../message";
import { derivedName } from "../names";

/**
 * Names of endpoints and policies that AWS refuses.
 * @param items expression of a list of `{ at, value }`, without nulls
 */
export function wrongNames(items: string): Rule[] {
  const { min, max, pattern } = resourceName;
  const told = (example: string) =>
    message("one.at", checkResourceName(example), {
      [deriveName(example)]: derivedName("one.value"),
      [`"${example}": ${example.length} `]: text`"${"one.value"}": ${"length(one.value)"} `,
      [example]: "one.value",
    });
  const tooShort = told(`a${given}`);
  const tooLong = told(given.repeat(max + 1));
  return [
    ruleOn(
      `one in ${items}`,
      `length(one.value) < ${min} ? ${tooShort} : ${tooLong}`,
      `length(one.value) < ${min} || length(one.value) > ${max}`,
    ),
    ruleOn(
      `one in ${items}`,
      told(given.repeat(min)),
      `length(one.value) >= ${min} && length(one.value) <= ${max} && !${matches(pattern, "one.value")}`,
    ),
  ];
}

/** Descriptions of policies of a length that is not taken. */
export const wrongPolicyDescriptions = (items: string): Rule =>
  ruleOn(
    `one in ${items}`,
    message("one.at", checkPolicyDescription("x".repeat(1001)), { "1001": "length(one.value)" }),
    "length(one.value) < 1 || length(one.value) > 1000",
  );
