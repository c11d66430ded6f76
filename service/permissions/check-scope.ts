import { partitionOf } from "../aws-partition";
import { checkCollectionPattern } from "../collection-pattern";
import { checkKmsKeyArn } from "../encryption-policy";
import { checkId, type IdKind } from "../ids";
import { shown } from "../policy-document";
import type { Problem } from "../problem";
import { checkRegion } from "../regions";
import { checkTagKey } from "../tags";
import { checkFeature } from "./feature";
import type { PermissionScope, PermissionVariant } from "./permission-scope";

/** What is wrong with what permissions are asked for; each problem says where: `features: none given, …`. */
export function checkPermissionScope(scope: PermissionScope, variant: PermissionVariant): readonly Problem[] {
  const { account, regions, features, collections = [], collectionIds = [], kmsKeys = [] } = scope;
  return [
    ...at("account", account === undefined ? [] : [checkId("account", account)]),
    ...at("regions", [someRegion(regions), ...regions.map(checkRegion), onePartition(regions)]),
    ...at("features", [someFeature(features, variant), ...features.map(checkFeature)]),
    ...idLists.flatMap(([name, kind]) =>
      at(
        name,
        (scope[name] ?? []).map((id) => checkId(kind, id)),
      ),
    ),
    ...at("collections", collections.map(checkCollection)),
    ...at("dashboards", (scope.dashboards ?? []).map(checkCollection)),
    ...at("collectionIds", collectionIds.map(checkCollectionId)),
    ...at(
      "kmsKeys",
      kmsKeys.map((arn) => checkKmsKeyArn(arn) ?? keyOfRegions(arn, regions)),
    ),
    ...at("tags", Object.keys(scope.tags ?? {}).map(checkTagKey)),
  ];
}

const idLists = [
  ["vpcs", "vpc"],
  ["sharedVpcs", "vpc"],
  ["subnets", "subnet"],
  ["securityGroups", "securityGroup"],
  ["prefixLists", "prefixList"],
  ["endpoints", "endpoint"],
] as const satisfies readonly (readonly [keyof PermissionScope, IdKind])[];

const at = (place: string, problems: readonly (Problem | undefined)[]): readonly Problem[] =>
  problems.flatMap((found) => (found ? [{ ...found, problem: `${place}: ${found.problem}` }] : []));

const someRegion = ({ length }: readonly string[]): Problem | undefined =>
  length > 0
    ? undefined
    : { problem: "none given, one or more are needed", remedy: 'give one such as "eu-central-1"' };

/** Whoever only uses collections deploys nothing. */
const someFeature = ({ length }: readonly string[], variant: PermissionVariant): Problem | undefined =>
  length > 0 || variant === "client"
    ? undefined
    : {
        problem: "none given, one or more are needed",
        remedy: 'give one such as "managed-endpoint"; nothing to do takes no permissions',
      };

/** An account belongs to one partition, and so does a policy. */
function onePartition(regions: readonly string[]): Problem | undefined {
  const [first = "", other] = [...new Set(regions.map(partitionOf))];
  if (other === undefined) return undefined;
  return {
    problem: `Regions of the partitions ${first} and ${other}, an account is in one`,
    remedy: "make the policies of each partition by themselves",
  };
}

/** A collection's key is of its Region; with another the policies would allow nothing. */
function keyOfRegions(arn: string, regions: readonly string[]): Problem | undefined {
  const [, , , region = ""] = arn.split(":");
  if (regions.length === 0 || regions.includes(region)) return undefined;
  return {
    problem: `"${arn}" is a key of ${region}, the permissions are of ${regions.join(", ")}`,
    remedy: `give a key of ${regions.join(" or ")}, or the Region ${region} too`,
  };
}

/** Names may look like this too, but hardly any does: 20 letters and digits, the digits in three places or more. */
const isLikeCollectionId = (text: string): boolean =>
  /^[a-z0-9]{20}$/.test(text) && (text.match(/[0-9]+/g) ?? []).length >= 3;

function checkCollection(pattern: string): Problem | undefined {
  if (pattern.startsWith("arn:")) {
    return {
      problem: `${shown(pattern)} is an ARN, policies name collections by their names`,
      remedy: "give the name of the collection, or put its id into collectionIds",
    };
  }
  if (isLikeCollectionId(pattern)) {
    return {
      problem: `"${pattern}" is the id of a collection, policies name collections by their names`,
      remedy: `give the name of the collection, or put the id into collectionIds; if it is a name, write "${pattern}*"`,
    };
  }
  return checkCollectionPattern(pattern);
}

/** API model 2021-11-01, CollectionId. */
function checkCollectionId(id: string): Problem | undefined {
  if (/^[a-z0-9]{3,40}$/.test(id)) return undefined;
  return {
    problem: `${shown(id)} is not the id of a collection: 3 to 40 of a-z and 0-9`,
    remedy: "give the last part of the collection's ARN, or put names into collections",
  };
}
