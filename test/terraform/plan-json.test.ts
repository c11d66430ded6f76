import { parsePlan, parseState, resourcesIn } from "../../terraform/plan-json";
import type { TerraformError } from "../../terraform/terraform-error";

const plan = (rest: object = {}) =>
  JSON.stringify({ format_version: "1.2", planned_values: { root_module: {} }, ...rest });
const change = { address: "a.b", type: "a", mode: "managed", name: "b", change: { actions: ["create"] } };

test("a plan without changes has empty lists where Terraform writes none", () => {
  expect(parsePlan(plan(), "plan.json")).toMatchObject({
    resource_changes: [],
    resource_drift: [],
    output_changes: {},
  });
});

test("changes are handed over as they are", () => {
  expect(parsePlan(plan({ resource_changes: [change] }), "plan.json").resource_changes).toEqual([change]);
});

test("a plan nested deeper than anything that Terraform writes is refused, before anything looks through it", () => {
  const nested = (depth: number) => plan({ x: 0 }).replace(":0", `:${"[".repeat(depth)}${"]".repeat(depth)}`);
  const tooDeep = "nested too deeply: more than 500 arrays and objects within one another";
  // the plan itself is one of them
  expect(parsePlan(nested(499), "plan.json").format_version).toBe("1.2");
  for (const depth of [500, 20_000]) {
    expect(() => parsePlan(nested(depth), "plan.json")).toThrow(tooDeep);
  }
});

test.each([
  ["UTF-16 as PowerShell writes it", Buffer.from(`\uFEFF${plan()}`, "utf16le")],
  ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${plan()}`, "utf8")],
])("a file in %s is read", (_, content) => {
  expect(parsePlan(content, "plan.json").format_version).toBe("1.2");
});

test.each([
  ["", "not JSON: it is empty"],
  ["no", "not JSON: Unexpected token"],
  ["undefined", "not JSON: no value stands in it"],
  ["[]", "not a JSON object"],
  ["{}", "this is JSON, but not a Terraform plan"],
  ['{"format_version":"1.0","values":{}}', "this is a state, not a plan"],
  [
    '{"@level":"info","@message":"Terraform 1.11.4"}\n{',
    "this is the log that `terraform plan -json` prints",
  ],
  ["PK\u0003\u0004xyz", "this is a plan in Terraform's own format, not JSON"],
  [plan({ format_version: "2.0" }), "format_version 2.0: only version 1 is understood"],
  [plan({ resource_changes: [{ address: "a.b" }] }), "resource_changes: not a list of resource changes"],
  ...["before", "after"].map((side) => [
    plan({ resource_changes: [{ ...change, change: { actions: ["update"], [side]: "text" } }] }),
    "resource_changes: not a list of resource changes",
  ]),
])("what is no plan is refused by its nature: %j", (content, problem) => {
  expect(() => parsePlan(content, "some/plan.json")).toThrow(
    expect.objectContaining({ problem: expect.stringContaining(problem), where: "some/plan.json" }),
  );
});

test.each([
  ['{"password": hunter2zz}', "not JSON: Unexpected token 'h'"],
  ['["a" "secret"]', "not JSON: Expected ',' or ']' after array element at line 1, column 6"],
  ['{\n  "a": 1,\n  "b": [', "not JSON: it ends at line 3, column 9, half-way"],
  ['{\r\n  "a": 1\r\n  "b"', "not JSON: Expected ',' or '}' after property value at line 3, column 3"],
  ['"', "not JSON: Unterminated string at line 1, column 2"],
  ['{"a" "', "not JSON: Expected ':' after property name at line 1, column 6"],
  ['{"a": ""secret', "not JSON: Expected ',' or '}' after property value at line 1, column 9"],
  ["[,secret]", "not JSON: Unexpected token ','"],
  ["\u001b[31mred", "not JSON: Unexpected token U+001B"],
  ['{"a": \u202e}', "not JSON: Unexpected token U+202E"],
])("nothing of a file that is not JSON is told but the character that is wrong: %j", (content, problem) => {
  const told = (() => {
    try {
      return parsePlan(content, "plan.json");
    } catch (error) {
      return error as TerraformError;
    }
  })() as TerraformError;
  expect(told.cause).toBeUndefined();
  // from Node 22 on the line stands there too
  expect(told.problem.replace(/ \(line \d+ column \d+\)$/, "")).toBe(problem);
});

test("an empty state is a state without values", () => {
  expect(parseState('{"format_version":"1.0"}', "state").values).toBeUndefined();
});

test("a state file is told apart from what show prints", () => {
  expect(() => parseState('{"version":4,"lineage":"x"}', "terraform.tfstate")).toThrow(
    "this is a state file",
  );
});

test("resources are found at every depth of the modules", () => {
  const resource = (address: string) =>
    ({ address, mode: "managed", type: "a", name: "b", provider_name: "p", values: {} }) as const;
  const root = {
    resources: [resource("a.b")],
    child_modules: [{ child_modules: [{ resources: [resource("module.x.module.y.a.b")] }] }],
  };
  expect([...resourcesIn(root)].map(({ address }) => address)).toEqual(["a.b", "module.x.module.y.a.b"]);
});

test.each([
  [
    "a plan",
    parsePlan,
    { planned_values: { root_module: { resources: [{ address: "a.b" }] } } },
    "resources",
  ],
  ["a plan", parsePlan, { planned_values: { root_module: { child_modules: {} } } }, "child_modules"],
  ["a state", parseState, { values: { root_module: [] } }, "root_module or child_modules"],
  ["a state", parseState, { values: { root_module: { child_modules: [{ resources: "x" }] } } }, "resources"],
])("%s with modules in another form is refused, not half read: %#", (_, parse, content, what) => {
  const text = JSON.stringify({ format_version: "1.2", resource_changes: undefined, ...content });
  expect(() => parse(text, "f.json")).toThrow(
    expect.objectContaining({ problem: `${what}: not as Terraform writes it`, where: "f.json" }),
  );
});

test.each([
  ['{"format_version":"1.2","planned_values":{}}', "this is a plan, not a state"],
  ['{"a":1}', "this is JSON, but not a Terraform state"],
])("what is no state is told from one: %s", (text, problem) => {
  expect(() => parseState(text, "f.json")).toThrow(expect.objectContaining({ problem }));
});
