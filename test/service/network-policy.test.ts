import {
  checkNetworkPolicySize,
  longestEndpointId,
  type NetworkPolicyDocument,
  privateBlock,
  serialiseNetworkPolicy,
  validateNetworkPolicy,
} from "../../service";

const wish = {
  collections: ["orders", "logs-*"],
  dashboards: false,
  endpoints: ["vpce-0a1b2c3d4e5f60718"],
  services: [],
};

const good = {
  AllowFromPublic: false,
  Rules: [{ ResourceType: "collection", Resource: ["collection/orders"] }],
  SourceVPCEs: ["vpce-0a1b2c3d4e5f60718"],
};

describe("the canonical text", () => {
  test("is minified, with keys in alphabetical order, arrays sorted and unique, and nothing empty", () => {
    const document: NetworkPolicyDocument = [
      { ...privateBlock({ ...wish, collections: ["orders", "logs-*", "orders"] }), SourceServices: [] },
    ];
    expect(serialiseNetworkPolicy(document)).toBe(
      '[{"AllowFromPublic":false,"Rules":[{"Resource":["collection/logs-*","collection/orders"],"ResourceType":"collection"}],"SourceVPCEs":["vpce-0a1b2c3d4e5f60718"]}]',
    );
  });

  test("does not depend on the order of blocks, rules, resources or sources", () => {
    const a = privateBlock({ ...wish, dashboards: true, endpoints: ["vpce-11111111", "vpce-22222222"] });
    const b = privateBlock({ ...wish, services: ["bedrock.amazonaws.com"], description: "one" });
    const reversed = {
      ...a,
      Rules: [...a.Rules].reverse().map((rule) => ({ ...rule, Resource: [...rule.Resource].reverse() })),
      SourceVPCEs: ["vpce-22222222", "vpce-11111111"],
    };
    expect(serialiseNetworkPolicy([b, reversed])).toBe(serialiseNetworkPolicy([a, b]));
  });

  test("keeps a block in its place when it opens one collection more", () => {
    const service = privateBlock({
      ...wish,
      endpoints: [],
      services: ["bedrock.amazonaws.com"],
      collections: ["mmm"],
    });
    const placeOf = (collection: string) =>
      serialiseNetworkPolicy([service, privateBlock({ ...wish, collections: [collection] })]).indexOf(
        collection,
      );
    expect(placeOf("zzz")).toBe(placeOf("aaa"));
  });

  test("has one rule for each resource type of a block", () => {
    const rules = ["orders", "logs-*"].map((name) => ({
      ResourceType: "collection" as const,
      Resource: [`collection/${name}`],
    }));
    expect(serialiseNetworkPolicy([{ ...privateBlock(wish), Rules: rules }])).toBe(
      serialiseNetworkPolicy([privateBlock(wish)]),
    );
  });

  test("says the same block once", () => {
    expect(serialiseNetworkPolicy([privateBlock(wish), privateBlock(wish)])).toBe(
      serialiseNetworkPolicy([privateBlock(wish)]),
    );
  });
});

describe("a block made of a wish", () => {
  test("is never public and covers dashboards only where they are wanted", () => {
    const types = (dashboards: boolean) =>
      privateBlock({ ...wish, dashboards }).Rules.map((rule) => rule.ResourceType);
    expect(privateBlock(wish).AllowFromPublic).toBe(false);
    expect(types(false)).toEqual(["collection"]);
    expect(types(true)).toEqual(["collection", "dashboard"]);
  });

  test("is what AWS takes", () => {
    expect(
      validateNetworkPolicy([
        privateBlock({ ...wish, services: ["bedrock.amazonaws.com"], dashboards: true }),
      ]),
    ).toEqual([]);
  });
});

describe("the validator refuses, with the place", () => {
  const cases: readonly [name: string, document: unknown, path: readonly (string | number)[]][] = [
    ["an empty array", [], []],
    ["null", null, []],
    ["a block that is no object", ["x"], [0]],
    [
      "an unknown key in a rule",
      [{ ...good, Rules: [{ ...good.Rules[0], Permission: [] }] }],
      [0, "Rules", 0, "Permission"],
    ],
    ["no rules", [{ ...good, Rules: [] }], [0, "Rules"]],
    [
      "no resources",
      [{ ...good, Rules: [{ ResourceType: "collection", Resource: [] }] }],
      [0, "Rules", 0, "Resource"],
    ],
    ["endpoints that are no array", [{ ...good, SourceVPCEs: "vpce-0a1b2c3d" }], [0, "SourceVPCEs"]],
  ];
  test.each(cases)("%s", (_name, document, path) => {
    expect(validateNetworkPolicy(document).map((one) => one.path)).toContainEqual(path);
  });

  test("but takes public without sources, and a prefix with an underscore in somebody else's policy", () => {
    expect(validateNetworkPolicy([{ AllowFromPublic: true, Rules: good.Rules }])).toEqual([]);
    expect(
      validateNetworkPolicy([
        { ...good, Rules: [{ ResourceType: "collection", Resource: ["collection/my_*"] }] },
      ]),
    ).toEqual([]);
  });
});

describe("each row of what is known of network policies has a document that is taken and one that is not", () => {
  const rule = (ResourceType: string, ...Resource: string[]) => ({
    ...good,
    Rules: [{ ResourceType, Resource }],
  });
  const collections = (...names: string[]) => [rule("collection", ...names)];
  const { SourceVPCEs: _sources, ...nobody } = good;
  test.each<[row: string, taken: unknown, refused: unknown, path: readonly (string | number)[]]>([
    ["the document is an array", [good], good, []],
    [
      "Description is a text",
      [{ ...good, Description: "apps" }],
      [{ ...good, Description: null }],
      [0, "Description"],
    ],
    ["Rules is an array", [good], [{ ...good, Rules: good.Rules[0] }], [0, "Rules"]],
    [
      "ResourceType is singular",
      [rule("dashboard", "collection/orders")],
      [rule("dashboards", "collection/orders")],
      [0, "Rules", 0, "ResourceType"],
    ],
    [
      "a dashboard is named by its collection",
      [rule("dashboard", "collection/orders")],
      [rule("dashboard", "dashboard/orders")],
      [0, "Rules", 0, "Resource", 0],
    ],
    [
      "a name has 3 characters",
      collections("collection/abc"),
      collections("collection/ab"),
      [0, "Rules", 0, "Resource", 0],
    ],
    [
      "a name has 64 characters",
      collections(`collection/a${"b".repeat(63)}`),
      collections(`collection/a${"b".repeat(64)}`),
      [0, "Rules", 0, "Resource", 0],
    ],
    [
      "a prefix has 3 characters",
      collections("collection/a_b*"),
      collections("collection/a_*"),
      [0, "Rules", 0, "Resource", 0],
    ],
    ["all collections", collections("collection/*"), collections("*"), [0, "Rules", 0, "Resource", 0]],
    [
      "one * at the end",
      collections("collection/abc*"),
      collections("collection/abc*d"),
      [0, "Rules", 0, "Resource", 0],
    ],
    [
      "lower case",
      collections("collection/abc"),
      collections("collection/aBc"),
      [0, "Rules", 0, "Resource", 0],
    ],
    ["AllowFromPublic stands there", [good], [{ Rules: good.Rules }], [0, "AllowFromPublic"]],
    ["AllowFromPublic is a boolean", [good], [{ ...good, AllowFromPublic: "false" }], [0, "AllowFromPublic"]],
    [
      "an endpoint id has 8 to 20 letters and digits",
      [{ ...good, SourceVPCEs: [`vpce-${"aZ9".repeat(6)}`] }],
      [{ ...good, SourceVPCEs: [`vpce-${"a".repeat(21)}`] }],
      [0, "SourceVPCEs", 0],
    ],
    [
      "a service is a service principal",
      [{ ...nobody, SourceServices: ["bedrock.amazonaws.com"] }],
      [{ ...nobody, SourceServices: ["bedrock"] }],
      [0, "SourceServices", 0],
    ],
    [
      "a service is none that AWS was seen to refuse",
      [{ ...nobody, SourceServices: ["aoss.amazonaws.com"] }],
      [{ ...nobody, SourceServices: ["lambda.amazonaws.com"] }],
      [0, "SourceServices", 0],
    ],
    ["private has a source", [good], [nobody], [0, "AllowFromPublic"]],
    [
      "public has no endpoint",
      [{ ...nobody, AllowFromPublic: true }],
      [{ ...good, AllowFromPublic: true }],
      [0, "AllowFromPublic"],
    ],
    [
      "public has no service",
      [{ ...nobody, AllowFromPublic: true }],
      [{ ...nobody, AllowFromPublic: true, SourceServices: ["bedrock.amazonaws.com"] }],
      [0, "AllowFromPublic"],
    ],
    ["no other key", [good], [{ ...good, AWSOwnedKey: true }], [0, "AWSOwnedKey"]],
    [
      "an empty list of endpoints stands beside services, as AWS answers",
      [{ ...good, SourceVPCEs: [], SourceServices: ["bedrock.amazonaws.com"] }],
      [{ ...good, SourceVPCEs: [], SourceServices: [] }],
      [0, "AllowFromPublic"],
    ],
  ])("%s", (_row, taken, refused, path) => {
    expect(validateNetworkPolicy(taken)).toEqual([]);
    expect(validateNetworkPolicy(refused).map((one) => one.path)).toEqual([path]);
  });

  test("all that is wrong is told at once, with what was meant", () => {
    const problems = validateNetworkPolicy([
      { rules: [], AllowFromPublic: "no", Rules: [{ ResourceType: "dashbord", Resource: ["orders"] }] },
    ]);
    expect(problems.map(({ path, remedy }) => [path.join("."), remedy.split("?")[0]])).toEqual([
      ["0.rules", 'did you mean "Rules"'],
      ["0.Rules.0.ResourceType", 'did you mean "dashboard"'],
      ["0.Rules.0.Resource.0", expect.stringContaining("^collection")],
      ["0.AllowFromPublic", "write AllowFromPublic: false, and who is let in"],
    ]);
  });

  test("a document is counted as it stands, without white space, and not as it could be written", () => {
    const twice = Array.from({ length: 700 }, () => "collection/orders");
    expect(validateNetworkPolicy([rule("collection", ...twice)])).toEqual([
      expect.objectContaining({ path: [], problem: expect.stringContaining("AWS takes 10240") }),
    ]);
  });
});

describe("the size", () => {
  const described = (description: string) => serialiseNetworkPolicy([privateBlock({ ...wish, description })]);
  const frame = described("d").length - 1;

  test("of 10,240 bytes is taken and one byte more is refused, by how much", () => {
    expect(checkNetworkPolicySize(described("d".repeat(10_240 - frame)))).toBeUndefined();
    expect(checkNetworkPolicySize(described("d".repeat(10_241 - frame)))?.problem).toBe(
      "the network policy would take 10241 bytes, AWS takes 10240",
    );
  });

  test("counts bytes of UTF-8, not characters", () => {
    const long = "ü".repeat((10_240 - frame) / 2 + 1);
    expect(checkNetworkPolicySize(described(long.slice(1)))).toBeUndefined();
    expect(checkNetworkPolicySize(described(long))?.problem).toContain(" 10242 bytes");
  });

  test("counts an id that is not known yet at the longest that AWS takes", () => {
    expect(longestEndpointId).toHaveLength(25);
    expect(validateNetworkPolicy([{ ...good, SourceVPCEs: [longestEndpointId] }])).toEqual([]);
    expect(validateNetworkPolicy([{ ...good, SourceVPCEs: [`${longestEndpointId}0`] }])).not.toEqual([]);
  });
});
