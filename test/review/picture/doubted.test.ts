import { type Doubt, doubtedBy, matrixHtml, matrixMermaid, matrixSvg, matrixTable } from "../../../review";
import { accessMatrix } from "../../../service";
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
  const isDoubted = doubtedBy(doubts);
  expect(["logs", "logs-eu", "scratch", "lo*", "s*", "orders", "*"].map(isDoubted)).toEqual([
    true,
    false,
    true,
    true,
    true,
    false,
    true,
  ]);
  expect(doubtedBy([{ kind: "network", text: "any" }])("orders")).toBe(true);
  expect(doubtedBy([{ kind: "data", text: "any" }])("orders")).toBe(false);
});
