import { answer, type ExportFile, type ReadWorld, readWorlds, type WorldInput } from "../../../review";
import { config, networkPolicy } from "./fixtures";

const [first, second] = ["123456789012", "210987654321"];
const role = `arn:aws:iam::${second}:role/reader`;

const file = (path: string, answer: unknown): ExportFile => ({ path, text: JSON.stringify(answer) });
const caller = (path: string, account = first) =>
  file(path, { UserId: "AIDA", Account: account, Arn: `arn:aws:iam::${account}:user/x` });
const collections = (path: string, account = first, region = "eu-central-1") =>
  file(path, {
    collectionDetails: [
      { id: "1a2b", name: "mix", arn: `arn:aws:aoss:${region}:${account}:collection/1a2b` },
    ],
  });
const publicBlock = [
  { AllowFromPublic: true, Rules: [{ ResourceType: "collection", Resource: ["collection/mix"] }] },
];
const policy = (path: string, document: unknown, name = "mix") =>
  file(path, { securityPolicyDetail: { type: "network", name, policy: document } });
const unrelated = networkPolicy("collection/other", "vpce-0a1b2c3d4e5f60718");
const dataPolicy = (path: string) =>
  file(path, {
    accessPolicyDetail: {
      type: "data",
      name: "readers",
      policy: [
        {
          Rules: [{ ResourceType: "index", Resource: ["index/mix/*"], Permission: ["aoss:ReadDocument"] }],
          Principal: [role],
        },
      ],
    },
  });
const exported = (label: string, ...files: readonly ExportFile[]): WorldInput => ({
  kind: "export",
  label,
  files,
});

/** A stack with a collection `mix` that it opens to an endpoint. */
const stack = (label: string, region: string, account?: string): WorldInput => ({
  kind: "synthesis",
  label,
  config: config({
    provider: { aws: [{ region, ...(account ? { allowed_account_ids: [account] } : {}) }] },
    resource: {
      aws_opensearchserverless_collection: { mix: { name: "mix" } },
      aws_opensearchserverless_security_policy: {
        own: {
          name: `${label}-own`,
          type: "network",
          policy: JSON.stringify(networkPolicy("collection/mix", "vpce-0a1b2c3d4e5f60718")),
        },
      },
    },
  }),
});

const collection = { kind: "collection", name: "mix" } as const;
const scopes = (worlds: readonly ReadWorld[]) => worlds.map(({ world, region }) => [world.account, region]);
const fromPublic = (worlds: readonly ReadWorld[]) =>
  worlds.map((read) => answer(read, { kind: "public" }, collection).verdict);

describe("exports of two accounts", () => {
  test("are told apart by the ARNs that lie beside their policies", () => {
    const worlds = readWorlds([
      exported("A", collections("A/collections.json"), policy("A/network.json", publicBlock)),
      exported(
        "B",
        collections("B/collections.json", second),
        policy("B/network.json", networkPolicy("collection/mix", "vpce-0a1b2c3d4e5f60718")),
      ),
    ]);
    expect(scopes(worlds)).toEqual([
      [first, "eu-central-1"],
      [second, "eu-central-1"],
    ]);
    expect(fromPublic(worlds)).toEqual(["open", "shut"]);
  });

  test("are told apart by account.json, and policies of one name are not mixed", () => {
    const worlds = readWorlds([
      exported("A", caller("A/account.json"), policy("A/network.json", unrelated)),
      exported("B", caller("B/account.json", second), policy("B/network.json", publicBlock)),
    ]);
    expect(scopes(worlds).map(([account]) => account)).toEqual([first, second]);
    expect(fromPublic(worlds)).toEqual(["shut", "open"]);
    expect(worlds.flatMap(({ notSeen }) => notSeen)).toEqual([]);
  });

  test("in folders of one folder, and as single files, are told apart too", () => {
    const files = [
      caller("all/A/account.json"),
      policy("all/A/net/network.json", publicBlock),
      caller("all/B/account.json", second),
      policy("all/B/network.json", networkPolicy("collection/mix", "vpce-0a1b2c3d4e5f60718")),
    ];
    const together = readWorlds([exported("all", ...files)]);
    const singly = readWorlds(files.map((one) => exported(one.path, one)));
    for (const worlds of [together, singly]) {
      expect(scopes(worlds).map(([account]) => account)).toEqual([first, second]);
      expect(fromPublic(worlds)).toEqual(["open", "shut"]);
    }
  });

  test("leave what tells of neither open in both, and no table of its own is made of it", () => {
    const worlds = readWorlds([
      exported("A", caller("A/account.json"), policy("A/network.json", unrelated)),
      exported("B", caller("B/account.json", second), policy("B/network.json", unrelated)),
      exported("N", policy("N/network.json", publicBlock)),
    ]);
    expect(scopes(worlds).map(([account]) => account)).toEqual([first, second]);
    expect(fromPublic(worlds)).toEqual(["unknown", "unknown"]);
    expect(worlds.map(({ notSeen }) => notSeen)).toEqual([
      [expect.stringMatching(/^N\/network\.json: of which account and Region it is: network policy mix; /)],
      [expect.stringMatching(/^N\/network\.json: of which account and Region it is: network policy mix; /)],
    ]);
    // what the policy does not cover is not in doubt
    const other = { kind: "collection", name: "orders" } as const;
    expect(worlds.map((read) => answer(read, { kind: "public" }, other).verdict)).toEqual(["shut", "shut"]);
  });
});

describe("a policy that a list names without its text", () => {
  const list = (path: string, name: string) =>
    file(path, { securityPolicySummaries: [{ type: "network", name }] });
  const a = [
    caller("A/account.json"),
    collections("A/collections.json"),
    policy("A/network.json", unrelated, "mix"),
  ];

  test("leaves open who reaches what in its own account, and in no other", () => {
    const worlds = readWorlds([
      exported("A", ...a),
      exported("B", caller("B/account.json", second), list("B/list.json", "mix")),
    ]);
    expect(scopes(worlds).map(([account]) => account)).toEqual([first, second]);
    expect(fromPublic(worlds)).toEqual(["shut", "unknown"]);
    expect(worlds.map(({ notSeen }) => notSeen.length)).toEqual([0, 1]);
  });

  test("is not seen by the text of one of the same name in another account", () => {
    const [own, other] = readWorlds([
      exported("all", ...a, caller("B/account.json", second), list("B/list.json", "mix")),
    ]);
    expect([own?.notSeen.length, other?.notSeen]).toEqual([
      0,
      ["all: network policy mix: what it says (get-security-policy --type network --name mix)"],
    ]);
  });

  test("is seen by its text in another file that is named", () => {
    const named = [...a, list("A/list.json", "mix")].map((one) => exported(one.path, one));
    expect(readWorlds(named).flatMap(({ notSeen }) => notSeen)).toEqual([]);
  });
});

describe("an export beside two stacks of one account", () => {
  const stacks = [stack("eu", "eu-central-1", first), stack("us", "us-east-1", first)];

  test("is of the Region that its ARNs tell", () => {
    const files = [
      collections("A/collections.json", first, "us-east-1"),
      policy("A/network.json", publicBlock),
    ];
    const worlds = readWorlds([...stacks, exported("A", ...files)]);
    expect(scopes(worlds)).toEqual([
      [first, "eu-central-1"],
      [first, "us-east-1"],
    ]);
    expect(fromPublic(worlds)).toEqual(["shut", "open"]);
    expect(worlds.map(({ owners }) => owners)).toEqual([["eu"], ["us", "A"]]);
  });

  test("that tells its account alone may be of either Region: not known in both, shut in none", () => {
    const files = [caller("A/account.json"), policy("A/network.json", publicBlock)];
    const worlds = readWorlds([...stacks, exported("A", ...files)]);
    expect(scopes(worlds)).toEqual([
      [first, "eu-central-1"],
      [first, "us-east-1"],
    ]);
    expect(fromPublic(worlds)).toEqual(["unknown", "unknown"]);
    expect(worlds.map(({ owners }) => owners)).toEqual([["eu"], ["us"]]);
    expect(worlds.map(({ notSeen }) => notSeen[0])).toEqual(
      ["", ""].map(() =>
        expect.stringMatching(/^A\/network\.json: of which Region it is: network policy mix; /),
      ),
    );
  });

  test("that tells another account is of neither", () => {
    const files = [caller("B/account.json", second), policy("B/network.json", publicBlock)];
    const worlds = readWorlds([...stacks, exported("B", ...files)]);
    expect(scopes(worlds)).toEqual([
      [first, "eu-central-1"],
      [first, "us-east-1"],
      [second, undefined],
    ]);
    expect(fromPublic(worlds)).toEqual(["shut", "shut", "open"]);
  });

  test("is of the only stack that it may be of", () => {
    const others = [stack("eu", "eu-central-1", first), stack("us", "us-east-1", second)];
    const files = [caller("B/account.json", second), policy("B/network.json", publicBlock)];
    const worlds = readWorlds([...others, exported("B", ...files)]);
    expect(scopes(worlds)).toEqual([
      [first, "eu-central-1"],
      [second, "us-east-1"],
    ]);
    expect(fromPublic(worlds)).toEqual(["shut", "open"]);
  });
});

test("a stack that tells no account has a world of its own, and may add to those of the others", () => {
  const worlds = readWorlds([
    stack("a", "eu-central-1", first),
    stack("b", "eu-central-1", second),
    stack("c", "eu-central-1"),
  ]);
  expect(scopes(worlds)).toEqual([
    [undefined, "eu-central-1"],
    [first, "eu-central-1"],
    [second, "eu-central-1"],
  ]);
  expect(worlds.map(({ owners }) => owners)).toEqual([["c"], ["a"], ["b"]]);
  expect(worlds.map(({ doubts }) => doubts.length)).toEqual([2, 1, 1]);
  // whosever they are, none of these policies lets in the public
  expect(fromPublic(worlds)).toEqual(["shut", "shut", "shut"]);
});

test("a principal of another account than account.json says is permitted nothing", () => {
  const [read] = readWorlds([exported("A", caller("A/account.json"), dataPolicy("A/data.json"))]);
  const explanation = read && answer(read, { kind: "principal", principal: role }, collection);
  expect(read?.world.account).toBe(first);
  expect(explanation?.verdict).toBe("shut");
  expect(explanation?.paths[0]?.gates[0]?.reason).toContain("is of another account");
});

test("ARNs of another account than account.json leave open whose the policies are", () => {
  const [read, ...others] = readWorlds([
    exported(
      "A",
      caller("A/account.json"),
      collections("A/collections.json", second),
      policy("A/network.json", publicBlock),
      collections("B/collections.json", "333333333333"),
    ),
  ]);
  expect(others).toHaveLength(1);
  expect(fromPublic(read ? [read, ...others] : [])).toEqual(["unknown", "unknown"]);
});
