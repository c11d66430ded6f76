import { didYouMean } from "../../service";

/** A place in a policy: keys and indexes from the top, such as `["Statement", 0, "Action"]`. */
export type PolicyPath = readonly (string | number)[];

/** What is wrong with a policy, where, and how to mend it. */
export interface PolicyProblem {
  readonly path: PolicyPath;
  /** Whether the key itself is meant and not its value. */
  readonly atKey?: boolean;
  readonly problem: string;
  readonly remedy: string;
}

/** `Statement[0].Condition.StringEquals.aws:RequestedRegion` */
export const placeOf = (path: PolicyPath): string =>
  path.map((key, index) => (typeof key === "number" ? `[${key}]` : index === 0 ? key : `.${key}`)).join("");

/** A policy that cannot be taken; one line for each mistake, with its place. */
export class InvalidIdentityPolicy extends Error {
  /** the first mistake */
  readonly problem: string;
  /** where it is: `Statement[0].Action[1]` */
  readonly path: string;

  constructor(readonly problems: readonly PolicyProblem[]) {
    super(problems.map(({ path, problem }) => `${placeOf(path) || "policy"}: ${problem}`).join("\n"));
    this.name = "InvalidIdentityPolicy";
    this.problem = problems[0]?.problem ?? "";
    this.path = placeOf(problems[0]?.path ?? []);
  }
}

/** A value as messages show it. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : String(JSON.stringify(value));
}

/** `did you mean "Effect"? `, before what else is to be said; empty where nothing is close. */
export function meantOf(given: string, known: readonly string[]): string {
  const meant = didYouMean(given, known);
  return meant === undefined ? "" : `did you mean "${meant}"? `;
}

/** Collects mistakes at a place and below it. */
export class PolicyReader {
  constructor(
    private readonly found: PolicyProblem[],
    readonly path: PolicyPath = [],
  ) {}

  at(...keys: PolicyPath): PolicyReader {
    return new PolicyReader(this.found, [...this.path, ...keys]);
  }

  /** What messages call this place: `Effect`, `Action[1]`, and `policy` at the top. */
  get name(): string {
    const last = this.path.at(-1) ?? "policy";
    return typeof last === "number" ? `${this.path.at(-2) ?? "policy"}[${last}]` : last;
  }

  refuse(problem: string, remedy: string): void {
    this.found.push({ path: this.path, problem, remedy });
  }

  /** The members of an object; refuses what is none and the keys that are not known. */
  object(value: unknown, known: readonly string[]): Readonly<Record<string, unknown>> | undefined {
    const members = this.record(value);
    for (const key of Object.keys(members ?? {})) {
      if (known.includes(key)) continue;
      const problem = `unknown key "${key}"`;
      const remedy = `${meantOf(key, known)}allowed: ${known.join(", ")}`;
      this.found.push({ path: [...this.path, key], atKey: true, problem, remedy });
    }
    return members;
  }

  record(value: unknown): Readonly<Record<string, unknown>> | undefined {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return value as Readonly<Record<string, unknown>>;
    }
    if ((value === null || value === undefined) && this.path.length === 0) {
      this.refuse("there is no policy in it", 'write one: { "Version": "2012-10-17", "Statement": [ ... ] }');
    } else this.refuse(`${this.name}: ${shown(value)} is not an object`, "write { ... }");
    return undefined;
  }

  /** One value or a list of them, each with its own place; an empty list is refused. */
  list(value: unknown): readonly (readonly [PolicyReader, unknown])[] {
    if (!Array.isArray(value)) return [[this, value]];
    if (value.length === 0) this.refuse(`${this.name}: an empty list`, "fill it in");
    return value.map((item, index) => [this.at(index), item] as const);
  }

  /** A text or a list of texts. */
  texts(value: unknown): readonly (readonly [PolicyReader, string])[] {
    return this.list(value).flatMap(([reader, item]) => {
      if (typeof item === "string" && item !== "") return [[reader, item] as const];
      const problem = item === "" ? "an empty text" : `${shown(item)} is not a text`;
      reader.refuse(`${reader.name}: ${problem}`, "write a text");
      return [];
    });
  }
}
