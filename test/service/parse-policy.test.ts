import { parsePolicy, pathText } from "../../service";

const network = `[
  {
    "Description": "apps",
    "Rules": [
      { "ResourceType": "collection", "Resource": ["collection/orders", "orders"] }
    ],
    "AllowFromPublic": true,
    "SourceVPCEs": ["vpce-0a1b2c3d"]
  }
]`;

const told = (kind: "network" | "data", text: string, context = {}) => {
  const parsed = parsePolicy(kind, text, context);
  return "problems" in parsed
    ? parsed.problems.map((one) => `${one.line}:${one.column} ${pathText(one.path)}: ${one.problem}`)
    : [];
};

test("a document is given as it stands, neither sorted nor shortened", () => {
  const document = [
    {
      Rules: [
        { Resource: ["collection/b12", "collection/a12", "collection/b12"], ResourceType: "collection" },
      ],
      AllowFromPublic: true,
    },
  ];
  expect(parsePolicy("network", JSON.stringify(document, null, 2))).toEqual({ document });
});

test("all that is wrong is told from top to bottom, an item at its place and a member at its key", () => {
  expect(told("network", network)).toEqual([
    '5:73 [0].Rules[0].Resource[1]: "orders" is not a collection resource',
    "7:5 [0].AllowFromPublic: public and private sources in one block",
  ]);
});

test("what is missing is told where it would stand", () => {
  expect(
    told("network", '[\n  {"Rules": [{"ResourceType": "collection", "Resource": ["collection/abc"]}]}\n]'),
  ).toEqual(["2:3 [0].AllowFromPublic: AllowFromPublic is missing"]);
});

test("a key that comes twice is told beside what is wrong with the document", () => {
  expect(told("network", '[{"AllowFromPublic": true, "Rules": [], "AllowFromPublic": true}]')).toEqual([
    "1:28 [0].Rules: empty; one rule or more are needed",
    '1:41 : the key "AllowFromPublic" comes twice in one object',
  ]);
});

test("broken JSON is told with its place, and the document is not judged", () => {
  expect(told("network", '[\n  {"Rules": [}\n]')).toEqual(['2:14 : "}" found where a value is expected']);
});

test("the account of a data access policy is taken into account where it is known", () => {
  const text = JSON.stringify([
    {
      Rules: [{ ResourceType: "index", Resource: ["index/orders/*"], Permission: ["aoss:ReadDocument"] }],
      Principal: ["arn:aws:iam::210987654321:role/reader"],
    },
  ]);
  expect(told("data", text)).toEqual([]);
  expect(told("data", text, { account: "123456789012" })).toEqual([
    expect.stringContaining("[0].Principal[0]: principal"),
  ]);
});

test.each([
  ["null", "not an array: null"],
  ['"[]"', 'not an array: "[]"'],
  ["{}", "a network policy is an array of blocks, an object found"],
])("%s is no network policy", (text, problem) => {
  expect(told("network", text)).toEqual([`1:1 : ${problem}`]);
});

test("a message stays a line, whatever stands in the text", () => {
  const [one = ""] = told("network", JSON.stringify(["x".repeat(200_000)]));
  expect(one.length).toBeLessThan(300);
});
