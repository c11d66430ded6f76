import fc from "fast-check";
import { placesIn, readJson } from "../../service/located-json";

/** What JSON.parse says, which nobody here wrote. */
function platform(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

const fragments = [
  '"',
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "\\",
  "\n",
  "\t",
  "\u0000",
  "\ud83d",
  "'",
  "0",
  "-",
  "1e",
  ".",
  "//",
  "/* */",
  "true",
  "null",
  "\ufeff",
  "\u2028",
  "NaN",
  " ",
];

test("a JSON text is read as JSON.parse reads it, and so is a broken one refused", () => {
  const broken = { count: 0 };
  fc.assert(
    fc.property(
      fc.json({ stringUnit: "binary" }),
      fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom("", ...fragments)), { maxLength: 2 }),
      (json, edits) => {
        const text = edits.reduce((before, [place, remove, put]) => {
          const at = place % (before.length + 1);
          return before.slice(0, at) + put + before.slice(at + remove);
        }, json);
        const expected = platform(text);
        const { root, problems } = readJson(text);
        if (expected === undefined) {
          broken.count += 1;
          expect(problems.length).toBeGreaterThan(0);
        } else {
          expect(root).toBeDefined();
          expect(root?.value).toEqual(expected.value);
        }
      },
    ),
    { numRuns: 5000 },
  );
  expect(broken.count).toBeGreaterThan(1000);
});

describe("what is broken is told with what was expected, and where", () => {
  test.each<[string, string, number, number, string]>([
    ["", "the text ends where a value is expected", 1, 1, "complete it"],
    ["[\n  1,\n  2", 'the text ends where "," or "]" is expected', 3, 4, "complete it"],
    ['{"a" 1}', '"1" found where ":" is expected', 1, 6, 'write ":" here'],
    ["[1, 2,]", '"]" found where a value is expected', 1, 7, "remove the comma before it"],
    [
      '{"a": 1,}',
      '"}" found where a key in double quotes or "}" is expected',
      1,
      9,
      "remove the comma before it",
    ],
    ["[1] [2]", '"[" found where the end of the text is expected', 1, 5, "remove what follows the value"],
    [
      "{a: 1}",
      '"a" found where a key in double quotes or "}" is expected',
      1,
      2,
      'put the key into double quotes, "…"',
    ],
    ["['a']", '"\'" found where a value is expected', 1, 2, 'use double quotes, "…"'],
    ["[\r\n // why\r\n]", '"/" found where a value is expected', 2, 2, "remove the comment: JSON has none"],
    ["# why\n[]", '"#" found where a value is expected', 1, 1, "remove the comment: JSON has none"],
    ["[True]", "True found where a value is expected", 1, 2, "write true"],
    ["[logs]", "logs found where a value is expected", 1, 2, 'put it into double quotes: "logs"'],
    ['["a\nb"]', '"\\n" found inside a text in quotes', 1, 4, 'close the text with ", or write \\n'],
    ['["a', "a text in quotes is never closed", 1, 2, 'close it with "'],
    ['["\\d"]', "an escape that JSON does not have", 1, 3, 'write \\\\ for a backslash, \\" for a quote'],
    ["[01]", "not a number as JSON writes them", 1, 2, "write digits, with no zero before them"],
    ["\ufeff[]", "a byte order mark before the JSON", 1, 1, "remove it"],
    ['[{"a":1,\n"b":2,"a":3}]', 'the key "a" comes twice in one object', 2, 7, "keep one of them"],
  ])("%j", (text, problem, line, column, remedy) => {
    const { problems } = readJson(text);
    expect(problems.map((one) => ({ ...one, ...placesIn(text)(one.offset) }))).toEqual([
      { offset: expect.any(Number), problem, remedy, line, column },
    ]);
  });

  test("two keys that are told apart by an escape alone are the same key", () => {
    expect(readJson('{"a":1,"\\u0061":2}').problems).toHaveLength(1);
  });
});

describe("nothing that stands in a text makes reading slow or break", () => {
  const size = 200_000;
  test.each<[string, string, boolean]>([
    ["brackets that open", "[".repeat(size), false],
    [
      "brackets that open and close, deeper than any policy",
      "[".repeat(size / 2) + "]".repeat(size / 2),
      false,
    ],
    ["braces that open", '{"a":'.repeat(size / 5), false],
    ["a text in quotes that never ends", `"${"a\\n".repeat(size / 3)}`, false],
    ["halves of surrogate pairs", `["${"\ud800".repeat(size)}"]`, true],
    ["digits", "1".repeat(size), true],
    ["signs", "-".repeat(size), false],
    ["line ends", "\n".repeat(size), false],
    ["one key again and again", `{${'"":0,'.repeat(size / 5)}"":0}`, false],
  ])("%s", (_what, text, taken) => {
    const before = performance.now();
    const { problems } = readJson(text);
    const places = placesIn(text);
    for (const { offset } of problems) expect(places(offset).column).toBeGreaterThan(0);
    // Linear work of this size takes some 50 ms; quadratic would take minutes.
    expect(performance.now() - before).toBeLessThan(5000);
    expect(problems.length === 0).toBe(taken);
  });
});

test("a key called __proto__ is a key like any other", () => {
  const { root } = readJson('{"__proto__":{"Rules":[]}}');
  expect(Object.entries(root?.value ?? {})).toEqual([["__proto__", { Rules: [] }]]);
  expect(root?.value).not.toHaveProperty("Rules");
});
