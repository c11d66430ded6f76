import { answer, readWorlds } from "../../../review";
import { config, networkPolicy, planOf } from "./fixtures";

const next = "vpce-0a1b2c3d4e5f60799";
const managed = "vpce-0a1b2c3d4e5f60798";

const stack = config({
  "//": {
    existing: {
      collections: { embeddings: { exists: true, generation: "nextgen" }, legacy: { exists: true } },
      endpoints: { [next]: { generation: "nextgen", name: "next" }, [managed]: { generation: "classic" } },
    },
  },
  provider: { aws: [{ region: "eu-central-1", allowed_account_ids: ["123456789012"] }] },
  resource: {
    aws_opensearchserverless_security_policy: {
      all: {
        name: "all",
        type: "network",
        policy: JSON.stringify(networkPolicy("collection/*", next, managed)),
      },
    },
  },
});
const [read] = readWorlds([{ kind: "synthesis", label: "search", config: stack }]);

const verdict = (id: string, name: string) =>
  read && answer(read, { kind: "endpoint", id }, { kind: "collection", name }).verdict;

test("collections and endpoints that exist already are known with their generation", () => {
  expect(read?.world.collections).toEqual([
    { name: "embeddings", id: "embeddings", generation: "nextgen" },
    { name: "legacy", id: "legacy", generation: "classic" },
  ]);
  expect(read?.world.endpoints.map(({ id, name, generation }) => [id, name, generation])).toEqual([
    [next, "next", "nextgen"],
    [managed, undefined, "classic"],
  ]);
});

test("a Classic endpoint does not reach an existing NEXTGEN collection, whatever its policy says", () => {
  expect([verdict(managed, "embeddings"), verdict(next, "embeddings")]).toEqual(["shut", "open"]);
});

test("where the generation of an existing collection is not said, no answer depends on it", () => {
  expect([verdict(managed, "legacy"), verdict(next, "legacy")]).toEqual(["unknown", "unknown"]);
  expect(read?.notSeen).toEqual([
    "search: the generation of legacy, which is not said (generation: classic or nextgen); taken to be Classic",
  ]);
});

test("the stack of a plan tells what exists already, which no plan does", () => {
  const [both] = readWorlds([
    { kind: "existing", label: "networks", config: stack },
    { kind: "plan", label: "networks", plan: planOf("networks") },
  ]);
  expect(both?.inputs).toEqual(["networks"]);
  expect(both?.world.collections.map(({ name }) => name)).toEqual(["embeddings", "legacy"]);
  expect(both?.world.networkPolicies.map(({ name }) => name)).not.toContain("all");
});
