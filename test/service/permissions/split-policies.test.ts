import fc from "fast-check";
import {
  allFeatures,
  coversCollection,
  type IamStatement,
  type PermissionScope,
  permissionPolicies,
  permissionVariants,
} from "../../../service";
import { collectionPatterns, fitPatterns } from "../../../service/permissions/collection-names";
import { statementsOf } from "../../../service/permissions/statements";

const hex = (prefix: string) =>
  fc.integer({ min: 0, max: 2 ** 48 }).map((value) => `${prefix}-${value.toString(16).padStart(17, "0")}`);

const name = fc.stringMatching(/^[a-z][a-z0-9-]{2,30}$/).filter((text) => !/^[a-z0-9]{20}$/.test(text));

const pattern = fc.oneof(
  { weight: 9, arbitrary: name },
  { weight: 1, arbitrary: name.map((prefix) => `${prefix}*`) },
);

const scopes: fc.Arbitrary<PermissionScope> = fc.record(
  {
    account: fc.constantFrom("123456789012", "210987654321"),
    regions: fc.uniqueArray(fc.constantFrom("eu-central-1", "eu-west-1", "us-east-1", "us-west-2"), {
      minLength: 1,
    }),
    features: fc.uniqueArray(fc.constantFrom(...allFeatures), { minLength: 1 }),
    vpcs: fc.uniqueArray(hex("vpc"), { maxLength: 120 }),
    subnets: fc.uniqueArray(hex("subnet"), { maxLength: 300 }),
    securityGroups: fc.uniqueArray(hex("sg"), { maxLength: 50 }),
    prefixLists: fc.uniqueArray(hex("pl"), { maxLength: 50 }),
    collections: fc.uniqueArray(pattern, { maxLength: 400, size: "max" }),
    tags: fc.dictionary(
      fc.string({ minLength: 1, maxLength: 60 }).filter((key) => !/^aws:/i.test(key)),
      fc.string({ maxLength: 250, unit: "grapheme" }),
      { maxKeys: 20 },
    ),
  },
  { requiredKeys: ["regions", "features"] },
);

const listOf = (values: string | readonly string[]): readonly string[] => [values].flat();

/** Each action on each resource under each value that may be asked for by itself. */
function atoms(statements: readonly IamStatement[]): ReadonlySet<string> {
  const all = new Set<string>();
  for (const { Sid, Action, Resource, Condition = {} } of statements) {
    const spread: [string, string][][] = [];
    const whole: string[] = [];
    for (const [operator, keys] of Object.entries(Condition)) {
      for (const [key, values] of Object.entries(keys)) {
        if (operator.startsWith("ForAllValues:"))
          whole.push(`${operator} ${key} ${listOf(values).join(" ")}`);
        else spread.push(listOf(values).map((value) => [`${operator} ${key}`, value]));
      }
    }
    const combined = spread.reduce<string[]>(
      (before, values) => before.flatMap((one) => values.map(([key, value]) => `${one} | ${key} ${value}`)),
      [whole.join(" & ")],
    );
    const sid = Sid.replace(/\d+$/, "");
    for (const action of Action) {
      for (const resource of listOf(Resource)) {
        for (const one of combined) all.add(`${sid} ${action} ${resource} ${one}`);
      }
    }
  }
  return all;
}

const shuffled = <T>(values: readonly T[] | undefined): readonly T[] | undefined =>
  values && [...values.slice(1), ...values.slice(0, 1)].reverse();

describe("policies of any size", () => {
  test("none has more than 6,144 characters, and together they allow what the whole does", () => {
    fc.assert(
      fc.property(scopes, fc.constantFrom(...permissionVariants), (scope, variant) => {
        const policies = permissionPolicies(variant, scope);
        for (const { text, characters, document } of policies) {
          expect(text.length).toBeLessThanOrEqual(6144);
          expect(characters).toBe(text.replaceAll(/\s/g, "").length);
          expect(JSON.parse(text)).toEqual(document);
          expect(document.Statement.length).toBeGreaterThan(0);
        }
        const split = policies.flatMap(({ document }) => document.Statement);
        expect(atoms(split)).toEqual(atoms(statementsOf(variant, scope)));
        const sids = split.map(({ Sid }) => Sid);
        expect(new Set(sids).size).toBe(sids.length);
        expect(sids.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid))).toEqual([]);
        const names = policies.map((policy) => policy.name);
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: 60 },
    );
  });

  test("the order of what is given makes no difference, nor do repetitions", () => {
    fc.assert(
      fc.property(scopes, fc.constantFrom(...permissionVariants), (scope, variant) => {
        const twice = Object.fromEntries(
          Object.entries(scope).map(([key, value]) => {
            if (Array.isArray(value)) return [key, [...(shuffled(value) ?? []), ...value]];
            if (typeof value === "string") return [key, value];
            return [key, Object.fromEntries(Object.entries(value).reverse())];
          }),
        ) as unknown as PermissionScope;
        expect(permissionPolicies(variant, twice)).toEqual(permissionPolicies(variant, scope));
      }),
      { numRuns: 40 },
    );
  });

  test("an application's 400 collections are spread over statements, name by name", () => {
    const collections = Array.from(
      { length: 400 },
      (_, index) => `team-${String(index).padStart(3, "0")}-orders`,
    );
    const policies = permissionPolicies("client", { regions: ["eu-central-1"], features: [], collections });
    const statements = policies.flatMap(({ document }) => document.Statement);
    const used = statements.filter(({ Action }) => Action.includes("aoss:APIAccessAll"));
    expect(used.map(({ Sid }) => Sid)).toEqual(["UseCollections", "UseCollections2"]);
    const named = used.flatMap(({ Condition }) => Condition?.["StringLike"]?.["aoss:collection"] ?? []);
    expect(named).toEqual(collections);
  });

  test("a deployer's 300 collections become prefixes, since a list for all of them cannot be spread", () => {
    // 300 names of 15 characters take 5,401 as a list; one prefix for ten of them saves 161, so that three suffice.
    const collections = Array.from(
      { length: 300 },
      (_, index) => `team-${String(index).padStart(3, "0")}-orders`,
    );
    const policies = permissionPolicies("deploy", {
      regions: ["eu-central-1"],
      features: ["network-policies"],
      collections,
    });
    const statements = policies.flatMap(({ document }) => document.Statement);
    const [written] = statements.filter(({ Sid }) => Sid === "WriteNetworkPolicies");
    const named = listOf(written?.Condition?.["ForAllValues:StringLike"]?.["aoss:collection"] ?? []);
    expect(named.filter((one) => one.endsWith("*"))).toEqual(["team-00*", "team-01*", "team-02*"]);
    expect(named).toHaveLength(273);
    expect(policies.map(({ name: policy }) => policy)).toEqual([
      "aoss-privatelink-deploy",
      "aoss-privatelink-deploy-2",
    ]);
  });
});

describe("names of collections that have to fit", () => {
  test("everything that went in is allowed, in no more characters than there are", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(pattern, { minLength: 1, maxLength: 300, size: "max" }),
        fc.integer({ min: 5, max: 3000 }),
        (given, room) => {
          const fitting = fitPatterns(given, room);
          expect(JSON.stringify(fitting).length).toBeLessThanOrEqual(room);
          const covers = (one: string, other: string): boolean =>
            one === other || (one.endsWith("*") && coversCollection(one, other.replace(/\*$/, "")));
          expect(given.filter((one) => !fitting.some((other) => covers(other, one)))).toEqual([]);
        },
      ),
    );
  });

  test("what fits stays as it is", () => {
    expect(fitPatterns(["orders", "logs-*"], 100)).toEqual(["logs-*", "orders"]);
  });

  test("what begins alike most is said in one first", () => {
    expect(fitPatterns(["app-blue", "app-green", "orders"], 20)).toEqual(["app-*", "orders"]);
  });

  test("a prefix covers a longer one, and itself", () => {
    expect(collectionPatterns(["logs-*", "logs-*", "logs-web-*", "log"])).toEqual(["log", "logs-*"]);
  });
});
