import {
  checkId,
  checkNetworkPolicySize,
  didYouMean,
  longestEndpointId,
  parseCidr,
  privateBlock,
  quotas,
  serialiseNetworkPolicy,
} from "../service";
import {
  type EndpointEntry,
  type GrantEntry,
  isExisting,
  type ManagedEndpointEntry,
  type SourceEntry,
  type StackEntry,
} from "./access-file";
import { endpointName } from "./derived-names";
import type { LocatedProblem } from "./describe-issue";

type Managed = readonly [path: readonly string[], entry: ManagedEndpointEntry, name: string];

/** What is wrong between parts of the file that are right by themselves. */
export const crossChecks = { from: checkFrom, stack: checkStack, file: checkFile };

/** One stack: sources given twice, the size of its network policy. */
function checkStack(
  stack: string,
  endpoints: Readonly<Record<string, EndpointEntry>>,
  grants: readonly GrantEntry[],
): LocatedProblem[] {
  const at = ["stacks", stack];
  const problems = Object.entries(endpoints).flatMap(([key, entry]) =>
    isExisting(entry) ? [] : repeatedSources(entry.allow, [...at, "endpoints", key, "allow"]),
  );
  const blocks = grants.map((grant) =>
    privateBlock({ ...grant, endpoints: grant.from.map((from) => idFor(from, endpoints)) }),
  );
  const size = checkNetworkPolicySize(serialiseNetworkPolicy(blocks));
  if (size) problems.push({ path: [...at, "grants"], atKey: true, ...size });
  return problems;
}

/** Stands for an endpoint's id: known, or as long as one can be and told apart by the key's characters. */
function idFor(from: string, endpoints: Readonly<Record<string, EndpointEntry>>): string {
  const entry = Object.hasOwn(endpoints, from) ? endpoints[from] : undefined;
  if (!entry) return from.startsWith("vpce-") ? from : longestEndpointId;
  if (isExisting(entry)) return entry.id;
  const index = String(Object.keys(endpoints).indexOf(from));
  return longestEndpointId.slice(0, -index.length) + index;
}

/** Endpoints that a grant names although nobody has them. Judged as written, since the rest may be wrong too. */
function checkFrom(from: unknown, keys: readonly string[]): LocatedProblem[] {
  return (Array.isArray(from) ? from : []).flatMap((one: unknown, position) => {
    const problem = typeof one === "string" ? unknownEndpoint(one, keys) : undefined;
    return problem ? [{ path: ["from", position], ...problem }] : [];
  });
}

function unknownEndpoint(from: string, keys: readonly string[]) {
  if (keys.includes(from) || (from.startsWith("vpce-") && !checkId("endpoint", from))) return undefined;
  if (from.startsWith("vpce-")) return checkId("endpoint", from);
  const meant = didYouMean(from, keys);
  return {
    problem: `no endpoint "${from}" in this stack`,
    remedy: `${meant ? `did you mean "${meant}"? ` : ""}defined: ${keys.join(", ") || "none"}; or give a vpce- id`,
  };
}

function repeatedSources(sources: readonly SourceEntry[], path: readonly string[]): LocatedProblem[] {
  const seen = new Map<string, number>();
  return sources.flatMap((source, index) => {
    const block = source.cidr === undefined ? undefined : parseCidr(source.cidr);
    const same =
      (block && "text" in block ? block.text : undefined) ?? source.securityGroup ?? source.prefixList ?? "";
    const first = seen.get(same);
    if (same === "" || first === undefined) {
      seen.set(same, index);
      return [];
    }
    const problem = `source ${same} is allowed already, by allow[${first}]`;
    return [{ path: [...path, index], problem, remedy: "drop one; EC2 refuses the same rule twice" }];
  });
}

/** The whole file: VPCs and names used twice, endpoints per account and Region. */
function checkFile(stacks: Readonly<Record<string, StackEntry>>): LocatedProblem[] {
  const perAccount = new Map<string, { readonly stacks: string[]; readonly managed: Managed[] }>();
  for (const [name, stack] of Object.entries(stacks)) {
    const where = stack.account ? `account ${stack.account}, ${stack.region}` : stack.region;
    const group = perAccount.get(where) ?? { stacks: [], managed: [] };
    perAccount.set(where, group);
    group.stacks.push(name);
    for (const [key, entry] of Object.entries(stack.endpoints)) {
      if (isExisting(entry)) continue;
      group.managed.push([["stacks", name, "endpoints", key], entry, endpointName(name, key, entry)]);
    }
  }
  const problems: LocatedProblem[] = [];
  const all = [...perAccount.values()].flatMap(({ managed }) => managed);
  problems.push(
    ...repeated(
      all,
      ([, entry]) => entry.vpc,
      "vpc",
      (vpc, first) => ({
        problem: `VPC ${vpc} has an endpoint already, ${first}`,
        remedy: "a VPC takes one: use that endpoint in the grants, or name another VPC",
      }),
    ),
  );
  const { limit } = quotas.managedEndpointsPerAccount;
  for (const [where, group] of perAccount) {
    problems.push(
      ...repeated(
        group.managed,
        ([, , name]) => name,
        "name",
        (name, first) => ({
          problem: `endpoint name "${name}" is used already, by ${first}`,
          remedy: "give it another name; names are unique in an account and Region",
        }),
      ),
    );
    const over = group.managed[limit];
    if (over) {
      problems.push({
        path: over[0],
        atKey: true,
        problem: `${group.managed.length} endpoints in ${where}, AWS allows ${limit}`,
        remedy: `drop ${group.managed.length - limit}, or move them to another account or Region`,
      });
    }
  }
  return problems;
}

function repeated(
  entries: readonly Managed[],
  read: (entry: Managed) => string,
  field: string,
  describe: (value: string, first: string) => { problem: string; remedy: string },
): LocatedProblem[] {
  const seen = new Map<string, string>();
  return entries.flatMap((entry) => {
    const value = read(entry);
    const first = seen.get(value);
    if (value !== "" && first !== undefined)
      return [{ path: [...entry[0], field], ...describe(value, first) }];
    seen.set(value, entry[0].join("."));
    return [];
  });
}
