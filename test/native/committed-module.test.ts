import { readFileSync } from "node:fs";
import path from "node:path";
import { moduleFiles } from "../../native";
import { projectFolder } from "../support/command";
import { moduleFolder } from "./many-modules";

const files = moduleFiles();
const configuration = Object.entries(files).filter(([name]) => name.endsWith(".tf.json"));
const block = (kind: string) =>
  configuration.map(([, text]) => (JSON.parse(text) as Record<string, unknown>)[kind]).find(Boolean);

/** Functions of Terraform 1.6 that the module uses; it has to do without later ones. */
const functionsOf16 = [
  ...[
    "abs",
    "base64encode",
    "can",
    "ceil",
    "chunklist",
    "cidrhost",
    "cidrsubnet",
    "coalesce",
    "compact",
    "concat",
  ],
  ...[
    "contains",
    "distinct",
    "flatten",
    "floor",
    "index",
    "join",
    "jsondecode",
    "jsonencode",
    "keys",
    "length",
  ],
  ...[
    "lookup",
    "lower",
    "max",
    "merge",
    "regex",
    "replace",
    "reverse",
    "sha256",
    "sort",
    "split",
    "startswith",
  ],
  ...["strcontains", "substr", "sum", "tolist", "tonumber", "toset", "trim", "try", "upper", "values"],
];

test.each(Object.keys(files))(
  "the committed %s is what the constructs make now: run npm run build:module",
  (name) => {
    expect(readFileSync(path.join(moduleFolder, name), "utf8")).toBe(files[name]);
  },
);

test("the module is the same bytes each time, and has no path of a machine in it", () => {
  expect(moduleFiles()).toEqual(files);
  for (const text of Object.values(files)) expect(text).not.toContain(projectFolder);
});

test("the module has neither provider nor backend, and takes both majors of the provider", () => {
  const kinds = configuration.flatMap(([, text]) => Object.keys(JSON.parse(text) as object));
  expect(kinds.sort()).toEqual(["data", "locals", "output", "resource", "terraform", "variable"]);
  expect(block("terraform")).toEqual({
    required_version: ">= 1.6.0",
    required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } },
  });
});

test("no expression calls a function that Terraform 1.6 has not", () => {
  const called = configuration.flatMap(([, text]) =>
    // What stands between quotes of HCL, outside of its own expressions, is no call.
    [...text.replace(/\\\\./g, "").matchAll(/(?<![\w.\\"-])([a-z][a-z0-9_]*)\((?!\?)/g)].map(
      ([, name]) => name,
    ),
  );
  const words = ["list", "map", "object", "optional", "object"];
  const others = [...new Set(called)].filter(
    (name) => name && !functionsOf16.includes(name) && !words.includes(name),
  );
  expect(others).toEqual([]);
});

test("a validation speaks of its own variable alone: Terraform takes others only from 1.9 on", () => {
  const variables = block("variable") as Record<string, { readonly validation?: readonly object[] }>;
  for (const [name, { validation = [] }] of Object.entries(variables)) {
    const named = [...JSON.stringify(validation).matchAll(/\b(?:var\.(\w+)|(local|data)\.)/g)];
    expect(named.map(([, variable, other]) => variable ?? other).filter((one) => one !== name)).toEqual([]);
  }
});

test("every input and output is in a table of the README, with a description", () => {
  const readme = files["README.md"] ?? "";
  for (const kind of ["variable", "output"]) {
    for (const [name, one] of Object.entries(
      block(kind) as Record<string, { readonly description?: string }>,
    )) {
      expect(one.description).toMatch(/\.$/);
      expect(readme).toContain(`| \`${name}\` | ${one.description} |`);
    }
  }
});

test("the names that other modules have are the names of inputs and outputs here", () => {
  const variables = Object.keys(block("variable") as object);
  expect(variables).toEqual(expect.arrayContaining(["vpc_id", "subnet_ids", "security_group_ids", "tags"]));
  expect(Object.keys(block("output") as object)).toEqual(
    expect.arrayContaining(["endpoint_id", "security_group_id"]),
  );
});

test("each kind of object has one table in the README, which every link to it finds", () => {
  const readme = files["README.md"] ?? "";
  const titles = [...readme.matchAll(/^#{2,3} (.*)$/gm)].map(([, title = ""]) =>
    title.toLowerCase().replaceAll(" ", "-").replaceAll(".", ""),
  );
  expect(new Set(titles).size).toBe(titles.length);
  const links = [...readme.matchAll(/\]\(#([^)]*)\)/g)].map(([, link]) => link);
  expect(links.length).toBeGreaterThan(9);
  expect(links.filter((link) => link && !titles.includes(link))).toEqual([]);
});
