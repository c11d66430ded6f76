/**
 * Reads a policy document step by step and collects what is wrong with it, in the words of the JSON schema
 * validator that OpenSearch Serverless shows through: `$[0].AllowFromPublic: is missing but it is required`.
 */
export interface Problems {
  readonly found: string[];
}

export type JsonObject = Readonly<Record<string, unknown>>;

const typeName = (value: unknown): string =>
  value === null
    ? "null"
    : Array.isArray(value)
      ? "array"
      : Number.isInteger(value)
        ? "integer"
        : typeof value;

function expectType(problems: Problems, path: string, value: unknown, expected: string): boolean {
  if (typeName(value) === expected) return true;
  problems.found.push(`${path}: ${typeName(value)} found, ${expected} expected`);
  return false;
}

/** The members of an object, by name, once its type and its keys are seen to. */
export function checkObject(
  problems: Problems,
  path: string,
  value: unknown,
  keys: { readonly required: readonly string[]; readonly optional: readonly string[] },
): JsonObject | undefined {
  if (!expectType(problems, path, value, "object")) return undefined;
  const members = value as JsonObject;
  for (const key of keys.required) {
    if (!Object.hasOwn(members, key)) problems.found.push(`${path}.${key}: is missing but it is required`);
  }
  for (const key of Object.keys(members)) {
    if (keys.required.includes(key) || keys.optional.includes(key)) continue;
    problems.found.push(
      `${path}.${key}: is not defined in the schema and the schema does not allow additional properties`,
    );
  }
  return members;
}

/** The items of an array that may not be empty, each with its path. */
export function checkArray(
  problems: Problems,
  path: string,
  value: unknown,
  least = 1,
): readonly { readonly path: string; readonly value: unknown }[] {
  if (!expectType(problems, path, value, "array")) return [];
  const items = value as readonly unknown[];
  if (items.length < least)
    problems.found.push(`${path}: there must be a minimum of ${least} items in the array`);
  return items.map((item, index) => ({ path: `${path}[${index}]`, value: item }));
}

export function checkBoolean(problems: Problems, path: string, value: unknown): value is boolean {
  return expectType(problems, path, value, "boolean");
}

export function checkString(
  problems: Problems,
  path: string,
  value: unknown,
  constraint: { readonly pattern?: RegExp; readonly oneOf?: readonly string[] } = {},
): value is string {
  if (!expectType(problems, path, value, "string")) return false;
  const text = value as string;
  if (constraint.pattern && !constraint.pattern.test(text)) {
    problems.found.push(
      `${path}: does not match the regex pattern ${constraint.pattern.source.replaceAll("\\/", "/")}`,
    );
    return false;
  }
  if (constraint.oneOf && !constraint.oneOf.includes(text)) {
    problems.found.push(`${path}: does not have a value in the enumeration [${constraint.oneOf.join(", ")}]`);
    return false;
  }
  return true;
}

/** Resources of network and encryption policies: a collection name, a prefix of 3 characters and `*`, or `*`. */
const collectionPattern = /^collection\/(?:[a-z][a-z0-9_-]{2,63}\*?|\*)$/;

/** `Rules`: what a policy, or a block of one, is about. */
export function checkRules(
  problems: Problems,
  path: string,
  rules: unknown,
  resourceTypes: readonly string[],
): void {
  for (const rule of checkArray(problems, path, rules)) {
    const members = checkObject(problems, rule.path, rule.value, {
      required: ["ResourceType", "Resource"],
      optional: [],
    });
    if (!members) continue;
    if (members["ResourceType"] !== undefined) {
      checkString(problems, `${rule.path}.ResourceType`, members["ResourceType"], { oneOf: resourceTypes });
    }
    if (members["Resource"] === undefined) continue;
    for (const resource of checkArray(problems, `${rule.path}.Resource`, members["Resource"])) {
      checkString(problems, resource.path, resource.value, { pattern: collectionPattern });
    }
  }
}
