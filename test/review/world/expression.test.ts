import { evaluate, type Surroundings } from "../../../review/world/evaluate";
import { parseTemplate } from "../../../review/world/expression";

/** References are told in angle brackets; `aws_x.y.id` is not known but surely an id of an endpoint. */
const surroundings: Surroundings = {
  reference: (steps, text) => (steps[0] === "local" ? { list: ["a", "b"], map: { k: "v" } } : `<${text}>`),
  notFollowed: (text) => `?${text}?`,
  startOfId: () => undefined,
};
const value = (text: string) => evaluate(text, surroundings);

test.each([
  ["plain text", "plain text"],
  ["${aws_x.y.id}", "<aws_x.y.id>"],
  ["a-${var.b}-c", "a-<var.b>-c"],
  ["$${not.a.reference}", "${not.a.reference}"],
  ['${"quoted \\"text\\""}', 'quoted "text"'],
  ["${true}", true],
  ["${-3}", -3],
  ["${null}", null],
  ["${[1, 2,]}", [1, 2]],
  ['${{a = 1, "b" : 2}}', { a: 1, b: 2 }],
  ["${{\n  a = 1\n  b = [\n    2,\n  ]\n}}", { a: 1, b: [2] }],
  ['${{(var.key) = "v"}}', { "<var.key>": "v" }],
  ['${jsonencode({"A" = [aws_x.y.id]})}', '{"A":["<aws_x.y.id>"]}'],
  ['${toset(["b", "b"])}', ["b"]],
  ['${concat(["a"], var.more, [])}', ["a", "<var.more>"]],
  ['${flatten([["a"], [["b"]]])}', ["a", "b"]],
  ['${compact(["", "a", null])}', ["a"]],
  ['${join("-", ["a", "b"])}', "a-b"],
  ['${format("%s:%d%%", "a", 3)}', "a:3%"],
  ["${merge({a = 1}, {a = 2, b = 3})}", { a: 2, b: 3 }],
  ["${keys({b = 1, a = 2})}", ["a", "b"]],
  ['${["a", "b"][1]}', '?["a", "b"][1]?'],
  ['${"a" == "a" ? "yes" : "no"}', "yes"],
  ['${"a" != "a" ? "yes" : "no"}', "no"],
  ['${var.on ? "same" : "same"}', "same"],
  ['${var.on ? "a" : "b"}', '?var.on ? "a" : "b"?'],
  ['${startswith("vpce-1", "vpce-") ? "is" : "is not"}', "is"],
  ["${cidrsubnet(var.block, 4, 1)}", "?cidrsubnet(var.block, 4, 1)?"],
  ["${var.a + 1}", "?var.a + 1?"],
  ["${[for x in var.list : x.id]}", ["?for x in var.list : x.id?"]],
  ["${[var.a, var.b && true]}", ["<var.a>", "?var.b && true?"]],
])("%s", (text, expected) => {
  expect(value(text)).toEqual(expected);
});

test.each([
  "${",
  "${}",
  "${a",
  '${"a}',
  "%{ if var.x }a%{ endif }",
  "${(((",
  "${a..b}",
  `\${${"[".repeat(5000)}`,
  `\${${'"${x+'.repeat(200)}`,
])("an expression that is broken or not understood stays whole: %#", (text) => {
  expect(value(text)).toEqual(expect.stringMatching(/^\?/));
});

test("texts are templates at any depth, keys are not", () => {
  expect(evaluate({ "${k}": [{ a: "${var.x}" }, 1, null, true] }, surroundings)).toEqual({
    "${k}": [{ a: "<var.x>" }, 1, null, true],
  });
});

test("indexes, attributes and splats are steps of one reference", () => {
  expect(parseTemplate('${module.a["x.y"].b[0].c[*].d}')).toEqual({
    kind: "reference",
    text: 'module.a["x.y"].b[0].c[*].d',
    steps: [
      "module",
      "a",
      { index: { kind: "literal", value: "x.y" } },
      "b",
      { index: { kind: "literal", value: 0 } },
      "c",
      "*",
      "d",
    ],
  });
});
