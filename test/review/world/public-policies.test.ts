import { answer, readWorlds, type WorldInput } from "../../../review";
import { accessMatrix } from "../../../service";
import { config } from "./fixtures";

const endpoint = "vpce-0a1b2c3d4e5f60718";
const rules = [{ ResourceType: "collection", Resource: ["collection/orders"] }];
const collection = { kind: "collection", name: "orders" } as const;

const exported = (policy: unknown, type = "network"): WorldInput => ({
  kind: "export",
  label: "A",
  files: [{ path: "n.json", text: JSON.stringify({ securityPolicyDetail: { type, name: "apps", policy } }) }],
});
const wanted = (policy: unknown): WorldInput => ({
  kind: "synthesis",
  label: "search",
  config: config({
    resource: {
      aws_opensearchserverless_security_policy: {
        own: { name: "apps", type: "network", policy: JSON.stringify(policy) },
      },
    },
  }),
});

function read(input: WorldInput) {
  const [world] = readWorlds([input]);
  if (!world) throw new Error("no world");
  return { ...world, verdict: answer(world, { kind: "public" }, collection).verdict };
}

const emptyLists = [
  { AllowFromPublic: true, SourceVPCEs: [] },
  { AllowFromPublic: true, SourceServices: [] },
  { AllowFromPublic: true, SourceVPCEs: [], SourceServices: [], Description: "" },
].map((block) => [{ ...block, Rules: rules }]);

test.each(emptyLists)("a public block with empty lists of sources is public: %j", (block) => {
  for (const input of [exported([block]), wanted([block])]) {
    const { verdict, world, notSeen } = read(input);
    expect([verdict, notSeen]).toEqual(["open", []]);
    expect(accessMatrix(world).groups.map((one) => one.collection.public)).toEqual([true]);
  }
});

test("a public block with sources is public where it is exported, and AWS's refusal is told", () => {
  const { verdict, notSeen } = read(
    exported([{ AllowFromPublic: true, SourceVPCEs: [endpoint], Rules: rules }]),
  );
  expect(verdict).toBe("open");
  expect(notSeen).toEqual([
    "n.json: security policy apps: read as public, though AWS would refuse it now: [0].AllowFromPublic: public and private sources in one block",
  ]);
});

test("a public block with sources that a stack wants is left out, and not taken for shut", () => {
  const { verdict, doubts } = read(
    wanted([{ AllowFromPublic: true, SourceVPCEs: [endpoint], Rules: rules }]),
  );
  expect(verdict).toBe("unknown");
  expect(doubts.map(({ unread }) => unread?.isPublic)).toEqual([true]);
});

test("the private block beside it keeps its endpoints", () => {
  const dashboards = {
    AllowFromPublic: false,
    SourceVPCEs: [endpoint],
    Rules: [{ ResourceType: "dashboard", Resource: ["collection/orders"] }],
  };
  const { world } = read(exported([{ AllowFromPublic: true, SourceVPCEs: [], Rules: rules }, dashboards]));
  expect(world.networkPolicies[0]?.document[1]).toEqual(dashboards);
});

test("what is wrong besides leaves the policy out", () => {
  const { verdict, notSeen } = read(
    exported([{ AllowFromPublic: true, SourceVPCEs: [], Rules: [{ ResourceType: "index", Resource: [] }] }]),
  );
  expect(verdict).toBe("unknown");
  expect(notSeen).toEqual([
    expect.stringContaining('[0].Rules[0].ResourceType: "index" is not a ResourceType'),
  ]);
});

test("the text of a network policy that is said to be one for encryption is not known, and not nothing", () => {
  for (const block of [
    { AllowFromPublic: true, Rules: rules },
    { AllowFromPublic: false, SourceVPCEs: [endpoint], Rules: rules },
  ]) {
    const { verdict, notSeen } = read(exported([block], "encryption"));
    expect(verdict).toBe("unknown");
    expect(notSeen).toEqual([
      "n.json: security policy apps: whether it is a network policy: it is said to be one for encryption, and its text is that of a network policy",
    ]);
  }
});

test("an encryption policy says nothing of who reaches what", () => {
  const { verdict, notSeen } = read(exported({ Rules: rules, AWSOwnedKey: true }, "encryption"));
  expect([verdict, notSeen]).toEqual(["shut", []]);
});
