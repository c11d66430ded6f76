import type { Call } from "../call";
import { type QueryAction, queryAction } from "../protocol/query-action";
import { requirePolicy, requireProvider, requireRole, tagList } from "./existing";
import { mergedTags, pageOf, readPage, readTags, requiredText, rules, textList } from "./inputs";

/** What carries tags, and how a request names it. */
interface Tagged {
  readonly parameter: string;
  readonly rule: (typeof rules)["arn" | "roleName"];
  tagsOf(call: Call, name: string): Map<string, string>;
}

interface TagActions {
  readonly tag: QueryAction;
  readonly untag: QueryAction;
  readonly list: QueryAction;
}

const tagActions = ({ parameter, rule, tagsOf }: Tagged): TagActions => ({
  tag: queryAction(
    (parameters) => ({ name: requiredText(parameters, parameter, rule), more: readTags(parameters) }),
    (call, { name, more }) => {
      const tags = tagsOf(call, name);
      const all = mergedTags(tags, more);
      tags.clear();
      for (const [key, value] of all) tags.set(key, value);
      return {};
    },
  ),
  untag: queryAction(
    (parameters) => ({
      name: requiredText(parameters, parameter, rule),
      keys: textList(parameters, "TagKeys", rules.tagKey, 50) ?? [],
    }),
    (call, { name, keys }) => {
      const tags = tagsOf(call, name);
      const removed = new Set(keys.map((key) => key.toLowerCase()));
      for (const key of [...tags.keys()]) if (removed.has(key.toLowerCase())) tags.delete(key);
      return {};
    },
  ),
  list: queryAction(
    (parameters) => ({
      name: requiredText(parameters, parameter, rule),
      page: readPage(parameters),
    }),
    (call, { name, page }) => {
      const { items, rest } = pageOf([...tagsOf(call, name)], page);
      return { Tags: tagList(new Map(items)), ...rest };
    },
  ),
});

export const policyTags = tagActions({
  parameter: "PolicyArn",
  rule: rules.arn,
  tagsOf: (call, arn) => requirePolicy(call, arn).tags,
});

export const roleTags = tagActions({
  parameter: "RoleName",
  rule: rules.roleName,
  tagsOf: (call, name) => requireRole(call, name).tags,
});

export const providerTags = tagActions({
  parameter: "OpenIDConnectProviderArn",
  rule: rules.arn,
  tagsOf: (call, arn) => requireProvider(call, arn).tags,
});
