import { checkKmsKeyArn, regionPattern } from "../../service";
import { isKeptElsewhere, type StackEntry } from "../access-file";
import type { LocatedProblem } from "../describe-issue";
import type { Path } from "../positions";
import { beyondStackTags } from "./endpoints";
import { byPlace, type Stacks } from "./places";

/** What is wrong between collections, the keys they are encrypted with, and how long data is kept. */
export function collectionProblems(stacks: Stacks): LocatedProblem[] {
  return [
    ...[...byPlace(stacks).values()].flatMap((members) => [
      ...namesTwice(members),
      ...encryptedTwice(members),
    ]),
    ...Object.entries(stacks).flatMap(([name, stack]) => [
      ...keysOfOtherRegions(name, stack),
      ...tooManyTags(name, stack),
      ...keptTwice(name, stack),
    ]),
  ];
}

type Members = readonly [name: string, stack: StackEntry][];

function namesTwice(members: Members): LocatedProblem[] {
  const seen = new Map<string, string>();
  return members.flatMap(([name, { collections }]) =>
    Object.entries(collections).flatMap(([key, entry]) => {
      if (isKeptElsewhere(entry)) return [];
      const path = ["stacks", name, "collections", key];
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, path.join("."));
        return [];
      }
      return [
        {
          path,
          atKey: true,
          problem: `collection "${key}" is made already, by ${first}`,
          remedy:
            "rename it; names are unique in an account and Region. To open the same one here too, say exists: true",
        },
      ];
    }),
  );
}

interface Encrypted {
  readonly pattern: string;
  readonly key: string | undefined;
  readonly stack: string;
  readonly path: Path;
  readonly isCollection: boolean;
}

/** All patterns that the stack's encryption policies name, those of the list first. */
function encryptedIn(name: string, stack: StackEntry): Encrypted[] {
  const listed = stack.encryption.flatMap(({ collections, kmsKey }, index) =>
    collections.map((pattern, position) => ({
      pattern,
      key: kmsKey,
      stack: name,
      path: ["stacks", name, "encryption", index, "collections", position],
      isCollection: false,
    })),
  );
  const made = Object.entries(stack.collections).flatMap(([key, entry]) =>
    isKeptElsewhere(entry)
      ? []
      : [
          {
            pattern: key,
            key: entry.kmsKey,
            stack: name,
            path: ["stacks", name, "collections", key],
            isCollection: true,
          },
        ],
  );
  return [...listed, ...made];
}

/** AWS refuses the same resource in two encryption policies: "conflicting with the existing encryption policies". */
function encryptedTwice(members: Members): LocatedProblem[] {
  const seen = new Map<string, Encrypted>();
  return members
    .flatMap(([name, stack]) => encryptedIn(name, stack))
    .flatMap((one) => {
      const first = seen.get(one.pattern);
      if (one.pattern === "" || !first) {
        if (one.pattern !== "") seen.set(one.pattern, one);
        return [];
      }
      // two collections of one name are told as such
      if (one.isCollection && first.isCollection) return [];
      const sameStack = one.stack === first.stack;
      // a collection that names no key has that of the entry for its name
      if (sameStack && one.isCollection && (one.key === undefined || one.key === first.key)) return [];
      const place = first.path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
      return [
        {
          path: one.isCollection && one.key !== undefined ? [...one.path, "kmsKey"] : one.path,
          problem: `"${one.pattern}" has its key already, from ${place.slice(1)}`,
          remedy: "drop one; AWS refuses the same name or prefix in two encryption policies",
        },
      ];
    });
}

function keysOfOtherRegions(name: string, stack: StackEntry): LocatedProblem[] {
  if (!regionPattern.test(stack.region)) return [];
  const given: [Path, string | undefined][] = [
    ...Object.entries(stack.collections).map(([key, entry]): [Path, string | undefined] => [
      ["collections", key],
      isKeptElsewhere(entry) ? undefined : entry.kmsKey,
    ]),
    ...stack.encryption.map(({ kmsKey }, index): [Path, string | undefined] => [
      ["encryption", index],
      kmsKey,
    ]),
  ];
  return given.flatMap(([path, arn]) => {
    if (arn === undefined || checkKmsKeyArn(arn)) return [];
    const problem = checkKmsKeyArn(arn, stack.region);
    return problem ? [{ path: ["stacks", name, ...path, "kmsKey"], ...problem }] : [];
  });
}

function tooManyTags(name: string, stack: StackEntry): LocatedProblem[] {
  return Object.entries(stack.collections).flatMap(([key, entry]) =>
    isKeptElsewhere(entry)
      ? []
      : beyondStackTags(entry.tags, stack.tags, "the stack's", ["stacks", name, "collections", key, "tags"]),
  );
}

/** The same indexes with two retentions: which of them holds, nobody says. */
function keptTwice(name: string, stack: StackEntry): LocatedProblem[] {
  const at = ["stacks", name];
  const rules = [
    ...stack.lifecycle.map((rule, index) => ({ ...rule, prefix: "", path: [...at, "lifecycle", index] })),
    ...Object.entries(stack.collections).flatMap(([key, { retention }]) =>
      retention.map((rule, index) => ({
        ...rule,
        prefix: `${key}/`,
        path: [...at, "collections", key, "retention", index],
      })),
    ),
  ];
  const seen = new Map<string, number | undefined>();
  return rules.flatMap(({ indexes, keepDays, prefix, path }) =>
    indexes.flatMap((index, position) => {
      const pattern = `${prefix}${index}`;
      if (index === "" || !seen.has(pattern)) {
        if (index !== "") seen.set(pattern, keepDays);
        return [];
      }
      const first = seen.get(pattern);
      if (first === keepDays) return [];
      return [
        {
          path: [...path, "indexes", position],
          problem: `index "${pattern}" is kept ${daysText(first)} already, ${daysText(keepDays)} here`,
          remedy: "drop one of the two",
        },
      ];
    }),
  );
}

const daysText = (days: number | undefined) => (days === undefined ? "for ever" : `${days} days`);
