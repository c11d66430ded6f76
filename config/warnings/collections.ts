import { checkServes, coversCollection, didYouMean, documentedServices } from "../../service";
import { isKeptElsewhere, type StackEntry } from "../access-file";
import { byPlace, type Stacks } from "../cross-checks/places";
import type { LocatedProblem } from "../describe-issue";
import type { Path } from "../positions";
import { namedEndpoint } from "../references";

/** What is likely a mistake about collections and who reaches them. */
export function collectionWarnings(stacks: Stacks): LocatedProblem[] {
  return [
    ...Object.entries(stacks).flatMap(([name, stack]) => [
      ...undocumentedServices(name, stack),
      ...retentionWithoutEffect(name, stack),
      ...grantsToTheOtherGeneration(name, stack, stacks),
    ]),
    ...[...byPlace(stacks).values()].flatMap(openedToNobody),
  ];
}

function undocumentedServices(name: string, stack: StackEntry): LocatedProblem[] {
  const lists: [Path, readonly string[]][] = [
    ...stack.grants.map(({ services }, index): [Path, readonly string[]] => [["grants", index], services]),
    ...Object.entries(stack.collections).map(([key, { services }]): [Path, readonly string[]] => [
      ["collections", key],
      services,
    ]),
  ];
  return lists.flatMap(([path, services]) =>
    services.flatMap((service, position) =>
      documentedServices.includes(service)
        ? []
        : [
            {
              path: ["stacks", name, ...path, "services", position],
              problem: `service "${service}" is not one that AWS documents in network policies`,
              remedy: documentedRemedy(service),
            },
          ],
    ),
  );
}

function documentedRemedy(service: string): string {
  // What all of them end in says nothing of which one is meant.
  const beginnings = new Map(documentedServices.map((one) => [beginningOf(one), one]));
  const meant = beginnings.get(didYouMean(beginningOf(service), [...beginnings.keys()]) ?? "");
  return `${meant ? `did you mean "${meant}"? ` : ""}documented: ${documentedServices.join(", ")}`;
}

const beginningOf = (service: string) => service.replace(/\.amazonaws\.com(?:\.cn)?$/, "");

function retentionWithoutEffect(name: string, stack: StackEntry): LocatedProblem[] {
  return Object.entries(stack.collections).flatMap(([key, entry]) => {
    if (isKeptElsewhere(entry) || entry.retention.length === 0 || entry.type === "timeseries") return [];
    return [
      {
        path: ["stacks", name, "collections", key, "retention"],
        atKey: true,
        problem: `retention of a collection of type ${entry.type}: AWS deletes old data in time series collections only`,
        remedy: "leave it out, or make the type timeseries",
      },
    ];
  });
}

/** A grant may name collections of both generations and endpoints for each, so that a pair does not fit is no error. */
function grantsToTheOtherGeneration(name: string, stack: StackEntry, stacks: Stacks): LocatedProblem[] {
  return stack.grants.flatMap(({ collections, from }, index) => {
    const serving = from.map((one) => namedEndpoint(one, name, stacks)?.entry.generation);
    if (serving.some((generation) => generation === undefined)) return [];
    return collections.flatMap((pattern, position) => {
      const generation = Object.hasOwn(stack.collections, pattern)
        ? stack.collections[pattern]?.generation
        : undefined;
      if (generation === undefined || serving.includes(generation)) return [];
      const problem = checkServes(
        { name: String(from[0]), generation: serving[0] },
        { name: pattern, generation },
      );
      const path = ["stacks", name, "grants", index, "collections", position];
      return problem ? [{ path, ...problem }] : [];
    });
  });
}

function openedToNobody(members: readonly [name: string, stack: StackEntry][]): LocatedProblem[] {
  const names = new Set<string>();
  const prefixes = new Set<string>();
  for (const [, { collections, grants }] of members) {
    for (const pattern of grants.flatMap((grant) => grant.collections)) {
      (pattern.endsWith("*") ? prefixes : names).add(pattern);
    }
    for (const [key, { from, services }] of Object.entries(collections)) {
      if (from.length + services.length > 0) names.add(key);
    }
  }
  return members.flatMap(([name, { collections }]) =>
    Object.keys(collections)
      .filter((key) => !names.has(key) && ![...prefixes].some((prefix) => coversCollection(prefix, key)))
      .map((key) => ({
        path: ["stacks", name, "collections", key],
        atKey: true,
        problem: `collection "${key}" is opened to nobody: it has neither from nor services, and no grant covers it`,
        remedy: "name endpoints in its from, or its name in a network policy kept elsewhere",
      })),
  );
}
