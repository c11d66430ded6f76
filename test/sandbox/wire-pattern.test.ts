import fc from "fast-check";
import model from "../../sandbox/aoss/opensearchserverless-2021-11-01.model.json";
import { matcherOf } from "../../sandbox/aoss/wire-pattern";
import { leastProcessorMilliseconds } from "../support/processor-time";

const patterns = [
  ...new Set(
    Object.values(model.shapes).flatMap((shape) => ("pattern" in shape ? [String(shape.pattern)] : [])),
  ),
];

test("the model has patterns that backtrack", () => {
  expect(patterns).toContain(".*[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]+.*");
  expect(patterns).toContain("aws:opensearch:[0-9]{12}:*.*");
});

const piece = fc.constantFrom(
  "a",
  "Z",
  "-",
  "=",
  ":",
  "/",
  "\n",
  "\r",
  "\t",
  "\u2028",
  "\u0001",
  "é",
  "語",
  "😀",
);
const text = fc.oneof(
  fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
  fc.array(piece, { maxLength: 6 }).map((pieces) => `aws:opensearch:123456789012${pieces.join("")}`),
);

test.each(patterns)("%s is matched as by the regular expression that it is", (pattern) => {
  const plain = new RegExp(`^(?:${pattern})$`, "u");
  const matches = matcherOf(pattern);
  fc.assert(
    fc.property(text, (value) => {
      expect(matches(value)).toBe(plain.test(value));
    }),
    { numRuns: 1000 },
  );
});

const size = 2 ** 16;
const long = ["a", "a\n", "\n", "\u2028a", ":", "0", "=", "é", "語"].flatMap((one) => {
  const filled = one.repeat(size / one.length);
  return [filled, `${filled}\u0001`, `${filled}\n\u0001\n`, `aws:opensearch:123456789012${filled}\n`];
});

test.each(patterns)(
  "64 kibibytes of anything are matched against %s in less than half a second",
  (pattern) => {
    const matches = matcherOf(pattern);
    for (const value of long) {
      expect(leastProcessorMilliseconds(1, () => matches(value))).toBeLessThan(500);
    }
  },
);
