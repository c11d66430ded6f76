import {
  compileDataAccessPolicies,
  compileEncryptionPolicies,
  compileNetworkPolicies,
  dataAccessBlock,
  type EncryptionWish,
  longestEndpointId,
  privateBlock,
  type Quota,
  quotas,
  RuleError,
} from "../../service";
import type { StackEntry } from "../access-file";
import type { LocatedProblem } from "../describe-issue";
import { byPlace, type Stacks } from "./places";
import { dataAccessWishes, encryptionWishes, networkWishes } from "./policy-wishes";

/** The limit is kept by what counts the policies of all stacks. */
const asManyAsItTakes = Number.POSITIVE_INFINITY;

/** One kind of policy: what a stack wants of it, and how many policies that takes. */
interface Kind<Wish> {
  readonly what: string;
  readonly quota: Quota;
  /** What makes them fewer. */
  readonly remedy: string;
  /** Where the stack says most of it. */
  readonly keys: readonly (keyof StackEntry)[];
  readonly wishes: (name: string, stack: StackEntry, stacks: Stacks) => readonly Wish[];
  /** What a policy says of the wish alone, which is no shorter than among others; none if wishes need several. */
  readonly document?: (wish: Wish) => unknown;
  readonly compile: (wishes: readonly Wish[]) => readonly unknown[];
}

const network: Kind<ReturnType<typeof networkWishes>[number]> = {
  what: "network policies",
  quota: quotas.networkPolicies,
  remedy: "use prefixes instead of single collections, or move some to another account or Region",
  keys: ["grants", "collections"],
  wishes: networkWishes,
  document: (wish) => privateBlock({ ...wish, endpoints: wish.endpoints.map(() => longestEndpointId) }),
  compile: (wishes) => compileNetworkPolicies(wishes),
};

const encryption: Kind<ReturnType<typeof encryptionWishes>[number]> = {
  what: "encryption policies",
  quota: quotas.encryptionPolicies,
  remedy: "let collections share keys, a policy names one; or move some to another account or Region",
  keys: ["encryption", "collections"],
  wishes: (_name, stack) => encryptionWishes(stack),
  // A name with two keys is told by itself.
  compile: (wishes) => compileEncryptionPolicies(firstKeys(wishes), { policyLimit: asManyAsItTakes }),
};

function firstKeys(wishes: readonly EncryptionWish[]): EncryptionWish[] {
  const seen = new Set<string>();
  return wishes.map((wish) => ({
    ...wish,
    collections: wish.collections.filter((pattern) => !seen.has(pattern) && seen.add(pattern)),
  }));
}

const dataAccess: Kind<ReturnType<typeof dataAccessWishes>[number]> = {
  what: "data access policies",
  quota: quotas.dataAccessPolicies,
  remedy: "use prefixes instead of single names, or move some to another account or Region",
  keys: ["dataAccess", "collections"],
  wishes: (_name, stack) => dataAccessWishes(stack),
  document: (wish) => dataAccessBlock(wish),
  compile: (wishes) => compileDataAccessPolicies(wishes, { policyLimit: asManyAsItTakes }),
};

/** What takes more policies than AWS has room for, in a stack or in all stacks of an account and Region. */
export function quotaProblems(stacks: Stacks): LocatedProblem[] {
  return [...byPlace(stacks)].flatMap(([place, members]) => [
    ...tooMany(network, place, members, stacks),
    ...tooMany(encryption, place, members, stacks),
    ...tooMany(dataAccess, place, members, stacks),
  ]);
}

function tooMany<Wish>(
  kind: Kind<Wish>,
  place: string,
  members: readonly [name: string, stack: StackEntry][],
  stacks: Stacks,
): LocatedProblem[] {
  let total = 0;
  return members.flatMap(([name, stack]): LocatedProblem[] => {
    const path = pathOf(kind, name, stack);
    try {
      const before = total;
      total += policyCount(kind, kind.wishes(name, stack, stacks));
      const { limit } = kind.quota;
      if (total <= limit || before > limit) return [];
      return [
        {
          path,
          atKey: true,
          problem: `${total} ${kind.what} in ${place}, those of stacks before included; AWS takes ${limit}`,
          remedy: kind.remedy,
        },
      ];
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      return [{ path, atKey: true, ...error.detail }];
    }
  });
}

/** The list that the stack has of the kind, else the stack. */
function pathOf<Wish>({ keys }: Kind<Wish>, name: string, stack: StackEntry): LocatedProblem["path"] {
  const key = keys.find((one) => Object.keys(stack[one] ?? {}).length > 0);
  return key === undefined ? ["stacks", name] : ["stacks", name, key];
}

/** Compiling takes time for nothing where all of it fits into one policy anyway. */
function policyCount<Wish>({ document, compile }: Kind<Wish>, wishes: readonly Wish[]): number {
  if (wishes.length === 0) return 0;
  if (!document) return compile(wishes).length;
  const bytes = wishes.reduce((sum, one) => sum + Buffer.byteLength(JSON.stringify(document(one))) + 1, 2);
  return bytes <= quotas.networkPolicyBytes.limit ? 1 : compile(wishes).length;
}
