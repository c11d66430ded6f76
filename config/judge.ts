import type { z } from "zod";
import type { AccessFile, EndpointEntry, GrantEntry, StackEntry } from "./access-file";
import { checkWith } from "./check-with";
import { crossChecks } from "./cross-checks";
import type { LocatedProblem } from "./describe-issue";
import type { Judged } from "./located-yaml";
import type { Path } from "./positions";
import { accessFileFrame, endpointForms, grantEntry } from "./schema";

/** Judges frame, endpoints and grants one by one and then what they are to each other, and collects all of it. */
export function judge(value: unknown): Judged<AccessFile> {
  const problems: LocatedProblem[] = [];
  const check = <T>(schema: z.ZodType<T>, part: unknown, path: Path): T | undefined =>
    checkWith(schema, part, path, problems);
  check(accessFileFrame, value, []);
  const stacks = newMap<StackEntry>();
  // What endpoints and sources are to each other is judged as written, so that no mistake in one hides another.
  const written = newMap<StackEntry>();
  for (const [name, raw] of entriesOf(fieldOf(value, "stacks"))) {
    const at = ["stacks", name];
    problems.push(...reservedKeys(fieldOf(value, "stacks"), name, ["stacks"]));
    const endpoints = newMap<EndpointEntry>();
    const writtenEndpoints = newMap<EndpointEntry>();
    for (const [key, entry] of entriesOf(fieldOf(raw, "endpoints"))) {
      problems.push(...reservedKeys(fieldOf(raw, "endpoints"), key, [...at, "endpoints"]));
      const form = fieldOf(entry, "id") === undefined ? endpointForms.managed : endpointForms.existing;
      const endpoint = check<EndpointEntry>(form, entry, [...at, "endpoints", key]);
      if (endpoint) endpoints[key] = endpoint;
      writtenEndpoints[key] = endpoint ?? asWritten(entry);
    }
    const given = fieldOf(raw, "grants");
    const grants: GrantEntry[] = [];
    const keys = entriesOf(fieldOf(raw, "endpoints")).map(([key]) => key);
    for (const [index, entry] of (Array.isArray(given) ? given : []).entries()) {
      const place = [...at, "grants", index];
      const one = check<GrantEntry>(grantEntry, entry, place);
      if (one) grants.push(one);
      const unknown = crossChecks.from(fieldOf(entry, "from"), keys);
      problems.push(...unknown.map((problem) => ({ ...problem, path: [...place, ...problem.path] })));
    }
    problems.push(...crossChecks.stack(name, writtenEndpoints, grants));
    const text = (key: string) => String(fieldOf(raw, key) ?? "");
    stacks[name] = {
      region: text("region"),
      ...(fieldOf(raw, "account") === undefined ? {} : { account: text("account") }),
      tags: Object(fieldOf(raw, "tags") ?? {}) as Record<string, string>,
      endpoints,
      grants,
    };
    written[name] = { ...stacks[name], endpoints: writtenEndpoints };
  }
  problems.push(...crossChecks.file(written));
  return problems.length > 0 ? { problems } : { value: { version: 1, stacks } };
}

/** A map without a prototype, in which every key is a key. */
function newMap<Value>(): Record<string, Value> {
  return Object.create(null) as Record<string, Value>;
}

/** zod passes over `__proto__` in silence. */
function reservedKeys(map: unknown, key: string, at: Path): LocatedProblem[] {
  if (key !== "__proto__" || fieldOf(map, key) === undefined) return [];
  return [{ path: [...at, key], atKey: true, problem: `key "${key}" is reserved`, remedy: "rename it" }];
}

/** What can be told of an endpoint that is wrong by itself. */
function asWritten(entry: unknown): EndpointEntry {
  const text = (of: unknown, key: string) => {
    const value = fieldOf(of, key);
    return typeof value === "string" ? { [key]: value } : {};
  };
  if (fieldOf(entry, "id") !== undefined) return { id: "" };
  const allow = fieldOf(entry, "allow");
  return {
    vpc: "",
    ...text(entry, "vpc"),
    ...text(entry, "name"),
    subnets: [],
    allow: (Array.isArray(allow) ? allow : []).map((source: unknown) => ({
      ...text(source, "cidr"),
      ...text(source, "securityGroup"),
      ...text(source, "prefixList"),
    })),
    securityGroups: [],
  };
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}
