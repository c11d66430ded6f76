import {
  checkCollectionPattern,
  checkIndexOfCollection,
  checkIndexPattern,
  collectionPattern,
} from "../../service";
import { dataIndexResource, retentionIndexResource } from "../../service/index-pattern";
import { matches, withName } from "../hcl";
import { given, message, type Rule, ruleOfTexts, ruleOn, text, type Values } from "../message";

/**
 * Patterns of collections that a policy does not take.
 * @param items expression of a list of `{ at, value }`
 */
export function wrongCollectionPatterns(items: string): Rule {
  const told = (example: string, values: Values = {}) =>
    message("one.at", checkCollectionPattern(example), {
      ...values,
      [`"${example}"`]: text`"${"one.value"}"`,
    });
  const beforeStar = 'split("*", one.value)[0]';
  const starInside = [
    `length(before) >= 3 ? ${told("abc*d", { '"abc*"': text`"${"before"}*"` })}`,
    told("ab*d"),
  ].join(" : ");
  const judged = [
    `strcontains(one.value, "*") && length(before) < length(one.value) - 1 ? (${starInside})`,
    `length(before) < 3 && strcontains(one.value, "*") ? ${told("a*", { '1 before "*"': text`${"length(before)"} before "*"` })}`,
    `length(before) < 3 ? ${told("a", { "1 characters": text`${"length(before)"} characters` })}`,
    `length(before) > 64 ? ${told("a".repeat(100), { "100 characters": text`${"length(before)"} characters` })}`,
    `startswith(before, "collection/") ? ${told(`collection/${given}`)}`,
    told(given.repeat(3)),
  ].join(" : ");
  return ruleOn(
    `one in ${items}`,
    withName("before", beforeStar, judged),
    `!${matches(collectionPattern, "one.value")}`,
  );
}

/**
 * Patterns `COLLECTION/INDEX` that a policy does not take.
 * @param items expression of a list of `{ at, value }`
 */
export function wrongIndexPatterns(items: string, policy: "data" | "retention"): Rule {
  const told = (example: string, values: Values = {}) =>
    message("one.at", checkIndexPattern(example, policy), {
      ...values,
      [`"${example}"`]: text`"${"one.value"}"`,
      [`"${example}/*"`]: text`"${"one.value"}/*"`,
    });
  const judged = [
    `parts[0] == "index" && length(parts) > 2 ? ${told(`index/${given}/a`)}`,
    `length(parts) == 1 ? ${told(given)}`,
    `length(parts) > 2 ? ${told(`${given}/a/b`)}`,
    `!${matches(collectionPattern, "parts[0]")} ? ${told(`X${given}/a`, { [`"X${given}"`]: text`"${"parts[0]"}"` })}`,
    `!${matches(resourceOf[policy], '"index/any/${parts[1]}"')} ? ${told(`abc/${given}`, { [`"${given}"`]: text`"${"parts[1]"}"` })}`,
    '""',
  ].join(" : ");
  return ruleOfTexts(`one in ${items}`, withName("parts", 'split("/", one.value)', judged));
}

/**
 * The same within one collection, the part behind the "/" alone.
 * @param items expression of a list of `{ at, value }`
 */
export function wrongIndexes(items: string, policy: "data" | "retention"): Rule {
  const withCollection = message("one.at", checkIndexOfCollection(`${given}/last`, policy), {
    [`"${given}/last"`]: text`"${"one.value"}"`,
    '"last"': text`"${"reverse(parts)[0]"}"`,
  });
  const wrong = message("one.at", checkIndexOfCollection(given, policy), { [given]: "one.value" });
  const judged = [
    `length(parts) > 1 ? ${withCollection}`,
    `!${matches(resourceOf[policy], '"index/any/${one.value}"')} ? ${wrong}`,
    '""',
  ].join(" : ");
  return ruleOfTexts(`one in ${items}`, withName("parts", 'split("/", one.value)', judged));
}

const resourceOf = { data: dataIndexResource, retention: retentionIndexResource };
