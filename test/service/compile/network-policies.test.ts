import { compileNetworkPolicies, type PrivateAccessWish, RuleError } from "../../../service";

const apps = "vpce-0a1b2c3d4e5f60718";
const batch = "vpce-0a1b2c3d4e5f60719";

const grant = (collections: readonly string[], wish: Partial<PrivateAccessWish> = {}): PrivateAccessWish => ({
  collections,
  dashboards: false,
  endpoints: [apps],
  services: [],
  ...wish,
});

const upTo = (count: number) => Array.from({ length: count }, (_, number) => number);

/** 13 characters: `"collection/orders-0000-x",` takes 27 bytes with the comma behind it. */
const names = (count: number) => upTo(count).map((number) => `orders-${String(number).padStart(4, "0")}-x`);
const bytesOfName = 27;

/** What is around the names of one endpoint's block: all but the names, less the last name's comma. */
const around =
  '[{"AllowFromPublic":false,"Rules":[{"Resource":[],"ResourceType":"collection"}],"SourceVPCEs":["vpce-0a1b2c3d4e5f60718"]}]'
    .length - 1;

const refusal = (make: () => unknown): string => {
  try {
    make();
  } catch (error) {
    if (error instanceof RuleError) return error.message;
    throw error;
  }
  return "nothing was refused";
};

describe("what is written", () => {
  test("no grants take no policy", () => {
    expect(compileNetworkPolicies([])).toEqual([]);
  });

  test("a grant of nothing, or to nobody, takes no policy", () => {
    expect(compileNetworkPolicies([grant([]), grant(["orders"], { endpoints: [] })])).toEqual([]);
  });

  test("grants to the same sources are one block, with dashboards for those that are granted them", () => {
    const wishes = [grant(["orders"], { dashboards: true }), grant(["logs-*"]), grant(["audit"])];
    expect(compileNetworkPolicies(wishes)).toEqual([
      {
        slot: "",
        document: [
          {
            AllowFromPublic: false,
            Rules: [
              {
                Resource: ["collection/audit", "collection/logs-*", "collection/orders"],
                ResourceType: "collection",
              },
              { Resource: ["collection/orders"], ResourceType: "dashboard" },
            ],
            SourceVPCEs: [apps],
          },
        ],
        text: `[{"AllowFromPublic":false,"Rules":[{"Resource":["collection/audit","collection/logs-*","collection/orders"],"ResourceType":"collection"},{"Resource":["collection/orders"],"ResourceType":"dashboard"}],"SourceVPCEs":["${apps}"]}]`,
      },
    ]);
  });

  test("another description is another block", () => {
    const wishes = [grant(["orders"], { description: "shop" }), grant(["logs"])];
    expect(compileNetworkPolicies(wishes)[0]?.document).toMatchObject([
      { Rules: [{ Resource: ["collection/logs"] }] },
      { Description: "shop", Rules: [{ Resource: ["collection/orders"] }] },
    ]);
  });

  test("services are granted no dashboards where there is no endpoint", () => {
    const services = ["bedrock.amazonaws.com"];
    const [policy] = compileNetworkPolicies([
      grant(["orders"], { dashboards: true, endpoints: [], services }),
    ]);
    expect(policy?.text).toBe(
      '[{"AllowFromPublic":false,"Rules":[{"Resource":["collection/orders"],"ResourceType":"collection"}],"SourceServices":["bedrock.amazonaws.com"]}]',
    );
  });
});

describe("what fits", () => {
  const maxBytes = around + 40 * bytesOfName;

  test("a policy is filled to its last byte", () => {
    const [policy, ...more] = compileNetworkPolicies([grant(names(40))], { maxBytes });
    expect(more).toEqual([]);
    expect(policy?.text).toHaveLength(maxBytes);
  });

  test("what is one byte too long goes on in a second policy", () => {
    const policies = compileNetworkPolicies([grant(names(40))], { maxBytes: maxBytes - 1 });
    expect(policies.map(({ slot, text }) => [slot, text.length])).toEqual([
      ["more", around + bytesOfName],
      ["", around + 39 * bytesOfName],
    ]);
  });

  test("an endpoint not known yet counts as the longest id", () => {
    const standIn = "<apps>";
    const longer = maxBytes + "vpce-".length + 20 - apps.length;
    const compile = (limit: number) =>
      compileNetworkPolicies([grant(names(40), { endpoints: [standIn] })], { maxBytes: limit });
    expect(compile(longer)).toHaveLength(1);
    expect(compile(longer - 1)).toHaveLength(2);
  });

  test("any text counts as long as the caller says", () => {
    const bytesOf = (text: string) => (text === "<name>" ? 30 : text.length);
    const compile = (limit: number) =>
      compileNetworkPolicies([grant(["<name>"])], { bytesOf, maxBytes: limit }).length;
    expect(compile(around + '"collection/",'.length + 30)).toBe(1);
    expect(() => compile(around + '"collection/",'.length + 29)).toThrow("1 too many");
  });

  test("a list of collections is written once for all who are granted it, in grants of their own", () => {
    const endpoints = upTo(50).map((number) => `vpce-0a1b2c3d4e5f6${String(number).padStart(4, "0")}`);
    const list = names(200);
    const policies = compileNetworkPolicies(endpoints.map((id) => grant(list, { endpoints: [id] })));
    expect(policies.map(({ document }) => document)).toEqual([
      [
        {
          AllowFromPublic: false,
          Rules: [{ Resource: list.map((name) => `collection/${name}`), ResourceType: "collection" }],
          SourceVPCEs: endpoints,
        },
      ],
    ]);
  });

  test("a list of collections that an endpoint and a service are granted apart is one block for both", () => {
    const [services, others] = [["bedrock.amazonaws.com"], ["aoss.amazonaws.com"]];
    const list = names(200);
    const wishes = [
      grant(list),
      grant(list, { endpoints: [], services }),
      grant(list, { endpoints: [batch], services: others }),
    ];
    const block = {
      AllowFromPublic: false,
      Rules: [{ Resource: list.map((name) => `collection/${name}`), ResourceType: "collection" }],
      SourceServices: ["aoss.amazonaws.com", "bedrock.amazonaws.com"],
      SourceVPCEs: [apps, batch],
    };
    for (const some of [wishes, [...wishes].reverse()]) {
      expect(compileNetworkPolicies(some).map(({ document }) => document)).toEqual([[block]]);
    }
  });

  test("sources that take more than half a policy are dealt out to several blocks", () => {
    // 25 bytes each with quotes and comma; half a policy takes 204 of them.
    const endpoints = upTo(450).map((number) => `vpce-0a1b2c3d4e5f6${String(number).padStart(4, "0")}`);
    const policies = compileNetworkPolicies([grant(["orders"], { endpoints })]);
    const blocks = policies.flatMap(({ document }) => document);
    expect(blocks.flatMap(({ SourceVPCEs = [] }) => SourceVPCEs).sort()).toEqual(endpoints);
    expect(blocks.map(({ SourceVPCEs = [] }) => SourceVPCEs.length).sort()).toEqual([204, 204, 42]);
    for (const { text } of policies) expect(text.length).toBeLessThanOrEqual(10_240);
  });
});

describe("slots", () => {
  const wishes = names(3_000).map((name) => grant([name], { endpoints: [apps, batch] }));
  const slots = (some: readonly PrivateAccessWish[]) =>
    new Map(compileNetworkPolicies(some).map(({ slot, text }) => [slot, text]));

  test("the first policy keeps its slot from one grant to thousands", () => {
    for (const count of [1, 100, 500, 1_000, 3_000]) {
      expect([...slots(wishes.slice(0, count)).keys()]).toContain("");
    }
  });

  test("a grant taken out and put back leaves every policy as it was", () => {
    const before = slots(wishes);
    const without = slots(wishes.filter((_, index) => index !== 1_500));
    const changed = [...before].filter(([slot, text]) => without.get(slot) !== text);
    expect(changed.length).toBeGreaterThanOrEqual(1);
    expect(changed.length).toBeLessThanOrEqual(2);
    expect(without.size).toBe(before.size);
  });

  test("a collection more in a long list changes at most two policies", () => {
    const [last = "", ...list] = names(3_000).reverse();
    const before = slots([grant(list)]);
    const after = slots([grant([...list, last])]);
    expect(before.size).toBeGreaterThan(8);
    expect([...before].filter(([slot, text]) => after.get(slot) !== text).length).toBeLessThanOrEqual(2);
  });
});

describe("what takes too many policies", () => {
  // 10 collections by name, each granted to 30 endpoints one by one: 300 grants.
  const endpoints = upTo(30).map((number) => `vpce-0a1b2c3d4e5f607${String(number).padStart(2, "0")}`);
  const wishes = endpoints.flatMap((id) =>
    names(10).map((name) => grant([name], { endpoints: [id], description: `from ${id}` })),
  );
  // A block of an endpoint: 10 names, and its description.
  const block = around - 1 + 10 * bytesOfName + `"Description":"from ${apps}",`.length;
  // 6 blocks with a comma each and the brackets, so that 30 take 5 policies when packed.
  const maxBytes = 6 * block + 1;

  test("is packed in the same order, descriptions and all", () => {
    const policies = compileNetworkPolicies(wishes, { maxBytes, policyLimit: 5 });
    expect(policies.map(({ slot }) => slot)).toEqual(["", "2", "3", "4", "5"]);
    expect(policies.map(({ document }) => document.length)).toEqual([6, 6, 6, 6, 6]);
    expect(policies[0]?.text).toHaveLength(maxBytes);
  });

  test("is put together by collection where that is not enough", () => {
    const [policy, ...more] = compileNetworkPolicies(wishes, { maxBytes, policyLimit: 1 });
    expect(more).toEqual([]);
    expect(policy?.document).toEqual([
      {
        AllowFromPublic: false,
        Rules: [{ Resource: names(10).map((name) => `collection/${name}`), ResourceType: "collection" }],
        SourceVPCEs: endpoints,
      },
    ]);
  });

  test("is put together by source where that is smaller", () => {
    // Each of 60 collections is reached by another pair of 12 endpoints: 60 blocks by collection, 12 by source.
    const twelve = endpoints.slice(0, 12);
    const pairs = twelve.flatMap((a, at) => twelve.slice(at + 1).map((b) => [a, b])).slice(0, 60);
    const grants = names(60).map((name, index) => grant([name], { endpoints: pairs[index] ?? [] }));
    // 120 names in all, 12 times what is around them.
    const bySource = 12 * (around - 1) + 120 * bytesOfName + 1;
    const [policy, ...more] = compileNetworkPolicies(grants, { maxBytes: bySource, policyLimit: 1 });
    expect(more).toEqual([]);
    expect(policy?.text).toHaveLength(bySource);
    expect(policy?.document.map(({ SourceVPCEs }) => SourceVPCEs)).toEqual(twelve.map((id) => [id]));
  });

  test("is refused with how many it takes, how many there may be, and by how many that is over", () => {
    // 374 names to a policy; 3,000 of them take 9.
    const grants = names(3_000).map((name) => grant([name]));
    expect(refusal(() => compileNetworkPolicies(grants, { policyLimit: 7 }))).toBe(
      "the access wanted takes 9 network policies in its densest form, there may be 7: 2 too many; use prefixes instead of single collections, or move grants to another account or Region",
    );
    expect(compileNetworkPolicies(grants, { policyLimit: 9 })).toHaveLength(9);
  });

  test("is refused with AWS's own limit where no other one was given", () => {
    // 71 bytes for each in two rules, and 163 around them: 70 to a policy, so that 35,210 take 503.
    const long = (number: number) => `${"x".repeat(51)}-${String(number).padStart(5, "0")}`;
    const grants = [grant(upTo(35_210).map(long), { dashboards: true })];
    expect(refusal(() => compileNetworkPolicies(grants))).toContain(
      "takes 503 network policies in its densest form, AWS takes 500: 3 too many",
    );
  });
});

describe("what fits nowhere", () => {
  test("a description too long for any policy is refused with the bytes it is over", () => {
    const description = "x".repeat(10_240);
    const alone = around + bytesOfName + '"Description":"",'.length + 10_240;
    expect(refusal(() => compileNetworkPolicies([grant(names(1), { description })]))).toBe(
      `the grant of "orders-0000-x" takes ${alone} bytes with one collection and one source alone, AWS takes 10240 in a policy: ${alone - 10_240} too many; shorten its description`,
    );
  });

  test("the longest description that fits is taken", () => {
    const description = "x".repeat(10_240 - around - bytesOfName - '"Description":"",'.length);
    const [policy, ...more] = compileNetworkPolicies([grant(names(1), { description })]);
    expect(more).toEqual([]);
    expect(policy?.text).toHaveLength(10_240);
  });
});
