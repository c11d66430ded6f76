import {
  compileDataAccessPolicies,
  compileEncryptionPolicies,
  compileNetworkPolicies,
  dataAccessBlock,
  longestEndpointId,
  type Problem,
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
  compile: (wishes) => compileEncryptionPolicies(wishes, { policyLimit: asManyAsItTakes }),
};

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
  return [...byPlace(stacks)].flatMap(([place, members]) => {
    const tooMany = <Wish>(kind: Kind<Wish>) =>
      beyond(kind.quota.limit, kind, members, stacks, (total) => ({
        problem: `${total} ${kind.what} in ${place}, those of stacks before included; AWS takes ${kind.quota.limit}`,
        remedy: kind.remedy,
      }));
    return [...tooMany(network), ...tooMany(encryption), ...tooMany(dataAccess)];
  });
}

/** From this share of what AWS takes on, it is told how many policies there are. */
const nearingShare = 0.8;

/**
 * What takes most of the policies that AWS has room for. More network policies than that are put together as tightly
 * as can be, under other names, so that nearly all are replaced.
 */
export function quotaWarnings(stacks: Stacks): LocatedProblem[] {
  return [...byPlace(stacks)].flatMap(([place, members]) => {
    const nearing = <Wish>(kind: Kind<Wish>, beyondIt: string) =>
      beyond(kind.quota.limit * nearingShare, kind, members, stacks, (total) => ({
        problem: `${total} ${kind.what} in ${place}, those of stacks before included; AWS takes ${kind.quota.limit}, and ${beyondIt}`,
        remedy: kind.remedy,
      }));
    return [
      ...nearing(network, "what needs more is packed anew, which replaces nearly all of them"),
      ...nearing(encryption, "what needs more is refused"),
      ...nearing(dataAccess, "what needs more is refused"),
    ];
  });
}

/** Told of the stack with which the policies of a kind become more than `most`. */
function beyond<Wish>(
  most: number,
  kind: Kind<Wish>,
  members: readonly [name: string, stack: StackEntry][],
  stacks: Stacks,
  describe: (total: number) => Problem,
): LocatedProblem[] {
  let total = 0;
  return members.flatMap(([name, stack]): LocatedProblem[] => {
    const path = pathOf(kind, name, stack);
    try {
      const before = total;
      total += policyCount(kind, kind.wishes(name, stack, stacks));
      return total <= most || before > most ? [] : [{ path, atKey: true, ...describe(total) }];
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
