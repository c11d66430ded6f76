import { accessPicture } from "../../../review/picture/access-picture";
import { type AccessWorld, accessMatrix } from "../../../service";
import { bigWorld } from "../../service/reach/big-world";
import { bedrock, endpoint, policy, smallWorld } from "../../service/reach/small-world";

const wide = { entrances: 40, targets: 40, links: 400 };

/** Each link as text, with the names of the target in place of its key. */
function linksOf(world: AccessWorld, limits = wide): string[] {
  const { targets, links } = accessPicture(accessMatrix(world), limits);
  const names = new Map(
    targets.map(({ key, groups }) => [key, groups.flatMap(({ collections }) => collections).join("+")]),
  );
  return links.map(({ from, to, row, some }) => `${from} ${row} ${names.get(to)}${some ? " some" : ""}`);
}

test("an endpoint is joined once: to the collections alone, or to them with their dashboards", () => {
  const world = smallWorld({
    networkPolicies: [
      policy("a", { endpoints: ["vpce-apps"] }, ["collection", "orders", "logs-eu"], ["dashboard", "orders"]),
      policy("b", { endpoints: ["vpce-batch"], services: [bedrock] }, ["collection", "orders"]),
    ],
  });
  expect(linksOf(world).sort()).toEqual([
    "endpoint/vpce-apps collection logs-eu",
    "endpoint/vpce-apps dashboard orders",
    "endpoint/vpce-batch collection orders",
    "service/bedrock.amazonaws.com collection orders",
  ]);
});

test("what is public is joined to the internet, and to those alone that reach more than the public", () => {
  const world = smallWorld({
    networkPolicies: [
      policy("open", "public", ["collection", "orders"]),
      policy("a", { endpoints: ["vpce-apps"] }, ["collection", "orders"], ["dashboard", "orders"]),
      policy("b", { endpoints: ["vpce-batch"] }, ["collection", "orders"]),
    ],
  });
  expect(linksOf(world).sort()).toEqual(["endpoint/vpce-apps dashboard orders", "public public orders"]);
});

test("a pattern that matches no collection is a target of its own", () => {
  const world = smallWorld({
    networkPolicies: [policy("a", { endpoints: ["vpce-apps"] }, ["collection", "later-*", "orders"])],
  });
  expect(linksOf(world)).toEqual([
    "endpoint/vpce-apps collection orders",
    "endpoint/vpce-apps collection later-*",
  ]);
});

test("where endpoints are folded, a link says whether only some of them reach all", () => {
  const names = ["a", "b", "c", "d", "e", "f"];
  const world = smallWorld({
    endpoints: names.map((name) => endpoint(name)),
    networkPolicies: [
      policy("all", { endpoints: names.map((name) => `vpce-${name}`) }, ["collection", "orders"]),
      policy("one", { endpoints: ["vpce-a"] }, ["collection", "logs-eu"]),
    ],
  });
  const [first, ...others] = linksOf(world, { ...wide, entrances: 4 });
  expect([first, ...others]).toEqual([
    "endpoint/vpce-a collection logs-eu",
    "endpoint/vpce-a collection orders",
    "endpoint/vpce-b endpoint/vpce-c endpoint/vpce-d endpoint/vpce-e endpoint/vpce-f collection orders",
  ]);
  const split = linksOf(
    {
      ...world,
      collections: [{ name: "orders" }, { name: "logs-eu" }, ...names.map((name) => ({ name }))],
      networkPolicies: [
        ...world.networkPolicies,
        ...names.map((name) => policy(name, { endpoints: [`vpce-${name}`] }, ["collection", name])),
      ],
    },
    { ...wide, entrances: 4 },
  );
  expect(split.filter((link) => link.endsWith(" some")).length).toBeGreaterThan(0);
  expect(split.filter((link) => link.endsWith("collection orders"))).toHaveLength(4);
});

test("of a world that is too large for a picture, no more is drawn than the limits allow, and nothing is lost", () => {
  const matrix = accessMatrix(bigWorld({ collections: 3000, endpoints: 50, policies: 40 }));
  const { entrances, targets, links } = accessPicture(matrix, { entrances: 30, targets: 40, links: 180 });
  expect(entrances.length).toBeLessThanOrEqual(30);
  expect(targets.length).toBeLessThanOrEqual(40);
  expect(links.length).toBeLessThanOrEqual(180);
  expect(targets.flatMap(({ groups }) => groups)).toHaveLength(matrix.groups.length);
  const endpoints = entrances.flatMap((one) => (one.kind === "endpoint" ? one.endpoints : []));
  expect(endpoints.map(({ id }) => id).sort()).toEqual(matrix.endpoints.map(({ id }) => id).sort());
});

test("what is public is never folded together with what is not", () => {
  const { targets } = accessPicture(
    accessMatrix(bigWorld({ collections: 3000, endpoints: 50, policies: 40 })),
    { entrances: 4, targets: 4, links: 10 },
  );
  for (const { groups } of targets) {
    expect(
      new Set(groups.map(({ collection, dashboard }) => `${collection.public} ${dashboard.public}`)).size,
    ).toBe(1);
  }
});
