import {
  type Doubt,
  doubtedNames,
  matrixHtml,
  matrixMermaid,
  matrixSvg,
  matrixTable,
  withOtherGeneration,
} from "../../../review";
import { doubtOn } from "../../../review/picture/doubted";
import { accessMatrix } from "../../../service";
import { endpoint, policy, smallWorld } from "../../service/reach/small-world";
import { worldOf3 } from "./worlds";

const world = worldOf3();
const matrix = accessMatrix({ ...world, collections: [...world.collections, { name: "scratch" }] });
/** Policies that were not seen: one for the logs, one for what begins with `scr`; and one on who signs. */
const doubts: readonly Doubt[] = [
  { kind: "network", text: "what policy a says", collections: ["logs"] },
  { kind: "network", text: "what policy b says", collections: ["scr*"] },
  { kind: "data", text: "what policy c says" },
];
const view = { title: "t", matrix, doubts };
const rows = (text: string) => text.split("\n").map((line) => line.replace(/ {2,}/g, "  "));

test("a table says nobody only where nothing that was not seen could open a collection", () => {
  const sure = rows(matrixTable({ title: "t", matrix }, { color: false }));
  expect(sure).toContain("scratch  nobody  –");
  const lines = rows(matrixTable(view, { color: false }));
  expect(lines).toContain("scratch  not known  not known");
  expect(lines).toContain("logs  apps, batch, others not known  not known");
  expect(lines).toContain("orders  apps  apps");
});

test("pictures and the page say so too, and describe it", async () => {
  const [svg, html] = [await matrixSvg(view), await matrixHtml(view)];
  expect(svg.match(/>not known who (?:else )?reaches this</g)?.sort()).toEqual([
    ">not known who else reaches this<",
    ">not known who reaches this<",
  ]);
  expect(svg).not.toContain("no endpoint or service reaches this");
  expect(svg).toContain("scratch: not known who reaches this.");
  expect(svg).toContain("logs: reached by apps, batch; not known who else reaches this.");
  expect(matrixMermaid(view)).toMatch(/"scratch<br>1 collection · classic<br>not known who reaches this"/);
  expect(html.match(/<span class="warn">(?:others )?not known<\/span>/g)).toHaveLength(4);
});

test("collections that the same ones reach stand apart where only some are doubted", () => {
  const alike = accessMatrix({
    ...world,
    collections: ["team-a", "team-b", "team-c", "wiki"].map((name) => ({ name })),
    networkPolicies: [],
  });
  expect(alike.groups.map(({ collections }) => collections)).toEqual([
    ["team-a", "team-b", "team-c", "wiki"],
  ]);
  const generation: Doubt = { kind: "generation", text: "which generation", collections: ["team-b"] };
  const lines = (...some: readonly Doubt[]) =>
    rows(matrixTable({ title: "t", matrix: alike, doubts: some }, { color: false })).slice(4, 6);
  expect(lines(generation)).toEqual(["team-a, team-c, wiki  nobody  –", "team-b  not known  not known"]);
});

test("a doubt concerns a name by itself, by its pattern, or whatever a pattern covers", () => {
  const isDoubted = (name: string, of = doubts) => doubtOn({ matrix, doubts: of })(name).collection;
  expect(["logs", "logs-eu", "scratch", "lo*", "s*", "orders", "*"].map((name) => isDoubted(name))).toEqual([
    true,
    false,
    true,
    true,
    true,
    false,
    true,
  ]);
  expect(isDoubted("orders", [{ kind: "network", text: "any" }])).toBe(true);
  expect(isDoubted("orders", [{ kind: "data", text: "any" }])).toBe(false);
  expect(doubtedNames(view)).toEqual(["logs", "scratch"]);
});

describe("a generation that is not known", () => {
  const both = { endpoints: ["vpce-apps", "vpce-nextgen"] };
  const old = smallWorld({
    endpoints: [endpoint("apps"), endpoint("nextgen", { generation: "nextgen", privateDns: true })],
    collections: [{ name: "lonely" }, { name: "old" }, { name: "boards" }],
    networkPolicies: [
      policy("old", both, ["collection", "old", "boards"]),
      policy("boards", { endpoints: ["vpce-nextgen"] }, ["dashboard", "boards"]),
    ],
  });
  const generations: readonly Doubt[] = [
    { kind: "generation", text: "which", collections: ["lonely", "old", "boards"] },
  ];
  const otherwise = accessMatrix(withOtherGeneration(old, generations) ?? old);
  const page = { title: "t", matrix: accessMatrix(old), doubts: generations, otherwise };

  test("leaves open only what it decides: who reaches a collection, and dashboards that a policy opens", () => {
    const lines = rows(matrixTable(page, { color: false }))
      .slice(4, 7)
      .sort();
    // lonely is opened to nobody, whatever its generation; no policy names the dashboards of old
    expect(lines).toEqual([
      "boards  vpce-apps, others not known  not known",
      "lonely  nobody  –",
      "old  vpce-apps, others not known  –",
    ]);
    expect(doubtedNames(page)).toEqual(expect.arrayContaining(["boards", "old"]));
    expect(doubtedNames(page)).not.toContain("lonely");
  });

  test("leaves open all where the matrix with the other one is not given", () => {
    const { otherwise: _, ...without } = page;
    expect(doubtedNames(without).sort()).toEqual(["boards", "lonely", "old"]);
  });
});
