import { checkPermissionScope, type PermissionScope, permissionPolicies } from "../../../service";

const good: PermissionScope = {
  account: "123456789012",
  regions: ["eu-central-1"],
  features: ["collections"],
};

const problemsOf = (more: object): readonly string[] =>
  checkPermissionScope({ ...good, ...more }, "deploy").map(({ problem, remedy }) => `${problem}; ${remedy}`);

const anId = "a1b2c3d4e5f6g7h8i9j0";

test("a good one has no problem", () => {
  expect(problemsOf({})).toEqual([]);
});

test.each([
  [
    { account: "12345678901" },
    'account: "12345678901" is not an account id; give one such as "123456789012"',
  ],
  [{ regions: [] }, 'regions: none given, one or more are needed; give one such as "eu-central-1"'],
  [{ regions: ["Frankfurt"] }, 'regions: "Frankfurt" is not a Region; give one such as "eu-central-1"'],
  [
    { regions: ["eu-central-1", "us-gov-west-1"] },
    "regions: Regions of the partitions aws and aws-us-gov, an account is in one; make the policies of each partition by themselves",
  ],
  [
    { features: [] },
    'features: none given, one or more are needed; give one such as "managed-endpoint"; nothing to do takes no permissions',
  ],
  [{ vpcs: ["vpc-1"] }, 'vpcs: "vpc-1" is not a VPC id; give one such as "vpc-0a1b2c3d4e5f60718"'],
  [
    { collections: [anId] },
    `collections: "${anId}" is the id of a collection, policies name collections by their names; give the name of the collection, or put the id into collectionIds; if it is a name, write "${anId}*"`,
  ],
  [
    { collections: [`arn:aws:aoss:eu-central-1:123456789012:collection/${anId}`] },
    `collections: "arn:aws:aoss:eu-central-1:123456789012:collection/${anId}" is an ARN, policies name collections by their names; give the name of the collection, or put its id into collectionIds`,
  ],
  [
    { collectionIds: ["logs-web"] },
    'collectionIds: "logs-web" is not the id of a collection: 3 to 40 of a-z and 0-9; give the last part of the collection\'s ARN, or put names into collections',
  ],
  [
    { kmsKeys: ["arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"] },
    'kmsKeys: "arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef" is a key of us-east-1, the permissions are of eu-central-1; give a key of eu-central-1, or the Region us-east-1 too',
  ],
  [{ tags: { "aws:team": "search" } }, 'tags: tag "aws:team": aws: is reserved; rename it'],
])("%j is told", (more, told) => {
  expect(problemsOf(more)).toEqual([told]);
});

test("an unknown feature is told with those that there are", () => {
  expect(problemsOf({ features: ["colections"] })).toEqual([
    expect.stringMatching(/^features: no feature "colections"; did you mean "collections"\? defined: /),
  ]);
});

test("names that only look a little like ids are names", () => {
  expect(
    problemsOf({ collections: ["customerorders202401", "team1orders2024final", "a1b2c3d4e5-f6g7h8i9j"] }),
  ).toEqual([]);
});

test("all that is wrong is told at once, and the first is thrown", () => {
  const bad = { ...good, account: "one", regions: [] };
  expect(checkPermissionScope(bad, "deploy")).toHaveLength(2);
  expect(() => permissionPolicies("deploy", bad)).toThrow(
    'account: "one" is not an account id; give one such as "123456789012"',
  );
});

test("a client needs no features, but Regions", () => {
  expect(checkPermissionScope({ ...good, features: [] }, "client")).toEqual([]);
  expect(() => permissionPolicies("client", { ...good, regions: [], features: [] })).toThrow(
    /^regions: none/,
  );
});
