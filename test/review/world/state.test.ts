import { answer, worldOfState } from "../../../review";
import { stateOf } from "./fixtures";

const orders = { kind: "collection", name: "orders" } as const;

test("a state has every id, and policies lead to endpoints", () => {
  const read = worldOfState(stateOf("first"), "first");
  const verdict = (cidr: string) => answer(read, { kind: "cidr", cidr }, orders).verdict;
  // of the VPC's block 10.20.0.0/16 the first half of a /19 is let in
  expect([verdict("10.20.3.0/24"), verdict("10.20.16.0/20"), verdict("10.20.0.0/18")]).toEqual([
    "open",
    "open",
    "partly",
  ]);
  expect(read.world.account).toBe("123456789012");
  expect(read.world.collections).toEqual([
    { name: "orders", id: expect.stringMatching(/^[a-z0-9]{20}$/), generation: "classic" },
  ]);
});

test("a rule that only the last refresh saw may be gone: its ports are not known", () => {
  const read = worldOfState(stateOf("after-change"), "after");
  const clients = read.world.securityGroups.find(({ name }) => name === "clients");
  expect(clients?.rules).toContainEqual({ protocol: "tcp", cidrIpv4: "10.20.16.0/20" });
  expect(answer(read, { kind: "cidr", cidr: "10.20.16.0/20" }, orders).verdict).toBe("unknown");
  expect(answer(read, { kind: "cidr", cidr: "10.20.3.0/24" }, orders).verdict).toBe("open");
  expect(read.notSeen).toEqual(["after: rules of security groups that were changed since the last refresh"]);
});

test("an empty state is one without anything, and says so", () => {
  const read = worldOfState({ format_version: "1.0" }, "state.json");
  expect(read.world.endpoints).toEqual([]);
  expect(read.notSeen).toEqual(["state.json: the state is empty: nothing was applied yet"]);
});

test("the generation of a collection is that of its group, or the one its host tells", () => {
  const collection = (name: string, values: object) => ({
    address: `aws_opensearchserverless_collection.${name}`,
    mode: "managed" as const,
    type: "aws_opensearchserverless_collection",
    name,
    provider_name: "aws",
    values: { id: name, name, ...values },
  });
  const group = (name: string, generation: string | null) => ({
    ...collection(name, { generation }),
    type: "aws_opensearchserverless_collection_group",
  });
  const read = worldOfState({
    values: {
      root_module: {
        resources: [
          group("fast", "NEXTGEN"),
          group("slow", null),
          collection("in-fast", { collection_group_name: "fast" }),
          collection("in-slow", { collection_group_name: "slow" }),
          collection("alone", {}),
          collection("elsewhere", { collection_group_name: "theirs" }),
          collection("by-host", { collection_endpoint: "https://abc.aoss.eu-central-1.on.aws" }),
          collection("by-old-host", { collection_endpoint: "https://abc.eu-central-1.aoss.amazonaws.com" }),
        ],
      },
    },
  });
  expect(
    Object.fromEntries(read.world.collections.map(({ name, generation }) => [name, generation])),
  ).toEqual({
    "in-fast": "nextgen",
    "in-slow": "classic",
    alone: "classic",
    elsewhere: "classic",
    "by-host": "nextgen",
    "by-old-host": "classic",
  });
  expect(read.notSeen).toEqual([
    "the state: aws_opensearchserverless_collection.elsewhere: the generation of elsewhere, which its group theirs has; taken to be Classic",
  ]);
});
