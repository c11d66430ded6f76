import type { IamPolicyDocument, IamStatement } from "./iam-policy";

/** Characters of a managed policy without white space (IAM quotas). */
export const maxPolicyCharacters = 6144;

const documentOf = (Statement: readonly IamStatement[]): IamPolicyDocument => ({
  Version: "2012-10-17",
  Statement,
});

/**
 * The document minified. What white space is left stands within values; IAM does not count that either, and is
 * counted here as if it did.
 */
export const policyText = (document: IamPolicyDocument): string => JSON.stringify(document);

const charactersOf = (...statements: readonly IamStatement[]): number =>
  policyText(documentOf(statements)).length;

/** Documents of at most 6,144 characters that together allow exactly what the statements do, in their order. */
export function splitPolicies(statements: readonly IamStatement[]): readonly IamPolicyDocument[] {
  const documents: IamStatement[][] = [];
  for (const statement of statements.flatMap(splitStatement)) {
    const room = documents.find((one) => charactersOf(...one, statement) <= maxPolicyCharacters);
    if (room) room.push(statement);
    else documents.push([statement]);
  }
  return documents.map(documentOf);
}

/**
 * The statement in as many parts as it takes, told apart by a number. Resources are asked for one by one, and one
 * value of a condition has to fit, so either list may be spread over statements; a list of which all values of a
 * request have to be part (ForAllValues) may not, and is made to fit before it gets here.
 */
function splitStatement(statement: IamStatement): readonly IamStatement[] {
  const parts = halves(statement);
  return parts.map((part, index) => (index === 0 ? part : { ...part, Sid: `${part.Sid}${index + 1}` }));
}

/** Room for the number at the end of a Sid. */
const numberCharacters = 3;

function halves(statement: IamStatement): readonly IamStatement[] {
  if (charactersOf(statement) + numberCharacters <= maxPolicyCharacters) return [statement];
  const list = longestList(statement);
  if (!list) throw new Error(`${statement.Sid} does not fit into a policy and cannot be split`);
  const middle = Math.ceil(list.values.length / 2);
  return [list.values.slice(0, middle), list.values.slice(middle)].flatMap((values) =>
    halves(list.replaced(values)),
  );
}

interface SplittableList {
  readonly values: readonly string[];
  readonly replaced: (values: readonly string[]) => IamStatement;
}

const oneOrMore = (values: readonly string[]): string | readonly string[] =>
  values.length === 1 ? (values[0] as string) : values;

/** The list that takes most characters, of those that may be spread over statements. */
function longestList(statement: IamStatement): SplittableList | undefined {
  const { Resource, Condition = {} } = statement;
  const lists: SplittableList[] = [];
  if (typeof Resource !== "string" && Resource.length > 1) {
    lists.push({
      values: Resource,
      replaced: (values) => ({ ...statement, Resource: oneOrMore(values) }),
    });
  }
  for (const [operator, keys] of Object.entries(Condition)) {
    if (operator.startsWith("ForAllValues:")) continue;
    for (const [key, values] of Object.entries(keys)) {
      if (typeof values === "string" || values.length < 2) continue;
      lists.push({
        values,
        replaced: (some) => ({
          ...statement,
          Condition: { ...Condition, [operator]: { ...keys, [key]: oneOrMore(some) } },
        }),
      });
    }
  }
  const characters = ({ values }: SplittableList): number => JSON.stringify(values).length;
  return lists.sort((a, b) => characters(b) - characters(a))[0];
}
