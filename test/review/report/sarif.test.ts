import Ajv from "ajv/dist/2020";
import { reviewSarif } from "../../../review";
import { apps, change, finding, fullReview, named, publicAccess, review } from "./reviews";
import schema from "./sarif-2.1.0.schema.json";

const ajv = new Ajv({
  strict: false,
  allErrors: true,
  formats: {
    uri: (text: string) => URL.canParse(text),
    // RFC 3986, what of it a reference may hold
    "uri-reference": /^(?:[\w.~!$&'()*+,;=:@/?#-]|%[0-9A-Fa-f]{2})*$/,
    "date-time": true,
    uuid: true,
  },
});
const validate = ajv.compile(schema);

function errorsOf(log: unknown): unknown[] {
  validate(log);
  return validate.errors ?? [];
}

const rules = [
  { id: "public-access", severity: "error", title: "t", why: "w", remedy: "r" },
  { id: "single-subnet", severity: "warning", title: "t", why: "w", remedy: "r" },
  { id: "quota-use", severity: "note", title: "t", why: "w", remedy: "r" },
  { id: "endpoint-deleted", severity: "error", title: "t", why: "w", remedy: "r" },
] as const;

const log = (...reviews: Parameters<typeof reviewSarif>[0]) => {
  // as others read it
  const text = JSON.stringify(reviewSarif(reviews, { rules, version: "1.2.3" }));
  return JSON.parse(text) as { runs: [Run] };
};

interface Run {
  readonly tool: { driver: { rules: { id: string }[] } };
  readonly invocations: [{ toolExecutionNotifications: unknown[] }];
  readonly results: {
    ruleId: string;
    ruleIndex: number;
    locations: unknown;
    partialFingerprints: unknown;
    suppressions?: unknown;
  }[];
}

test("the log is valid by the published schema", () => {
  expect(errorsOf(log(named("search", fullReview(), { file: "plan.json" })))).toEqual([]);
  expect(errorsOf(log())).toEqual([]);
  expect(errorsOf(log(named("search", fullReview())))).toEqual([]);
});

test("a log that is not valid would be found out", () => {
  const wrong = log(named("search", fullReview()));
  expect(errorsOf({ ...wrong, runs: [{ ...wrong.runs[0], columnKind: "bytes" }] })).toHaveLength(1);
  expect(errorsOf({ ...wrong, results: [] })).toHaveLength(1);
});

test("each result has its rule, also one that the list of rules lacks", () => {
  const [{ tool, results }] = log(
    named("search", review(change(), [publicAccess, finding("of-the-future"), finding("of-the-future")])),
  ).runs;
  expect(tool.driver.rules.map(({ id }) => id)).toEqual([...rules.map(({ id }) => id), "of-the-future"]);
  expect(results.map(({ ruleId, ruleIndex }) => [ruleId, tool.driver.rules[ruleIndex]?.id])).toEqual([
    ["public-access", "public-access"],
    ["of-the-future", "of-the-future"],
    ["of-the-future", "of-the-future"],
  ]);
});

test("a finding stands at its line of the access file, and its address is a logical location", () => {
  const [{ results }] = log(named("search", fullReview(), { file: "out/plan.json" })).runs;
  expect(results[0]?.locations).toEqual([
    {
      physicalLocation: {
        artifactLocation: { uri: "access.yaml" },
        region: { startLine: 12, startColumn: 9 },
      },
      logicalLocations: [
        { fullyQualifiedName: "aws_opensearchserverless_security_policy.site", kind: "resource" },
      ],
    },
  ]);
  // without a line, in the plan
  expect(results[1]?.locations).toEqual([
    {
      physicalLocation: { artifactLocation: { uri: "out/plan.json" }, region: { startLine: 1 } },
      logicalLocations: [{ fullyQualifiedName: apps.address, kind: "resource" }],
    },
  ]);
});

test.each([
  ["./plans/a b#1.json", "plans/a%20b%231.json"],
  ["/srv/plan.json", "file:///srv/plan.json"],
  ["C:\\ci\\plan é.json", "file:///C:/ci/plan%20%C3%A9.json"],
  ["plans\\plan.json", "plans/plan.json"],
])("the file %s is the reference %s", (file, uri) => {
  const valid = log(named("search", review(change(), [finding("single-subnet")]), { file }));
  expect(errorsOf(valid)).toEqual([]);
  expect(valid.runs[0].results[0]?.locations).toEqual([
    { physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } } },
  ]);
});

test("what the access file accepts is suppressed with its reason, and nothing else is", () => {
  const [{ results }] = log(named("search", fullReview())).runs;
  expect(results.map(({ ruleId, suppressions }) => [ruleId, suppressions])).toEqual([
    ["public-access", undefined],
    ["single-subnet", undefined],
    [
      "quota-use",
      [{ kind: "inSource", status: "accepted", justification: "raised | soon (until 2027-01-31)" }],
    ],
  ]);
});

test("the same finding of two stacks has two fingerprints, which are the same in every run", () => {
  const two = () => log(named("search", fullReview()), named("other", fullReview())).runs[0].results;
  const prints = two().map(({ partialFingerprints }) => JSON.stringify(partialFingerprints));
  expect(prints[0]).toBe('{"aossPrivatelinkFinding/v1":"search/1111111111111111"}');
  expect(prints[3]).toBe('{"aossPrivatelinkFinding/v1":"other/1111111111111111"}');
  expect(two()).toEqual(two());
});

test("what was not seen is told as a notification", () => {
  expect(log(named("search", fullReview())).runs[0].invocations[0].toolExecutionNotifications).toEqual([
    { level: "note", message: { text: "search: not seen: policy of other, which is sensitive" } },
  ]);
});
