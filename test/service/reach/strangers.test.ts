import { strangersIn } from "../../../service";
import {
  bedrock,
  collection,
  dataPolicy,
  fromPublic,
  fromRole,
  policy,
  role,
  smallWorld,
} from "./small-world";

const world = smallWorld({
  networkPolicies: [
    policy("all", { endpoints: ["vpce-apps"] }, ["collection", "*"]),
    policy("kb", { services: [bedrock] }, ["collection", "kb-*"]),
  ],
  dataPolicies: [
    dataPolicy("readers", [role("team/reader")], "index", ["index/carts/*"], ["aoss:ReadDocument"]),
  ],
});

const meantBy = (to: string) => strangersIn(world, fromPublic, collection(to)).map(({ meant }) => meant);

test("a collection is known by itself, by a policy of either kind, or by a prefix of one", () => {
  expect(
    ["orders", "carts", "kb-docs"].map((name) => strangersIn(world, fromPublic, collection(name))),
  ).toEqual([[], [], []]);
});

test("a collection that only * covers is a stranger, with what was meant", () => {
  expect([meantBy("ordres"), meantBy("cart"), meantBy("payments")]).toEqual([
    ["orders"],
    ["carts"],
    [undefined],
  ]);
});

test("a pattern is a stranger where it covers nothing; * is none", () => {
  expect([meantBy("ord*"), meantBy("logs-eu-*"), meantBy("*")]).toEqual([[], ["logs-eu"], []]);
});

test("a service is known by a policy or by AWS's documentation", () => {
  const strangers = [
    bedrock,
    "aoss.amazonaws.com",
    "lambda.amazonaws.com",
    "bedrok.amazonaws.com",
    "s3.amazonaws.com",
  ]
    .map((service) => strangersIn(world, { kind: "service", service }, collection("orders")))
    .map((list) => list.map(({ kind, meant }) => [kind, meant]));
  expect(strangers).toEqual([[], [], [], [["service", bedrock]], [["service", undefined]]]);
});

test("a role is a stranger only where another of its path is called almost so", () => {
  const strangers = [
    fromRole("team/readr"),
    fromRole("readr"),
    fromRole("team/writer"),
    fromRole("team/reader"),
  ]
    .map((from) => strangersIn(world, from, collection("orders")))
    .map((list) => list.map(({ meant }) => meant));
  expect(strangers).toEqual([[role("team/reader")], [], [], []]);
});

test("of several that are as close the first by name is meant, in whatever order the world has them", () => {
  const meant = [
    ["logs-b", "logs-c"],
    ["logs-c", "logs-b"],
  ].map((names) => {
    const shuffled = smallWorld({ collections: names.map((name) => ({ name })) });
    return strangersIn(shuffled, fromPublic, collection("logs-a"))[0]?.meant;
  });
  expect(meant).toEqual(["logs-b", "logs-b"]);
});
