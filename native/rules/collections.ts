import {
  checkCollectionDescription,
  checkCollectionName,
  checkKeepDays,
  checkKmsKeyArn,
  collectionTypes,
  kmsKeyArnPattern,
  regionPattern,
  resourceName,
} from "../../service";
import { matches } from "../hcl";
import { given, message, type Rule, ruleOn, text } from "../message";
import { shown } from "./principals";

/** Names of collections, which are the keys of `items`, a list of `{ at, value }`. */
export function wrongCollectionNames(items: string): Rule[] {
  const { min, max, pattern } = resourceName;
  const told = (example: string) =>
    message("one.at", checkCollectionName(example), {
      [`: ${example.length} `]: text`: ${"length(one.value)"} `,
      [JSON.stringify(example)]: shown("one.value"),
    });
  return [
    ruleOn(
      `one in ${items}`,
      `length(one.value) < ${min} ? ${told("a")} : ${told("a".repeat(50))}`,
      `length(one.value) < ${min} || length(one.value) > ${max}`,
    ),
    ruleOn(
      `one in ${items}`,
      told(given.repeat(3)),
      `length(one.value) >= ${min} && length(one.value) <= ${max} && !${matches(pattern, "one.value")}`,
    ),
  ];
}

/** `items` is a list of `{ at, value }`, without nulls. */
export const wrongCollectionDescriptions = (items: string): Rule =>
  ruleOn(
    `one in ${items}`,
    message("one.at", checkCollectionDescription("x".repeat(2000)), { "2000": "length(one.value)" }),
    "length(one.value) > 1000",
  );

/** `items` is a list of `{ at, value }`. */
export function wrongTypes(items: string): Rule {
  const problem = {
    problem: `type "${given}": no such type`,
    remedy: `allowed: ${collectionTypes.join(", ")}`,
  };
  return ruleOn(
    `one in ${items}`,
    message("one.at", problem, { [given]: "one.value" }),
    `!contains(${JSON.stringify(collectionTypes)}, one.value)`,
  );
}

/** ARNs that are not those of KMS keys. `items` is a list of `{ at, value }`. */
export function wrongKeyArns(items: string): Rule {
  const told = (example: string) =>
    message("one.at", checkKmsKeyArn(example), { [JSON.stringify(example)]: shown("one.value") });
  return ruleOn(
    `one in ${items}`,
    `strcontains(one.value, "alias/") ? ${told(`alias/${given}`)} : ${told(given)}`,
    `!${matches(kmsKeyArnPattern, "one.value")}`,
  );
}

/** KMS keys of another Region than the provider's. */
export function otherRegions(): Rule {
  const example = "arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
  const told = message('"kms_key_arns.${one.key}: "', checkKmsKeyArn(example, "eu-central-1"), {
    [JSON.stringify(example)]: shown("one.arn"),
    "us-east-1": "one.region",
    "eu-central-1": here,
  });
  const items =
    'one in [for key, arn in var.kms_key_arns : { key = key, arn = arn, region = try(split(":", arn)[3], "") }]';
  // A stand-in of the provider, as tests have it, makes up a Region that is none.
  return ruleOn(items, told, `one.region != ${here} && ${matches(regionPattern, here)}`);
}

const here = "data.aws_region.nextgen_region.id";

/** Days that are no whole number from 1 to 3650. `items` is a list of `{ at, value }`, without nulls. */
export function wrongKeepDays(items: string): Rule {
  const tooMany = message("one.at", checkKeepDays(9999), { "9999": "one.value" });
  const other = message("one.at", checkKeepDays(7.5), {
    "7.5": "one.value",
    "write 8": text`write ${"max(1, ceil(one.value))"}`,
  });
  return ruleOn(
    `one in ${items}`,
    `one.value > 3650 ? ${tooMany} : ${other}`,
    "one.value < 1 || one.value > 3650 || floor(one.value) != one.value",
  );
}

/** Rules without an index. `items` is a list of `{ at, value }`, values being lists. */
export function withoutIndex(items: string): Rule {
  const problem = { problem: "no index in a retention rule", remedy: 'name indexes, such as "logs/web-*"' };
  return ruleOn(`one in ${items}`, message("one.at", problem), "length(one.value) == 0");
}

/** Entries for encryption that name no collection. `items` is a list of `{ at, value }`, values being lists. */
export function withoutCollection(items: string): Rule {
  const problem = {
    problem: "no collection is named",
    remedy: 'name collections or prefixes, such as "logs-*", or "*"',
  };
  return ruleOn(`one in ${items}`, message("one.at", problem), "length(one.value) == 0");
}
