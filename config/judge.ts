import type { z } from "zod";
import { checkCollectionName, type Problem } from "../service";
import type { AccessFile, CollectionEntry, EndpointEntry, StackEntry } from "./access-file";
import { entriesOf, fieldOf, listOf, newMap, stackAsWritten } from "./as-written";
import { checkWith } from "./check-with";
import { crossProblems } from "./cross-checks/all";
import { backendProblems } from "./cross-checks/backends";
import type { LocatedProblem } from "./describe-issue";
import type { Judged } from "./located-yaml";
import type { Path } from "./positions";
import { acceptanceEntry } from "./schema/acceptances";
import { collectionForms } from "./schema/collections";
import { endpointForms } from "./schema/endpoints";
import { accessFileFrame } from "./schema/file";
import { grantEntry } from "./schema/grants";
import { dataAccessEntry, encryptionEntry, lifecycleEntry } from "./schema/policies";
import { backendOfStack } from "./state-backend";

/** Judges the frame, what stands in lists and maps one by one, and then what they are to each other: all of it. */
export function judge(value: unknown): Judged<AccessFile> {
  const problems: LocatedProblem[] = [];
  const frame = checkWith(accessFileFrame, value, [], problems);
  const stacks = newMap<StackEntry>();
  const written = newMap<StackEntry>();
  for (const [name, raw] of entriesOf(fieldOf(value, "stacks"))) {
    problems.push(...reservedKeys(fieldOf(value, "stacks"), name, ["stacks"]));
    written[name] = stackAsWritten(raw);
    stacks[name] = judgeStack(raw, written[name], ["stacks", name], problems);
  }
  problems.push(...crossProblems(written), ...backendProblems(value, written));
  if (!frame || problems.length > 0) return { problems };
  for (const [name, stack] of Object.entries(stacks)) {
    const backend = frame.stacks[name]?.backend ?? frame.backend;
    if (backend) stacks[name] = { ...stack, backend: backendOfStack(backend, name) };
  }
  return { value: { version: 1, ...(frame.backend ? { backend: frame.backend } : {}), stacks } };
}

/** The stack with what is right in it; what is wrong is added to `problems`. */
function judgeStack(raw: unknown, written: StackEntry, at: Path, problems: LocatedProblem[]): StackEntry {
  const map = <Value>(
    key: string,
    formOf: (entry: unknown) => z.ZodType<Value>,
    checkKey?: (name: string, entry: unknown) => Problem | undefined,
  ): Record<string, Value> => {
    const judged = newMap<Value>();
    for (const [name, entry] of entriesOf(fieldOf(raw, key))) {
      const path = [...at, key, name];
      problems.push(...reservedKeys(fieldOf(raw, key), name, [...at, key]));
      const problem = checkKey?.(name, entry);
      if (problem) problems.push({ path, atKey: true, ...problem });
      const one = checkWith(formOf(entry), entry, path, problems);
      if (one) judged[name] = one;
    }
    return judged;
  };
  const list = <Value>(key: string, form: z.ZodType<Value>): Value[] =>
    listOf(raw, key).flatMap((entry, index) => {
      const one = checkWith(form, entry, [...at, key, index], problems);
      return one === undefined ? [] : [one];
    });
  return {
    region: written.region,
    ...(written.account === undefined ? {} : { account: written.account }),
    tags: Object(fieldOf(raw, "tags") ?? {}) as Record<string, string>,
    endpoints: map<EndpointEntry>("endpoints", (entry) =>
      fieldOf(entry, "id") === undefined ? endpointForms.managed : endpointForms.existing,
    ),
    grants: list("grants", grantEntry),
    collections: map<CollectionEntry>(
      "collections",
      (entry) => (exists(entry) ? collectionForms.existing : collectionForms.made),
      (name, entry) => checkCollectionName(name, exists(entry)),
    ),
    dataAccess: list("dataAccess", dataAccessEntry),
    encryption: list("encryption", encryptionEntry),
    lifecycle: list("lifecycle", lifecycleEntry),
    accept: list("accept", acceptanceEntry),
  };
}

const exists = (collection: unknown): boolean => fieldOf(collection, "exists") === true;

/** zod passes over `__proto__` in silence. */
function reservedKeys(map: unknown, key: string, at: Path): LocatedProblem[] {
  if (key !== "__proto__" || fieldOf(map, key) === undefined) return [];
  return [{ path: [...at, key], atKey: true, problem: `key "${key}" is reserved`, remedy: "rename it" }];
}
