import { collectionPatterns } from "./collection-names";
import type { NamedIamPolicy } from "./iam-policy";
import type { PermissionScope, PermissionVariant } from "./permission-scope";

/** How many names and prefixes were asked for, and how many wider ones stand for them in the policies. */
export interface WidenedCollections {
  readonly asked: number;
  readonly given: number;
}

/** Where names of collections did not fit into a statement and prefixes stand for them: how many. */
export function widenedCollections(
  variant: PermissionVariant,
  { collections }: PermissionScope,
  policies: readonly NamedIamPolicy[],
): WidenedCollections | undefined {
  const wanted = variant === "deploy" || variant === "plan" ? collectionPatterns(collections) : undefined;
  const lists = policies
    .flatMap(({ document }) => document.Statement)
    .flatMap(({ Condition }) => Condition?.["ForAllValues:StringLike"]?.["aoss:collection"] ?? []);
  const given = new Set(lists);
  if (wanted === undefined || given.size === 0 || wanted.every((pattern) => given.has(pattern))) {
    return undefined;
  }
  return { asked: wanted.length, given: given.size };
}
