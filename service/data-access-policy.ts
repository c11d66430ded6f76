import { networkPolicyResource } from "./collection-pattern";
import { checkDataPermission, type DataResourceType, dataResourceTypes } from "./data-access-permissions";
import { dataIndexResource } from "./index-pattern";
import {
  compareText,
  type DocumentProblem,
  type Findings,
  findingsOf,
  mergeRules,
  shown,
  sortedUnique,
} from "./policy-document";
import { checkAccount, principalPattern } from "./principal";
import type { Problem } from "./problem";

/** One rule of a block: what may be done to which collections, indexes, models or agents. */
export interface DataAccessRule {
  readonly ResourceType: DataResourceType;
  /** `collection/NAME`, `index/COLLECTION/INDEX`; NAME and INDEX may end in `*`. */
  readonly Resource: readonly string[];
  /** `aoss:ReadDocument` and the like, or `aoss:*`. */
  readonly Permission: readonly string[];
}

/** One block of a data access policy: what its principals may do. */
export interface DataAccessBlock {
  readonly Description?: string;
  readonly Rules: readonly DataAccessRule[];
  /** ARNs of IAM users and roles of the same account, or SAML users and groups. */
  readonly Principal: readonly string[];
}

/** A data access policy as OpenSearch Serverless takes it: an array of blocks that add up. */
export type DataAccessPolicyDocument = readonly DataAccessBlock[];

/** What is wanted on the collections themselves: aliases, templates, snapshots. */
export interface CollectionAccess {
  /** Collection names, prefixes (`logs-*`) or `*`. */
  readonly collections: readonly string[];
  /** `aoss:DescribeCollectionItems` and the like; see `dataPermissions.collection`. */
  readonly permissions: readonly string[];
}

/** What is wanted on indexes and the documents in them. */
export interface IndexAccess {
  /** `COLLECTION/INDEX`; each may be a name, a prefix with `*`, or `*`. */
  readonly indexes: readonly string[];
  /** `aoss:ReadDocument` and the like; see `dataPermissions.index`. */
  readonly permissions: readonly string[];
}

/** Data access wanted: who may do what to which collections and indexes. */
export interface DataAccessWish {
  /** Principals that passed `checkPrincipal`; what stands for one not known yet may be given. */
  readonly principals: readonly string[];
  readonly collections?: readonly CollectionAccess[];
  readonly indexes?: readonly IndexAccess[];
  readonly description?: string | undefined;
}

/** Checks data access wanted as a whole: something is granted, to somebody, with a permission in each entry. */
export function checkDataAccess(wish: DataAccessWish): Problem | undefined {
  const { principals, collections = [], indexes = [] } = wish;
  if (principals.length === 0) {
    return { problem: "no principal: nobody is granted anything", remedy: "name roles or users by ARN" };
  }
  if (collections.length === 0 && indexes.length === 0) {
    return {
      problem: "neither collections nor indexes: nothing is granted",
      remedy: "add permissions on collections or on indexes",
    };
  }
  const bare = [
    ...collections.map(({ collections: named, permissions }) => ({ named, permissions, what: "collection" })),
    ...indexes.map(({ indexes: named, permissions }) => ({ named, permissions, what: "index" })),
  ].find(({ named, permissions }) => named.length === 0 || permissions.length === 0);
  return (
    bare && {
      problem: `no ${bare.named.length === 0 ? bare.what : "permission"} in an entry for ${bare.what} permissions`,
      remedy: "fill it, or leave the entry out",
    }
  );
}

/** How many of each are given for data access that is written flat: one list for each kind of thing. */
export interface DataAccessParts {
  readonly principals: number;
  readonly collections: number;
  readonly collectionPermissions: number;
  readonly indexes: number;
  readonly indexPermissions: number;
}

/** Checks data access that is written flat: somebody is granted something, and permissions go with what they are on. */
export function checkDataAccessParts(parts: DataAccessParts): Problem[] {
  const problems: Problem[] = [];
  if (parts.principals === 0) {
    problems.push({
      problem: "no principal: nobody is granted anything",
      remedy: "name roles or users by ARN",
    });
  }
  const pairs = [
    ["collection", parts.collections, parts.collectionPermissions, "aoss:DescribeCollectionItems"],
    ["index", parts.indexes, parts.indexPermissions, "aoss:ReadDocument"],
  ] as const;
  if (pairs.every(([, named, permissions]) => named === 0 && permissions === 0)) {
    problems.push({
      problem: "neither collection nor index permissions: nothing is granted",
      remedy: "add permissions on collections or on indexes",
    });
  }
  for (const [what, named, permissions, example] of pairs) {
    if (named > 0 && permissions === 0) {
      problems.push({
        problem: `no ${what} permission for what is named: nothing is granted there`,
        remedy: `add ${what} permissions such as ${example}, or name no ${what}`,
      });
    } else if (named === 0 && permissions > 0) {
      problems.push({
        problem: `${what} permissions, and no ${what} they are for`,
        remedy: `name each ${what}, or leave its permissions out`,
      });
    }
  }
  return problems;
}

/** The block that gives the access wanted and nothing more. */
export function dataAccessBlock(wish: DataAccessWish): DataAccessBlock {
  const { collections = [], indexes = [], principals, description } = wish;
  return {
    ...(description ? { Description: description } : {}),
    Rules: [
      ...collections.map(({ collections: names, permissions }) => ({
        ResourceType: "collection" as const,
        Resource: names.map((name) => `collection/${name}`),
        Permission: permissions,
      })),
      ...indexes.map(({ indexes: names, permissions }) => ({
        ResourceType: "index" as const,
        Resource: names.map((name) => `index/${name}`),
        Permission: permissions,
      })),
    ],
    Principal: principals,
  };
}

function canonicalBlock(block: DataAccessBlock): DataAccessBlock {
  return {
    ...(block.Description ? { Description: block.Description } : {}),
    Principal: sortedUnique(block.Principal),
    Rules: mergeRules(block.Rules, ({ Permission, ResourceType }, Resource) => ({
      Permission: sortedUnique(Permission),
      Resource,
      ResourceType,
    })),
  };
}

/**
 * The one text of a policy: minified, keys in alphabetical order, arrays sorted and unique, rules for the same
 * permissions made one, no nulls. Blocks are ordered by their principals.
 */
export function serialiseDataAccessPolicy(document: DataAccessPolicyDocument): string {
  const blocks = document.map(canonicalBlock).map((block) => ({
    key: JSON.stringify([block.Principal, block.Description ?? ""]),
    text: JSON.stringify(block),
  }));
  blocks.sort((a, b) => compareText(a.key, b.key) || compareText(a.text, b.text));
  return `[${[...new Set(blocks.map(({ text }) => text))].join(",")}]`;
}

/** What is known beside the document. */
export interface DataAccessPolicyContext {
  /** The policy's account, 12 digits; principals of another one are refused. */
  readonly account?: string;
}

const blockKeys = ["Rules", "Principal", "Description"];
const ruleKeys = ["ResourceType", "Resource", "Permission"];

/** Resources of models and agents are made after the documented `model/COLLECTION/*`. */
const resources: Readonly<Record<DataResourceType, RegExp>> = {
  collection: networkPolicyResource,
  index: dataIndexResource,
  model: /^model\/(?:[a-z][a-z0-9_-]{2,63}\*?|\*)\/.+$/,
  agent: /^agent\/(?:[a-z][a-z0-9_-]{2,63}\*?|\*)\/.+$/,
};

/**
 * Checks a whole data access policy, also one that somebody else wrote, against every rule AWS is known to apply
 * (developer guide and probes): shape, known keys, resources and permissions that fit the resource type, principals
 * in a documented form and of the policy's account, size. Session ARNs are taken, as AWS does; `checkPrincipal` is
 * for what is written anew. Returns all that is wrong; nothing means AWS should take it.
 */
export function validateDataAccessPolicy(
  document: unknown,
  { account }: DataAccessPolicyContext = {},
): DocumentProblem[] {
  return findingsOf("data", document, (findings) => {
    if (typeof document === "object" && document !== null && !Array.isArray(document)) {
      findings.add("a data access policy is an array of blocks, an object found", "put the block into [ ]");
      return;
    }
    findings.each(document, "one block", "{ Rules, Principal }", (block, at) => {
      checkBlock(block, at, account);
    });
  });
}

function checkBlock(block: unknown, at: Findings, account: string | undefined): void {
  const members = at.members(block, "a block", blockKeys);
  if (!members) return;
  at.description(members["Description"]);
  at.at("Rules").each(members["Rules"], "one rule", "{ ResourceType, Resource, Permission }", checkRule);
  at.at("Principal").each(members["Principal"], "one principal", '"ARN"', (principal, place) => {
    place.text(
      principal,
      "a principal",
      principalPattern,
      "give the ARN of an IAM role or user, or saml/ACCOUNT/CONFIG/user/NAME or …/group/NAME",
    );
    const foreign = typeof principal === "string" ? checkAccount(principal, account) : undefined;
    if (foreign) place.add(foreign.problem, foreign.remedy);
  });
}

function checkRule(rule: unknown, at: Findings): void {
  const members = at.members(rule, "a rule", ruleKeys);
  if (!members) return;
  at.at("ResourceType").word(members["ResourceType"], "a ResourceType", dataResourceTypes);
  const type = dataResourceTypes.find((one) => one === members["ResourceType"]);
  at.at("Resource").each(members["Resource"], "one resource", `"${type ?? "collection"}/…"`, (one, place) => {
    if (type) place.text(one, `${/^[aeiou]/.test(type) ? "an" : "a"} ${type} resource`, resources[type]);
  });
  at.at("Permission").each(members["Permission"], "one permission", '"aoss:…"', (permission, place) => {
    const problem =
      typeof permission !== "string"
        ? { problem: `a permission is a text, ${shown(permission)} found`, remedy: 'write "aoss:…"' }
        : type && checkDataPermission(type, permission);
    if (problem) place.add(problem.problem, problem.remedy);
  });
}
