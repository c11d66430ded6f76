import {
  checkRetention,
  parseRetention,
  retentionRule,
  serialiseLifecyclePolicy,
  validateLifecyclePolicy,
} from "../../service";

const rule = { ResourceType: "index", Resource: ["index/logs/app*"], MinIndexRetention: "30d" };
const withRule = (one: object) => ({ Rules: [one] });

describe("the canonical text", () => {
  test("has sorted keys and resources, one rule for one retention, and hours as days", () => {
    const Rules = [
      retentionRule({ indexes: ["logs/b*", "logs/a*"], retention: "48h" }),
      retentionRule({ indexes: ["audit/*"], retention: "unlimited" }),
      retentionRule({ indexes: ["logs/c"], retention: "2d" }),
    ];
    expect(serialiseLifecyclePolicy({ Rules })).toBe(
      '{"Rules":[{"MinIndexRetention":"2d","Resource":["index/logs/a*","index/logs/b*","index/logs/c"],"ResourceType":"index"},' +
        '{"NoMinIndexRetention":true,"Resource":["index/audit/*"],"ResourceType":"index"}]}',
    );
  });

  test("keeps hours that make no whole days, in somebody else's policy", () => {
    const Rules = [{ ResourceType: "index" as const, Resource: ["index/logs/*"], MinIndexRetention: "25h" }];
    expect(serialiseLifecyclePolicy({ Rules })).toContain('"MinIndexRetention":"25h"');
  });
});

describe("each row of what is known of lifecycle policies has a document that is taken and one that is not", () => {
  const { MinIndexRetention: _days, ...bare } = rule;
  const kept = ["Rules", 0, "MinIndexRetention"];
  const keeping = (retention: unknown) => withRule({ ...rule, MinIndexRetention: retention });
  test.each<[row: string, taken: unknown, refused: unknown, path: readonly (string | number)[]]>([
    ["the document is an object", withRule(rule), [withRule(rule)], []],
    ["Rules holds something", withRule(rule), { Rules: [] }, ["Rules"]],
    [
      "no other key",
      withRule(rule),
      { ...withRule(rule), NoMinIndexRetention: true },
      ["NoMinIndexRetention"],
    ],
    [
      "rules are for indexes",
      withRule(rule),
      withRule({ ...rule, ResourceType: "collection" }),
      ["Rules", 0, "ResourceType"],
    ],
    [
      "a resource is an index, with ~ and = in its name",
      withRule({ ...rule, Resource: ["index/logs/a~=*"] }),
      withRule({ ...rule, Resource: ["collection/logs"] }),
      ["Rules", 0, "Resource", 0],
    ],
    ["one day at least", keeping("1d"), keeping("0d"), kept],
    ["3650 days at most", keeping("3650d"), keeping("3651d"), kept],
    ["24 hours at least", keeping("24h"), keeping("23h"), kept],
    ["87600 hours at most", keeping("87600h"), keeping("87601h"), kept],
    ["a unit", keeping("30d"), keeping("30"), kept],
    ["no zero before it", keeping("30d"), keeping("030d"), kept],
    ["a text", keeping("30d"), keeping(30), kept],
    [
      "a retention or none wanted",
      withRule({ ...bare, NoMinIndexRetention: true }),
      withRule(bare),
      ["Rules", 0],
    ],
    [
      "not both",
      withRule({ ...bare, NoMinIndexRetention: true }),
      withRule({ ...rule, NoMinIndexRetention: true }),
      ["Rules", 0, "NoMinIndexRetention"],
    ],
    [
      "none wanted is true",
      withRule({ ...bare, NoMinIndexRetention: true }),
      withRule({ ...bare, NoMinIndexRetention: false }),
      ["Rules", 0, "NoMinIndexRetention"],
    ],
  ])("%s", (_row, taken, refused, path) => {
    expect(validateLifecyclePolicy(taken)).toEqual([]);
    expect(validateLifecyclePolicy(refused).map((one) => one.path)).toEqual([path]);
  });
});

describe("a retention", () => {
  test.each([
    ["1d", 1],
    ["3650d", 3650],
    ["24h", 1],
    ["87600h", 3650],
    ["unlimited", "unlimited"],
  ])("%s is taken as days", (text, days) => {
    expect(parseRetention(text)).toEqual({ days });
  });

  test.each([
    ["25h", 'write "2d"'],
    ["12h", 'write "1d"'],
    ["100001h", 'write "3650d"'],
    ["0d", 'write "1d"'],
    ["3651d", 'write "3650d", or "unlimited"'],
    ["01d", 'write "1d"'],
    ["30", 'write "1d" to "3650d", or "unlimited"'],
    ["30 d", 'write "1d" to "3650d", or "unlimited"'],
    ["", 'write "1d" to "3650d", or "unlimited"'],
  ])("%j is refused with what to write, rather longer than shorter", (text, remedy) => {
    expect(checkRetention(text)?.remedy).toBe(remedy);
  });
});
