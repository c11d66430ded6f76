import { checkTagCount, checkTagKey, quotas, tagLimits } from "../../service";
import { json } from "../hcl";
import { given, message, type Rule, ruleOn, text } from "../message";

const { keyCharacters, valueCharacters } = tagLimits;

/**
 * Keys and values of tags that AWS refuses.
 * @param items expression of a list of `{ at, value }`, values being maps
 */
export function wrongTags(items: string): Rule[] {
  const pairs = `flatten([for one in ${items} : [for key, value in one.value : { at = one.at, key = key, value = value }]])`;
  const keyLength = message("one.at", checkTagKey("x".repeat(keyCharacters + 1)), {
    [`of ${keyCharacters + 1} `]: text`of ${"length(one.key)"} `,
  });
  const reserved = message("one.at", checkTagKey(`aws:${given}`), {
    [JSON.stringify(`aws:${given}`)]: json("one.key"),
  });
  const valueLength = message(
    "one.at",
    {
      problem: `tag "${given}": a value of 257 characters, ${valueCharacters} are allowed`,
      remedy: "shorten it",
    },
    { [given]: "one.key", "257": "length(one.value)" },
  );
  return [
    ruleOn(`one in ${pairs}`, keyLength, `length(one.key) < 1 || length(one.key) > ${keyCharacters}`),
    ruleOn(`one in ${pairs}`, reserved, 'startswith(lower(one.key), "aws:")'),
    ruleOn(`one in ${pairs}`, valueLength, `length(coalesce(one.value, "-")) > ${valueCharacters}`),
  ];
}

/**
 * More tags than a resource takes.
 * @param items expression of a list of `{ at, value, others }`: how many tags the resource has besides, none or its Name
 */
export function tooManyTags(items: string): Rule {
  const { limit } = quotas.tagsPerResource;
  const told = (others: number) =>
    message("one.at", checkTagCount(1000, others ? { count: others, what: "the Name" } : undefined), {
      "1000": "length(one.value)",
      [String(1000 - limit + others)]: `length(one.value) - ${limit - others}`,
    });
  return ruleOn(
    `one in ${items}`,
    `one.others == 0 ? ${told(0)} : ${told(1)}`,
    `length(one.value) > ${limit} - one.others`,
  );
}
