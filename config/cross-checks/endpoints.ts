import { checkTagCount, type Generation, type Problem, parseCidr, quotas } from "../../service";
import { isExisting, type ManagedEndpointEntry, type SourceEntry, type StackEntry } from "../access-file";
import { endpointName } from "../derived-names";
import type { LocatedProblem } from "../describe-issue";
import type { Path } from "../positions";
import { byPlace, type Stacks } from "./places";

interface Managed {
  readonly path: Path;
  readonly entry: ManagedEndpointEntry;
  readonly name: string;
}

/** What is wrong between endpoints: sources given twice, VPCs and names used twice, too many in an account. */
export function endpointProblems(stacks: Stacks): LocatedProblem[] {
  const problems = Object.entries(stacks).flatMap(([name, stack]) => withinStack(name, stack));
  const all = Object.entries(stacks).flatMap(([name, stack]) => managedOf(name, stack));
  for (const generation of ["classic", "nextgen"] as const) {
    problems.push(
      ...repeated(ofGeneration(all, generation), ({ entry }) => entry.vpc, "vpc", secondInVpc[generation]),
    );
  }
  problems.push(...sharedZones(ofGeneration(all, "classic")));
  for (const [place, members] of byPlace(stacks)) {
    const classic = ofGeneration(
      members.flatMap(([name, stack]) => managedOf(name, stack)),
      "classic",
    );
    problems.push(
      ...repeated(
        classic,
        ({ name }) => name,
        "name",
        (name, first) => ({
          problem: `endpoint name "${name}" is used already, by ${first}`,
          remedy: "give it another name; names are unique in an account and Region",
        }),
      ),
      ...tooMany(classic, place),
    );
  }
  return problems;
}

/** A VPC takes one zone of a name: that of its own endpoint, or one that is shared with it. */
function sharedZones(classic: readonly Managed[]): LocatedProblem[] {
  const own = new Map(classic.map(({ entry, path }) => [entry.vpc, path.join(".")]));
  const shared = new Map<string, string>();
  return classic.flatMap(({ entry, path }) =>
    // its own VPC, and one twice, are told of the endpoint by itself
    [...new Set(entry.shareZoneWith)]
      .filter((vpc) => vpc !== "" && vpc !== entry.vpc)
      .flatMap((vpc) => {
        const at = [...path, "shareZoneWith", entry.shareZoneWith.indexOf(vpc)];
        const owner = own.get(vpc);
        const first = shared.get(vpc);
        shared.set(vpc, first ?? path.join("."));
        if (owner !== undefined) {
          const problem = `VPC ${vpc} has an endpoint of its own, ${owner}, and so a zone of the same name`;
          return [{ path: at, problem, remedy: "leave the VPC out" }];
        }
        if (first === undefined) return [];
        const problem = `VPC ${vpc} shares the zone of ${first} already, and a VPC takes one zone of a name`;
        return [{ path: at, problem, remedy: "leave the VPC out of one of the two" }];
      }),
  );
}

const secondInVpc: Readonly<Record<Generation, (vpc: string, first: string) => Problem>> = {
  classic: (vpc, first) => ({
    problem: `VPC ${vpc} has an endpoint already, ${first}`,
    remedy: "a VPC takes one: use that endpoint in the grants, or name another VPC",
  }),
  nextgen: (vpc, first) => ({
    problem: `VPC ${vpc} has an endpoint for nextgen collections already, ${first}`,
    remedy:
      "the private DNS names of two would conflict: use that endpoint in the grants, or name another VPC",
  }),
};

const ofGeneration = (all: readonly Managed[], generation: Generation) =>
  all.filter(({ entry }) => entry.generation === generation);

function managedOf(stack: string, { endpoints }: StackEntry): Managed[] {
  return Object.entries(endpoints).flatMap(([key, entry]) =>
    isExisting(entry)
      ? []
      : [{ path: ["stacks", stack, "endpoints", key], entry, name: endpointName(stack, key, entry) }],
  );
}

function withinStack(name: string, stack: StackEntry): LocatedProblem[] {
  return managedOf(name, stack).flatMap(({ path, entry }) => [
    ...repeatedSources(entry.allow, [...path, "allow"]),
    ...tagsBesideStack(entry, stack, [...path, "tags"]),
  ]);
}

/** Only the endpoint that EC2 makes carries the stack's tags, and its Name. */
function tagsBesideStack(entry: ManagedEndpointEntry, stack: StackEntry, path: Path): LocatedProblem[] {
  if (entry.generation !== "nextgen") return [];
  return beyondStackTags(entry.tags, { Name: "", ...stack.tags }, "the stack's and Name", path);
}

/** Tags that are too many only together with those that the resource carries besides. */
export function beyondStackTags(
  own: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string>>,
  what: string,
  path: Path,
): LocatedProblem[] {
  const count = Object.keys(own).length;
  const besides = Object.keys(others).filter((key) => !Object.hasOwn(own, key)).length;
  const problem = checkTagCount(count) ? undefined : checkTagCount(count, { count: besides, what });
  return count > 0 && problem ? [{ path, ...problem }] : [];
}

function repeatedSources(sources: readonly SourceEntry[], path: Path): LocatedProblem[] {
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

function tooMany(managed: readonly Managed[], place: string): LocatedProblem[] {
  const { limit } = quotas.managedEndpointsPerAccount;
  const over = managed[limit];
  if (!over) return [];
  return [
    {
      path: over.path,
      atKey: true,
      problem: `${managed.length} endpoints in ${place}, AWS allows ${limit}`,
      remedy: `drop ${managed.length - limit}, or move them to another account or Region`,
    },
  ];
}

function repeated(
  entries: readonly Managed[],
  read: (entry: Managed) => string,
  field: string,
  describe: (value: string, first: string) => Problem,
): LocatedProblem[] {
  const seen = new Map<string, string>();
  return entries.flatMap((entry) => {
    const value = read(entry);
    const first = seen.get(value);
    if (value !== "" && first !== undefined)
      return [{ path: [...entry.path, field], ...describe(value, first) }];
    seen.set(value, entry.path.join("."));
    return [];
  });
}
