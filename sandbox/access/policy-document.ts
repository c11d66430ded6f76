import { type Condition, operatorNamed, operatorNames } from "./policy-conditions";
import { isKnownKey, isListKey, knownKeys } from "./policy-keys";
import { ArnPattern, hasBrokenVariable, type KeyValues, Pattern } from "./policy-pattern";
import { meantOf, type PolicyProblem, PolicyReader, shown } from "./policy-problem";

/** One statement, ready to be asked. */
export interface Statement {
  readonly isAllow: boolean;
  /** Whether it is about this action on this resource under these conditions. */
  applies(action: string, resource: string, values: KeyValues): boolean;
}

const statementKeys = [
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
] as const;

/**
 * Reads an identity-based policy, or a list of them, each as an object or as JSON text (IAM JSON policy reference).
 * What the sandbox could not judge as AWS does is a problem: unknown elements, operators, condition keys, variables.
 */
export function readPolicies(given: unknown): {
  readonly statements: readonly Statement[];
  readonly problems: readonly PolicyProblem[];
} {
  const problems: PolicyProblem[] = [];
  const statements = new PolicyReader(problems)
    .list(given)
    .flatMap(([reader, policy]) =>
      typeof policy === "string" ? readText(reader, policy) : readPolicy(reader, policy),
    );
  return { statements, problems };
}

function readText(reader: PolicyReader, text: string): readonly Statement[] {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch (error) {
    reader.refuse(`${reader.name}: not valid JSON: ${(error as Error).message}`, "write it as JSON");
    return [];
  }
  return readPolicy(reader, policy);
}

function readPolicy(reader: PolicyReader, policy: unknown): readonly Statement[] {
  const members = reader.object(policy, ["Version", "Id", "Statement"]);
  if (!members) return [];
  const { Version: version, Id: id, Statement: statement } = members;
  if (version !== undefined && version !== "2012-10-17" && version !== "2008-10-17") {
    reader
      .at("Version")
      .refuse(`Version: ${shown(version)} is not a policy version`, 'write "2012-10-17", in quotes');
  }
  if (id !== undefined && typeof id !== "string") {
    reader.at("Id").refuse(`Id: ${shown(id)} is not a text`, "write a text");
  }
  if (statement === undefined) {
    reader.at("Statement").refuse("Statement is missing", "add Statement, a list of statements");
    return [];
  }
  const sids = new Set<string>();
  return reader
    .at("Statement")
    .list(statement)
    .flatMap(([at, each]) => readStatement(at, each, version === "2012-10-17", sids) ?? []);
}

/** @param variables whether `${...}` is a variable, which it is from version 2012-10-17 on */
function readStatement(
  reader: PolicyReader,
  statement: unknown,
  variables: boolean,
  sids: Set<string>,
): Statement | undefined {
  const raw = reader.record(statement);
  if (!raw) return undefined;
  for (const key of ["Principal", "NotPrincipal"].filter((name) => Object.hasOwn(raw, name))) {
    reader
      .at(key)
      .refuse(`an identity-based policy has no ${key}`, "drop it: the principal is who holds the policy");
  }
  const { Principal: _principal, NotPrincipal: _notPrincipal, ...rest } = raw;
  const members = reader.object(rest, statementKeys) ?? {};
  readSid(reader.at("Sid"), members["Sid"], sids);
  const effect = members["Effect"];
  if (effect !== "Allow" && effect !== "Deny") {
    const problem = effect === undefined ? "Effect is missing" : `Effect: ${shown(effect)} is not an effect`;
    reader.at("Effect").refuse(problem, "write Allow or Deny");
  }
  const isOfAction = oneOf(reader, members, "Action", readAction);
  const isOfResource = oneOf(reader, members, "Resource", (at, text) => readResource(at, text, variables));
  const conditions =
    members["Condition"] === undefined
      ? []
      : readConditions(reader.at("Condition"), members["Condition"], variables);
  return {
    isAllow: effect === "Allow",
    applies: (action, resource, values) =>
      isOfAction(action, values) &&
      isOfResource(resource, values) &&
      conditions.every((condition) => condition(values)),
  };
}

function readSid(reader: PolicyReader, sid: unknown, sids: Set<string>): void {
  if (sid === undefined) return;
  if (typeof sid !== "string" || !/^[A-Za-z0-9]*$/.test(sid)) {
    reader.refuse(`Sid: ${shown(sid)} is not a statement id`, "use letters and digits only");
  } else if (sid !== "" && sids.has(sid)) {
    reader.refuse(`the statement id ${sid} is there twice`, "rename one");
  } else sids.add(sid);
}

type Matcher = (text: string, values: KeyValues) => boolean;
type ReadMatcher = (reader: PolicyReader, text: string) => Matcher | undefined;

/** `Action` or `NotAction`, `Resource` or `NotResource`: exactly one of the two. */
function oneOf(
  reader: PolicyReader,
  members: Readonly<Record<string, unknown>>,
  name: "Action" | "Resource",
  read: ReadMatcher,
): Matcher {
  const negated = `Not${name}`;
  const isNegated = Object.hasOwn(members, negated);
  if (Object.hasOwn(members, name) === isNegated) {
    const problem = isNegated ? `${name} and ${negated} exclude each other` : `${name} is missing`;
    reader.at(name).refuse(problem, `write one of ${name} and ${negated}`);
    return () => false;
  }
  const key = isNegated ? negated : name;
  const matchers = reader
    .at(key)
    .texts(members[key])
    .flatMap(([at, text]) => read(at, text) ?? []);
  return (text, values) => matchers.some((matches) => matches(text, values)) !== isNegated;
}

function readAction(reader: PolicyReader, text: string): Matcher | undefined {
  if (text === "*" || text === "*:*") return () => true;
  if (!text.includes(":")) {
    reader.refuse(
      `the action "${text}" has no service`,
      "write it with its service, as in aoss:CreateVpcEndpoint",
    );
    return undefined;
  }
  if (!/^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(text)) {
    reader.refuse(
      `"${text}" is not an action`,
      "write service:Name, where * and ? stand for characters of the name",
    );
    return undefined;
  }
  const pattern = Pattern.of(text, { wildcards: true, variables: false, ignoreCase: true });
  return (action, values) => pattern.matches(action, values);
}

function readResource(reader: PolicyReader, text: string, variables: boolean): Matcher | undefined {
  const pattern = ArnPattern.of(text, variables);
  if (!pattern) {
    reader.refuse(
      `"${text}" is not a resource`,
      "write * or an ARN of six parts, as in arn:aws:ec2:*:*:vpc/*",
    );
    return undefined;
  }
  checkVariables(reader, text, pattern.variables, variables);
  return (resource, values) => pattern.matches(resource, values);
}

function readConditions(reader: PolicyReader, given: unknown, variables: boolean): readonly Condition[] {
  return Object.entries(reader.record(given) ?? {}).flatMap(([name, block]) => {
    const at = reader.at(name);
    const operator = operatorNamed(name);
    if (!operator) {
      at.refuse(
        `the condition operator ${name} is not known`,
        `${meantOf(name, operatorNames)}use one that IAM documents, but for BinaryEquals`,
      );
      return [];
    }
    return Object.entries(at.record(block) ?? {}).flatMap(([key, value]) => {
      const here = at.at(key);
      if (!isKnownKey(key)) {
        here.refuse(
          `the sandbox does not know the condition key ${key}`,
          `${meantOf(key.toLowerCase(), knownKeys)}else drop the condition for the sandbox`,
        );
        return [];
      }
      if (operator.isForLists && name !== "Null" && !isListKey(key)) {
        here.refuse(`${key} has one value only`, `write ${name.slice(name.indexOf(":") + 1)}`);
      }
      const texts = here.list(value).flatMap(([place, item]) => conditionText(place, item, variables) ?? []);
      const condition = operator.read(key, texts, variables);
      if (typeof condition === "function") return [condition];
      const problem = `${key}: ${texts.map(shown).join(", ")} is not what ${name} compares with`;
      here.refuse(problem, `write ${condition.wanted}`);
      return [];
    });
  });
}

/** Numbers and booleans may be written as they are. */
function conditionText(reader: PolicyReader, value: unknown, variables: boolean): string | undefined {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") {
    reader.refuse(`${reader.name}: ${shown(value)} is not a text`, "write a text, a number, true or false");
    return undefined;
  }
  checkVariables(reader, value, Pattern.of(value, { wildcards: false, variables }).variables, variables);
  return value;
}

function checkVariables(
  reader: PolicyReader,
  text: string,
  names: readonly string[],
  variables: boolean,
): void {
  if (variables && hasBrokenVariable(text)) {
    reader.refuse(`"${text}" has a variable that cannot be read`, "write ${key} or ${key, 'default'}");
  }
  for (const name of names) {
    if (!isKnownKey(name)) {
      reader.refuse(`the sandbox does not know the variable \${${name}}`, "write its value for the sandbox");
    } else if (isListKey(name)) {
      reader.refuse(`the variable \${${name}} has several values`, "use a key that has one");
    }
  }
}
