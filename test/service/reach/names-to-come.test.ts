import { explain } from "../../../service";
import { endpoint, policy, smallWorld } from "./small-world";

/** A NEXTGEN collection that is there, and one that a policy opens to a Classic endpoint before it is. */
const world = smallWorld({
  endpoints: [endpoint("jobs"), endpoint("next", { generation: "nextgen" })],
  collections: [{ name: "embeddings", generation: "nextgen" }],
  networkPolicies: [
    policy("next", { endpoints: ["vpce-next"] }, ["collection", "embeddings"]),
    policy("jobs", { endpoints: ["vpce-jobs"] }, ["collection", "orders"]),
  ],
});
const verdict = (endpointName: string, name: string, of = world) =>
  explain(of, { kind: "endpoint", id: `vpce-${endpointName}` }, { kind: "collection", name }).verdict;

test("a collection that is not there yet may be of another generation than those that are: nothing is shut for it", () => {
  expect([verdict("jobs", "orders"), verdict("jobs", "*"), verdict("next", "*")]).toEqual([
    "open",
    "partly",
    "partly",
  ]);
});

test("where policies name none that is to come, the generations are those of the known ones", () => {
  const known = { ...world, networkPolicies: world.networkPolicies.filter(({ name }) => name === "next") };
  expect([verdict("jobs", "*", known), verdict("jobs", "embed*")]).toEqual(["shut", "shut"]);
});
