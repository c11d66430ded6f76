import { matrixTable } from "../../../review";
import type { AccessWorld } from "../../../service";
import { bigWorld } from "../../service/reach/big-world";
import { dataPolicy, endpoint, policy, role } from "../../service/reach/small-world";
import { emptyWorld, nastyWorld, view, worldOf3, worldOf30, worldOf300 } from "./worlds";

const table = (...[title, world, notSeen]: Parameters<typeof view>) =>
  matrixTable(view(title, world, notSeen), { width: 100, color: false });

test("three collections: who reaches them and their dashboards, what endpoints let in, who is permitted what", () => {
  expect(table("stack search", worldOf3(), ["the rules of sg-1"]).replace(/ {2,}/g, "  ")).toBe(
    [
      "stack search",
      "3 collections, 2 endpoints, 1 AWS service",
      "",
      "collections  reached by  dashboards reached by",
      "knowledge  apps, bedrock.amazonaws.com  –",
      "logs  apps, batch  –",
      "orders  apps  apps",
      "",
      "endpoints  where  let in on TCP 443",
      "apps vpce-0a1b2c3d4e5f60001  vpc-0a1b2c3d4e5f60001 classic  10.20.0.0/16",
      "batch vpce-0a1b2c3d4e5f60002  vpc-0a1b2c3d4e5f60002 classic  10.30.4.0/22, sg-0a1b2c3d4e5f60007",
      "",
      "principals  permitted",
      "arn:aws:iam::123456789012:role/batch  index logs/*: aoss:DescribeIndex, aoss:ReadDocument",
      "arn:aws:iam::123456789012:role/orders-api  index orders/*: aoss:DescribeIndex, aoss:ReadDocument",
      "",
      "not seen",
      "- the rules of sg-1",
    ].join("\n"),
  );
});

test("what is public, what nobody reaches, and what has no collection yet say so", () => {
  const text = table("t", worldOf30());
  expect(text).toContain("2 collections open to the public internet");
  expect(text).toMatch(/^site-search, site-suggest +public internet, and every classic +–$/m);
  expect(text).toMatch(/^scratch +nobody +–$/m);
  expect(text).toMatch(/^archive-\*, returns +orders +–$/m);
  expect(text).toContain("(no collection yet)");
  expect(text).toMatch(/role\/partner +nothing: of another account, which AWS refuses$/m);
});

test("rows and principals stand as people count, by what is shown of them", () => {
  const names = ["team-12-a", "team-2-a", "team-2-b", "team-3-a", "team-10-a"];
  const world: AccessWorld = {
    vpcs: [],
    endpoints: [endpoint("apps"), endpoint("batch"), endpoint("third")],
    securityGroups: [],
    prefixLists: [],
    collections: names.map((name) => ({ name })),
    networkPolicies: [
      // "team-12-a" comes first by its characters, and is shown after "team-2-a"
      policy("one", { endpoints: ["vpce-apps"] }, ["collection", "team-12-a", "team-2-a"]),
      policy("two", { endpoints: ["vpce-batch"] }, ["collection", "team-10-a", "team-3-a"]),
      policy("three", { endpoints: ["vpce-third"] }, ["collection", "team-2-b"]),
    ],
    dataPolicies: [
      dataPolicy("one", [role("team-10"), role("team-3")], "index", ["index/*/*"], ["aoss:*"]),
      dataPolicy("two", [role("team-4")], "index", ["index/team-2-a/*"], ["aoss:*"]),
    ],
  };
  const lines = table("t", world).split("\n");
  const firstOf = (start: string) =>
    lines.flatMap((line) => (line.startsWith(start) ? [line.split("  ")[0]] : []));
  expect(firstOf("team-")).toEqual(["team-2-a, team-12-a", "team-2-b", "team-3-a, team-10-a"]);
  expect(lines.join(" ").match(/role\/team-\d+/g)).toEqual(["role/team-3", "role/team-10", "role/team-4"]);
});

test("an endpoint without private DNS, or of which that is not known, says so", () => {
  const nextgen = (name: string, privateDns?: boolean) =>
    endpoint(name, { generation: "nextgen", privateDns });
  const world = {
    ...emptyWorld,
    endpoints: [nextgen("on", true), nextgen("off", false), nextgen("open"), endpoint("classic")],
  };
  const text = table("t", world);
  expect(text).toMatch(/^vpce-on +vpc-on nextgen +not known/m);
  expect(text).toMatch(/^vpce-off +vpc-off nextgen private DNS off +not known/m);
  expect(text).toMatch(/^vpce-open +vpc-open nextgen private DNS not known +not known/m);
  expect(text).toMatch(/^vpce-classic +vpc-classic classic +not known/m);
});

test("300 collections fit three screens, families of names with their sizes", () => {
  const text = table("t", worldOf300());
  expect(text.split("\n").length).toBeLessThan(120);
  expect(text).toMatch(/^billing-… \(20\) +billing, risk +–$/m);
  expect(text).toMatch(/^billing-test-… \(7\) +billing, risk +billing$/m);
});

test.each([40, 60, 80, 132])("no line is longer than a terminal of %d columns", (width) => {
  for (const world of [
    worldOf3(),
    worldOf30(),
    worldOf300(),
    bigWorld({ collections: 3000, endpoints: 50, policies: 40 }),
  ]) {
    const lines = matrixTable(view("t", world), { width, color: false }).split("\n");
    expect(lines.filter((line) => [...line].length > width)).toEqual([]);
  }
});

test("what is too long for a column goes on in the next line; nothing of an id is left out", () => {
  const text = matrixTable(view("t", worldOf3()), { width: 40, color: false });
  const column = text
    .slice(text.indexOf("\nendpoints"))
    .split("\n")
    .map((line) => /^\S+/.exec(line)?.[0] ?? "");
  expect(column.join("")).toContain("vpce-0a1b2c3d4e5f60001");
});

test("colours only when they are asked for; what is public is red", () => {
  const plain = matrixTable(view("t", worldOf30()), { color: false });
  const coloured = matrixTable(view("t", worldOf30()), { color: true });
  expect(plain).not.toContain("\u001b");
  expect(coloured).toContain("\u001b[31msite-search, site-suggest\u001b[39m");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
  expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(plain);
});

test("what terminals take for commands, and what reverses text, is not printed", () => {
  expect(table("\u001b[2J", nastyWorld())).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
});

test("an empty world has its title and its counts", () => {
  expect(table("t", emptyWorld)).toBe("t\n0 collections, 0 endpoints");
});
