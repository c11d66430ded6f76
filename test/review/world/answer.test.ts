import { answer, worldOfSynthesis } from "../../../review";
import { config, networkPolicy } from "./fixtures";

const classic = "aws_opensearchserverless_vpc_endpoint";
const security = "aws_opensearchserverless_security_policy";

/** A stack with an endpoint of each kind, policies as given, and collections with their arguments. */
const stack = (
  policies: Readonly<Record<string, unknown>>,
  collections: Readonly<Record<string, object>> = {},
) =>
  worldOfSynthesis(
    config({
      resource: {
        [classic]: { apps: { name: "apps", vpc_id: "vpc-1" } },
        aws_vpc_endpoint: {
          batch: { vpc_id: "vpc-2", service_name: "com.amazonaws.eu-central-1.aoss-data" },
        },
        [security]: Object.fromEntries(
          Object.entries(policies).map(([name, policy]) => [
            name,
            { name, type: "network", policy: typeof policy === "string" ? policy : JSON.stringify(policy) },
          ]),
        ),
        aws_opensearchserverless_collection: Object.fromEntries(
          Object.entries(collections).map(([name, values]) => [name, { name, ...values }]),
        ),
      },
    }),
    "s",
  );

const apps = { kind: "endpoint", id: "<id of apps>" } as const;
const batch = { kind: "endpoint", id: "<id of batch>" } as const;
const to = (name: string) => ({ kind: "collection", name }) as const;
const open = (name: string) =>
  networkPolicy(`collection/${name}`, `\${${classic}.apps.id}`, "${aws_vpc_endpoint.batch.id}");

test("of a collection in a group that is kept elsewhere neither endpoint is sure", () => {
  const read = stack({ all: open("*") }, { events: { collection_group_name: "fast" }, orders: {} });
  expect([answer(read, apps, to("events")).verdict, answer(read, batch, to("events")).verdict]).toEqual([
    "unknown",
    "unknown",
  ]);
  expect(answer(read, batch, to("events")).unknown).toEqual([
    "s: aws_opensearchserverless_collection.events: the generation of events, which its group fast has; taken to be Classic",
  ]);
  // a collection in no group is Classic
  expect([answer(read, apps, to("orders")).verdict, answer(read, batch, to("orders")).verdict]).toEqual([
    "open",
    "shut",
  ]);
});

test("what the generation does not decide is answered: a policy is missing either way", () => {
  const read = stack({ orders: open("orders") }, { events: { collection_group_name: "fast" } });
  expect(answer(read, batch, to("events")).verdict).toBe("shut");
});

test("a note of the generation beside the block is taken: Terraform passes over it", () => {
  const read = stack(
    { all: open("*") },
    {
      events: {
        collection_group_name: "fast",
        "//": { generation: "nextgen", metadata: { path: "s/events" } },
      },
    },
  );
  expect([answer(read, apps, to("events")).verdict, answer(read, batch, to("events")).verdict]).toEqual([
    "shut",
    "open",
  ]);
  expect(read.notSeen).toEqual([]);
});

test("a policy that is not seen shuts nothing for sure, and closes nothing that is open", () => {
  const read = stack({ orders: open("orders"), other: "${file(var.policy)}" });
  expect(answer(read, apps, to("orders")).verdict).toBe("open");
  expect(answer(read, apps, to("events"))).toMatchObject({
    verdict: "unknown",
    unknown: [`s: ${security}.other: what this network policy says: <file(var.policy)>`],
  });
  // it cannot change what data access policies say
  const reader = { kind: "principal", principal: "arn:aws:iam::123456789012:role/reader" } as const;
  expect(answer(read, reader, to("events")).verdict).toBe("shut");
});

test("a policy of which an endpoint is not known leaves open what it names alone", () => {
  const read = stack({ partner: networkPolicy("collection/shared-*", "${var.partner}") });
  const verdicts = ["shared-a", "shared-*", "*", "orders"].map(
    (name) => answer(read, apps, to(name)).verdict,
  );
  expect(verdicts).toEqual(["unknown", "unknown", "unknown", "shut"]);
});

test("a policy of which the collections are not known leaves everything open", () => {
  const read = stack({ some: networkPolicy("collection/${var.prefix}*", `\${${classic}.apps.id}`) });
  expect(answer(read, apps, to("orders")).verdict).toBe("unknown");
  expect(read.notSeen).toEqual([`s: ${security}.some: which collections <var.prefix>* covers`]);
});

test("a policy that names a collection by what names the collection itself is that collection's", () => {
  const read = stack(
    {
      one: networkPolicy(
        "collection/${aws_opensearchserverless_collection.orders.name}",
        `\${${classic}.apps.id}`,
      ),
    },
    { orders: { name: "${var.name}" } },
  );
  expect(read.notSeen).toEqual([]);
  expect(answer(read, apps, to("<var.name>")).verdict).toBe("open");
});
