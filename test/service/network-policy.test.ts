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
    ["an object in place of the array", good, []],
    ["an empty array", [], []],
    ["a block that is no object", ["x"], [0]],
    ["no AllowFromPublic", [{ Rules: good.Rules, SourceVPCEs: good.SourceVPCEs }], [0, "AllowFromPublic"]],
    ["AllowFromPublic as a text", [{ ...good, AllowFromPublic: "false" }], [0, "AllowFromPublic"]],
    ["public with endpoints", [{ ...good, AllowFromPublic: true }], [0, "AllowFromPublic"]],
    ["private with no source", [{ AllowFromPublic: false, Rules: good.Rules }], [0, "AllowFromPublic"]],
    ["private with empty sources", [{ ...good, SourceVPCEs: [] }], [0, "AllowFromPublic"]],
    ["an unknown key in a block", [{ ...good, KmsARN: "x" }], [0, "KmsARN"]],
    [
      "an unknown key in a rule",
      [{ ...good, Rules: [{ ...good.Rules[0], Permission: [] }] }],
      [0, "Rules", 0, "Permission"],
    ],
    [
      "dashboards in the plural",
      [{ ...good, Rules: [{ ...good.Rules[0], ResourceType: "dashboards" }] }],
      [0, "Rules", 0, "ResourceType"],
    ],
    [
      "a dashboard resource",
      [{ ...good, Rules: [{ ResourceType: "dashboard", Resource: ["dashboard/orders"] }] }],
      [0, "Rules", 0, "Resource", 0],
    ],
    [
      "a short prefix",
      [{ ...good, Rules: [{ ResourceType: "collection", Resource: ["collection/lo*"] }] }],
      [0, "Rules", 0, "Resource", 0],
    ],
    ["no rules", [{ ...good, Rules: [] }], [0, "Rules"]],
    [
      "no resources",
      [{ ...good, Rules: [{ ResourceType: "collection", Resource: [] }] }],
      [0, "Rules", 0, "Resource"],
    ],
    ["an endpoint id of wrong form", [{ ...good, SourceVPCEs: ["vpce-1"] }], [0, "SourceVPCEs", 0]],
    ["endpoints that are no array", [{ ...good, SourceVPCEs: "vpce-0a1b2c3d" }], [0, "SourceVPCEs"]],
    ["a description that is no text", [{ ...good, Description: 1 }], [0, "Description"]],
    ["null", null, []],
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
