import {
  checkCidr,
  checkCollectionPattern,
  checkGrant,
  checkId,
  checkResourceName,
  checkService,
  checkSourceService,
  deriveName,
  isAnywhere,
  parseCidr,
  quotas,
  unknownRegionHint,
} from "../../service";

describe("names", () => {
  test.each(["abc", "a-1", "a".repeat(32), "a--"])("%s is taken", (name) => {
    expect(checkResourceName(name)).toBeUndefined();
  });

  test.each(["ab", "a".repeat(33), "Abc", "1bc", "a_b", "-ab", "a b", ""])(
    "%j is refused, with a valid suggestion",
    (name) => {
      const suggestion = /"([^"]*)"$/.exec(checkResourceName(name)?.remedy ?? "")?.[1] ?? "";
      expect(checkResourceName(suggestion)).toBeUndefined();
    },
  );

  test("parts that fit are joined as they are", () => {
    expect(deriveName("search", "apps")).toBe("search-apps");
  });

  test("a derived name never overflows, and two long ones that start alike stay two", () => {
    const [one, two] = ["x", "y"].map((end) =>
      deriveName("a-stack-with-quite-a-long-name", `endpoint-${end}`),
    );
    expect(one).toHaveLength(32);
    expect(checkResourceName(String(one))).toBeUndefined();
    expect(one).not.toBe(two);
  });

  test("a name that had to be changed differs from the one it was changed to", () => {
    expect(deriveName("My_App")).toMatch(/^my-app-[0-9a-f]{6}$/);
    expect(deriveName("1")).toMatch(/^x-[0-9a-f]{6}$/);
    expect(checkResourceName(deriveName(""))).toBeUndefined();
  });
});

describe("CIDR blocks", () => {
  test.each([
    ["10.20.0.0/16", "10.20.0.0/16"],
    ["10.0.0.1/32", "10.0.0.1/32"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["255.255.255.254/31", "255.255.255.254/31"],
    ["128.0.0.0/01", "128.0.0.0/1"],
    ["2001:DB8:0:0::/32", "2001:db8::/32"],
    ["::/0", "::/0"],
  ])("%s is taken as %s", (text, canonical) => {
    expect(parseCidr(text)).toMatchObject({ text: canonical });
  });

  test.each([
    "10.20.0.0",
    "10.20.0.0/33",
    "10.20.0.1/16",
    "128.0.0.0/0",
    "256.0.0.0/8",
    "10.1/16",
    "010.0.0.0/8",
    "10.0.0.0/8/8",
    "10.0.0.0/-1",
    "fe80::1%eth0/64",
    "::/129",
    "x/8",
    "",
    "/8",
    "10.0.0.0/",
  ])("%j is refused", (text) => expect(checkCidr(text)).toBeDefined());

  test("one address without a prefix length is told the one it needs", () => {
    expect(checkCidr("10.0.0.1")?.remedy).toContain('"10.0.0.1/32"');
    expect(checkCidr("2001:db8::1")?.remedy).toContain('"2001:db8::1/128"');
  });

  test("host bits are refused with the network address", () => {
    expect(checkCidr("10.0.3.7/16")).toEqual({
      problem: 'cidr "10.0.3.7/16": host bits are set',
      remedy: 'did you mean "10.0.0.0/16"?',
    });
  });

  test("all addresses are told from large blocks", () => {
    const anywhere = (text: string) => isAnywhere(parseCidr(text) as Parameters<typeof isAnywhere>[0]);
    expect(["0.0.0.0/0", "::/0", "0.0.0.0/1", "10.0.0.0/8"].map(anywhere)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe("what a grant names", () => {
  test.each(["abc", "orders", "a".repeat(64), "abc*", "logs-*", "*"])("%s is taken", (pattern) => {
    expect(checkCollectionPattern(pattern)).toBeUndefined();
  });

  test.each([
    "ab",
    "ab*",
    "a*b",
    "**",
    "logs-*-eu",
    "Logs",
    "my_logs",
    "collection/orders",
    "a".repeat(65),
    "",
  ])("%j is refused", (pattern) => expect(checkCollectionPattern(pattern)).toBeDefined());
});

test.each([
  ["vpc", "vpc-0a1b2c3d", true],
  ["vpc", "vpc-0a1b2c3d4e5f60718", true],
  ["vpc", "vpc-0a1b2c3d4e5f6071", false],
  ["subnet", "subnet-0A1B2C3D", false],
  ["endpoint", "vpce-0a1b2c3d", true],
  ["endpoint", "vpce-0a1b2c3", false],
  ["endpoint", `vpce-${"a".repeat(21)}`, false],
  ["account", "12345678901", false],
  ["prefixList", "pl-63a5400a", true],
] as const)("id form of %s: %s is taken: %s", (kind, id, taken) => {
  expect(checkId(kind, id) === undefined).toBe(taken);
});

test("a grant has to give something to somebody, and no dashboards to services alone", () => {
  const grant = { collections: 1, dashboards: false, endpoints: 1, services: 0 };
  expect(checkGrant(grant)).toBeUndefined();
  expect(checkGrant({ ...grant, collections: 0 })?.problem).toBe("no collection is granted");
  expect(checkGrant({ ...grant, endpoints: 0 })?.problem).toContain("nobody is granted anything");
  expect(checkGrant({ ...grant, endpoints: 0, services: 1, dashboards: true })?.problem).toContain(
    "services only",
  );
  expect(checkGrant({ ...grant, services: 1, dashboards: true })).toBeUndefined();
});

test("a service principal is told from other texts", () => {
  expect(checkService("bedrock.amazonaws.com")).toBeUndefined();
  expect(
    ["bedrock", "bedrock.amazonaws.org", "Bedrock.amazonaws.com"].map(
      (one) => checkService(one) === undefined,
    ),
  ).toEqual([false, false, false]);
});

test("a service that AWS was seen to refuse is refused as a source, though it is a service", () => {
  expect(checkService("lambda.amazonaws.com")).toBeUndefined();
  expect(checkSourceService("lambda.amazonaws.com")).toEqual({
    problem: 'AWS refuses "lambda.amazonaws.com" as a source in network policies',
    remedy:
      "it documents application.opensearchservice.amazonaws.com, aoss.amazonaws.com, bedrock.amazonaws.com",
  });
  expect(checkSourceService("bedrock")).toEqual(checkService("bedrock"));
  expect(checkSourceService("s3.amazonaws.com")).toBeUndefined();
});

test("an unknown Region earns a hint at the one that was likely meant", () => {
  expect(unknownRegionHint("eu-central-1")).toBeUndefined();
  expect(unknownRegionHint("eu-centrl-1")).toContain("did you mean eu-central-1?");
});

test("every quota names its source", () => {
  for (const quota of Object.values(quotas)) expect(quota.source).not.toBe("");
});
