import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { faultsSchema, worldSchema } from "../../sandbox";
import { services } from "../../sandbox/services";

const text = readFileSync(path.join(__dirname, "../../docs/sandbox.md"), "utf8");
const [world, faults] = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => parse(String(yaml)));

test("the world and the faults that the page shows are ones", () => {
  expect(Object.keys(worldSchema.parse(world).accounts)).toEqual(["111122223333"]);
  expect(faultsSchema.parse(faults).faults).toHaveLength(3);
});

test("the page names every fault that there is, and none else", () => {
  const named = [...text.matchAll(/^\| `([a-z-]+)` /gm)]
    .map(([, what]) => what)
    .filter((what) => what !== "what");
  const kinds = faultsSchema.shape.faults.element.options.map(({ shape }) => shape.what.value);
  expect(named).toEqual(kinds);
});

test("the page lists every operation that is served, and none else", () => {
  const [, section = ""] = /<!-- operations -->\n([\s\S]*?)<!-- \/operations -->/.exec(text) ?? [];
  const rows = [...section.matchAll(/^\| [^|]+ \(`([a-z0-9]+)`\) *\| ([^|]+) \|$/gm)];
  const listed = Object.fromEntries(rows.map(([, name, list]) => [name, String(list).trim().split(", ")]));
  const served = Object.entries(services).map(([name, { operations }]) => [name, [...operations].sort()]);
  expect(listed).toEqual(Object.fromEntries(served));
});
