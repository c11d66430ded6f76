import { nextgenServiceName } from "../endpoint-names";
import { sortedUnique } from "../policy-document";
import type { Arns } from "./arns";
import { collectionPatterns, fitPatterns } from "./collection-names";
import type { IamCondition } from "./iam-policy";
import type { PermissionScope } from "./permission-scope";
import { tagValues } from "./tag-conditions";

/** What statements are made for. */
export interface StatementContext {
  readonly scope: PermissionScope;
  readonly arns: Arns;
}

/** Characters for the collections of one statement: 6,144 less what a statement holds besides, 28 Regions included. */
const maxCollectionCharacters = 5000;

export const oneOrMore = (values: readonly string[]): string | readonly string[] =>
  values.length === 1 ? (values[0] as string) : values;

/** Conditions of several operators as one. */
export function allOf(...conditions: readonly (IamCondition | undefined)[]): {
  readonly Condition?: IamCondition;
} {
  const merged: Record<string, Record<string, string | readonly string[]>> = {};
  for (const condition of conditions) {
    for (const [operator, keys] of Object.entries(condition ?? {})) {
      merged[operator] = { ...merged[operator], ...keys };
    }
  }
  return Object.keys(merged).length === 0 ? {} : { Condition: merged };
}

export const sortedRegions = ({ scope }: StatementContext): string[] => sortedUnique(scope.regions);

export const inRegions = ({ scope }: StatementContext): IamCondition => ({
  StringEquals: { "aws:RequestedRegion": oneOrMore(sortedUnique(scope.regions)) },
});

/** What all collections that a request names have to be among. */
export function namedCollections({ scope }: StatementContext): IamCondition | undefined {
  const patterns = collectionPatterns(scope.collections);
  if (!patterns || patterns.length === 0) return undefined;
  const fitting = fitPatterns(patterns, maxCollectionCharacters);
  return fitting.includes("*")
    ? undefined
    : { "ForAllValues:StringLike": { "aoss:collection": oneOrMore(fitting) } };
}

export const requestTags = ({ scope }: StatementContext): IamCondition | undefined => {
  const values = tagValues("aws:RequestTag", scope.tags);
  return values && { StringEquals: values };
};

export const resourceTags = ({ scope }: StatementContext): IamCondition | undefined => {
  const values = tagValues("aws:ResourceTag", scope.tags);
  return values && { StringEquals: values };
};

/** Endpoints of the one service in EC2 that NEXTGEN collections have. */
export const forNextgen = (context: StatementContext): IamCondition => ({
  StringEquals: { "ec2:VpceServiceName": oneOrMore(sortedRegions(context).map(nextgenServiceName)) },
});

/** The VPCs that zones are shared with, as Route 53 writes them (developer guide, conditions). */
export function sharedVpcs(context: StatementContext): IamCondition | undefined {
  const { sharedVpcs: ids } = context.scope;
  if (!ids || ids.length === 0) return undefined;
  const [region = "*", ...others] = sortedRegions(context);
  const of = others.length === 0 ? region : "*";
  return {
    StringLike: {
      "route53:VPCs": oneOrMore(sortedUnique(ids).map((id) => `VPCId=${id},VPCRegion=${of}`)),
    },
  };
}

/** One collection is in a request to it, so this may be spread over several statements. */
export function used(collections: readonly string[] | undefined): IamCondition | undefined {
  const patterns = collectionPatterns(collections);
  if (!patterns || patterns.length === 0) return undefined;
  return { StringLike: { "aoss:collection": oneOrMore(patterns) } };
}
