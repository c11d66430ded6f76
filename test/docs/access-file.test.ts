import { readFileSync } from "node:fs";
import path from "node:path";
import { parseAccessFile } from "../../config";
import { projectFolder } from "../support/command";

const page = readFileSync(path.join(projectFolder, "docs", "access-file.md"), "utf8");
const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = ""]) => text);

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly then?: JsonSchema;
  readonly else?: JsonSchema;
}

/** Every key that the schema has a name for. */
function keysOf(schema: JsonSchema): string[] {
  const { properties = {}, additionalProperties, items, anyOf = [], then, else: other } = schema;
  const below = [
    ...Object.values(properties),
    ...(typeof additionalProperties === "object" ? [additionalProperties] : []),
    ...(items ? [items] : []),
    ...anyOf,
    ...(then ? [then] : []),
    ...(other ? [other] : []),
  ];
  return [...Object.keys(properties), ...below.flatMap(keysOf)];
}

test("every key of the schema stands in a table of the page", () => {
  const schema = JSON.parse(readFileSync(path.join(projectFolder, "access.schema.json"), "utf8"));
  const keys = new Set(keysOf(schema));
  expect(keys.size).toBeGreaterThan(30);
  const rows = page.split("\n").filter((line) => line.startsWith("|"));
  const missing = [...keys].filter((key) => !rows.some((row) => row.split("|")[1]?.includes(`\`${key}\``)));
  expect(missing).toEqual([]);
});

test("the page has its examples", () => {
  expect(examples.length).toBeGreaterThanOrEqual(10);
});

test.each(examples.map((text, index) => [index + 1, text] as const))(
  "example %d of the page is right, and none of what it says is likely a mistake",
  (_index, text) => {
    expect(parseAccessFile(text, "access.yaml").warnings.map(({ problem }) => problem)).toEqual([]);
  },
);
