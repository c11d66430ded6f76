import { XMLParser, XMLValidator } from "fast-xml-parser";

/**
 * The rules of the two XML schemas in use for JUnit's reports, written down by hand from them, since no package ships
 * either: Ant's (JUnit.xsd of windyroad/JUnit-Schema) and Jenkins' (junit-4.xsd, as JUnit itself tests its reports).
 */
interface ElementRules {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Names with how often they may stand, in this order. */
  readonly children: readonly (readonly [name: string, least: number, most: number])[];
  readonly text: boolean;
  readonly values?: Readonly<Record<string, RegExp>>;
}

export type JunitSchema = Readonly<Record<string, ElementRules>>;

const many = Number.POSITIVE_INFINITY;
const textOnly: ElementRules = { required: [], optional: [], children: [], text: true };
const int = /^-?\d+$/;
const decimal = /^-?\d+(\.\d+)?$/;
/** xs:token: no line ends or tabs, no spaces at the ends or two in a row. */
const token = /^(?:\S+(?: \S+)*)?$/;
const fullToken = /^\S+(?: \S+)*$/;

export const ant: JunitSchema = {
  testsuites: { required: [], optional: [], children: [["testsuite", 0, many]], text: false },
  testsuite: {
    required: [...["package", "id", "name", "timestamp", "hostname", "tests", "failures", "errors", "time"]],
    optional: ["skipped"],
    children: [
      ["properties", 1, 1],
      ["testcase", 0, many],
      ["system-out", 1, 1],
      ["system-err", 1, 1],
    ],
    text: false,
    values: {
      package: token,
      id: int,
      name: fullToken,
      timestamp: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/,
      hostname: fullToken,
      tests: int,
      failures: int,
      errors: int,
      skipped: int,
      time: decimal,
    },
  },
  properties: { required: [], optional: [], children: [["property", 0, many]], text: false },
  property: {
    required: ["name", "value"],
    optional: [],
    children: [],
    text: false,
    values: { name: fullToken },
  },
  testcase: {
    required: ["name", "classname", "time"],
    optional: [],
    // a choice: one of them at most, which the counts below see to
    children: [
      ["skipped", 0, 1],
      ["error", 0, 1],
      ["failure", 0, 1],
    ],
    text: false,
    values: { name: token, classname: token, time: decimal },
  },
  // of any type
  skipped: { required: [], optional: ["message", "type"], children: [], text: true },
  error: { required: ["type"], optional: ["message"], children: [], text: true },
  failure: { required: ["type"], optional: ["message"], children: [], text: true },
  "system-out": textOnly,
  "system-err": textOnly,
};

export const jenkins: JunitSchema = {
  testsuites: {
    required: [],
    optional: ["name", "time", "tests", "failures", "disabled", "errors"],
    children: [["testsuite", 0, many]],
    text: false,
  },
  testsuite: {
    required: ["name", "tests"],
    optional: [
      ...["failures", "errors", "time", "disabled", "skipped", "timestamp", "hostname", "id", "package"],
    ],
    children: [
      ["properties", 0, 1],
      ["testcase", 0, many],
      ["system-out", 0, 1],
      ["system-err", 0, 1],
    ],
    text: false,
  },
  properties: { required: [], optional: [], children: [["property", 1, many]], text: false },
  property: { required: ["name", "value"], optional: [], children: [], text: false },
  testcase: {
    required: ["name"],
    optional: ["assertions", "time", "classname", "status"],
    children: [
      ["skipped", 0, 1],
      ["error", 0, many],
      ["failure", 0, many],
      ["system-out", 0, many],
      ["system-err", 0, many],
    ],
    text: false,
  },
  skipped: textOnly,
  error: { required: [], optional: ["type", "message"], children: [], text: true },
  failure: { required: [], optional: ["type", "message"], children: [], text: true },
  "system-out": textOnly,
  "system-err": textOnly,
};

/** An element as the parser gives it: its name leads to its children, `:@` to its attributes. */
type Parsed = Readonly<Record<string, unknown>>;

/** What is wrong with a report by a schema, one line each. */
export function problemsOf(xml: string, schema: JunitSchema): string[] {
  const valid = XMLValidator.validate(xml);
  if (valid !== true) return [valid.err.msg];
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: "",
    parseTagValue: false,
    parseAttributeValue: false,
    ignoreDeclaration: true,
    trimValues: false,
  });
  const roots = (parser.parse(xml) as Parsed[]).filter((one) => nameOf(one) !== "#text");
  const [root] = roots;
  if (!root || roots.length > 1 || nameOf(root) !== "testsuites") return ["the root is not one testsuites"];
  return problemsIn(root, schema, "");
}

const nameOf = (parsed: Parsed): string => Object.keys(parsed).find((key) => key !== ":@") ?? "";

function problemsIn(parsed: Parsed, schema: JunitSchema, path: string): string[] {
  const name = nameOf(parsed);
  const here = `${path}/${name}`;
  const rules = schema[name];
  if (!rules) return [`${here}: not in the schema`];
  const attributes = (parsed[":@"] ?? {}) as Readonly<Record<string, string>>;
  const children = parsed[name] as readonly Parsed[];
  const elements = children.filter((child) => nameOf(child) !== "#text");
  const text = children.map((child) => String(child["#text"] ?? "")).join("");
  const allowed = [...rules.required, ...rules.optional];
  const places = elements.map((child) => rules.children.findIndex(([one]) => one === nameOf(child)));
  const times = (one: string) => elements.filter((child) => nameOf(child) === one).length;
  return [
    ...rules.required.filter((one) => attributes[one] === undefined).map((one) => `${here}: no ${one}`),
    ...Object.keys(attributes)
      .filter((one) => !allowed.includes(one))
      .map((one) => `${here}: ${one} is not allowed`),
    ...Object.entries(rules.values ?? {})
      .filter(([one, form]) => attributes[one] !== undefined && !form.test(attributes[one]))
      .map(([one]) => `${here}: ${one} is "${attributes[one]}"`),
    ...(rules.text || text.trim() === "" ? [] : [`${here}: text`]),
    ...(places.includes(-1) ? [`${here}: a child that is not allowed`] : []),
    ...(places.some((place, at) => at > 0 && place < (places[at - 1] ?? 0)) ? [`${here}: order`] : []),
    ...rules.children
      .filter(([one, least, most]) => times(one) < least || times(one) > most)
      .map(([one]) => `${here}: ${times(one)} of ${one}`),
    ...elements.flatMap((child) => problemsIn(child, schema, here)),
  ];
}
