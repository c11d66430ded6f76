import { matrixMermaid, matrixSvg, matrixTable } from "../../../review";
import { inNaturalOrder } from "../../../review/picture/natural-order";
import { bigWorld } from "../../service/reach/big-world";
import { policy, smallWorld } from "../../service/reach/small-world";
import { view, worldOf3, worldOf300 } from "./worlds";

/** 24 collections, `events-1` to `events-24`: odd ones reached by one endpoint, even ones by another. */
const numbers = Array.from({ length: 24 }, (_, place) => place + 1);
const interleaved = {
  ...worldOf3(),
  collections: numbers.map((number) => ({ name: `events-${number}` })),
  networkPolicies: worldOf3().endpoints.map(({ id }, place) =>
    policy(`p${place}`, { endpoints: [id] }, [
      "collection",
      ...numbers.filter((number) => number % 2 !== place).map((number) => `events-${number}`),
    ]),
  ),
};
const shown = view("t", interleaved);

test("rows that would read the same name their first collections, as people count", () => {
  const lines = matrixTable(shown, { color: false, width: 120 }).replace(/ {2,}/g, "  ").split("\n");
  expect(lines.filter((line) => line.includes("events-"))).toEqual([
    "events-1, events-3, events-5, … and 9 more  apps  –",
    "events-2, events-4, events-6, … and 9 more  batch  –",
  ]);
});

test("so do boxes of pictures", async () => {
  const names = (text: string) => text.match(/events-1, events-3[^"<]*|events-2, events-4[^"<]*/g) ?? [];
  expect(names(matrixMermaid(shown)).map((text) => text.slice(0, 22))).toEqual([
    "events-1, events-3, ev",
    "events-2, events-4, ev",
  ]);
  const svg = await matrixSvg(shown);
  const heads = [...svg.matchAll(/class="name"[^>]*>(events-[^<]*)</g)].map(([, text]) => text);
  expect(new Set(heads).size).toBe(heads.length);
  expect(heads.filter((text) => text?.startsWith("events-…"))).toEqual([]);
});

test("of 300 collections no two boxes read the same", async () => {
  const svg = await matrixSvg(view("t", worldOf300()));
  const boxes = [...svg.matchAll(/<g class="box target[^"]*"[\s\S]*?<path class="rule"/g)].map(([box]) =>
    [...box.matchAll(/class="name"[^>]*>([^<]*)</g)]
      .map(([, text = ""]) => text.replace(/\(\d+\)/, ""))
      .join(" "),
  );
  expect(boxes.length).toBeGreaterThan(10);
  expect(new Set(boxes).size).toBe(boxes.length);
});

test("numbers stand in the order of their size", () => {
  expect(inNaturalOrder(["team10", "team2", "team1", "team02", "app"])).toEqual([
    "app",
    "team1",
    "team02",
    "team2",
    "team10",
  ]);
  const endpoints = ["team10", "team2", "team1"].map((name, place) => ({
    ...worldOf3().endpoints[0],
    id: `vpce-0a1b2c3d4e5f6000${place}`,
    name,
    generation: "classic" as const,
    securityGroupIds: [],
  }));
  const text = matrixTable(view("t", smallWorld({ endpoints, networkPolicies: [] })), { color: false });
  expect(text.match(/^team\d+/gm)).toEqual(["team1", "team2", "team10"]);
});

test("a table that is shortened says where all of it stands, and a whole one does not", () => {
  const whole = "shortened: JSON has all";
  expect(matrixTable(view("t", worldOf300()), { color: false, whole })).toContain(`\n\n${whole}`);
  expect(matrixTable(view("t", worldOf3()), { color: false, whole })).not.toContain(whole);
});

test("a picture that stands alone does not refer to a table", async () => {
  const svg = await matrixSvg(view("t", bigWorld({ collections: 3000, endpoints: 50, policies: 40 })));
  expect(svg).toContain("some of those in one box: the HTML page tells which");
});

test("what is public and reached by an endpoint besides are two parts of one list", () => {
  const [apps] = worldOf3().endpoints;
  const world = {
    ...worldOf3(),
    networkPolicies: [
      policy("public", "public", ["collection", "orders"]),
      policy("apps", { endpoints: [apps?.id ?? ""] }, ["collection", "orders"], ["dashboard", "orders"]),
    ],
  };
  const text = matrixTable(view("t", world), { color: false, width: 200 });
  expect(text).toMatch(/^orders +public internet, and every classic endpoint, apps +apps$/m);
});
