import { changeOfPlan, type ScopeChange } from "../../../review";
import type { Plan } from "../../../terraform";
import { lines } from "./lines";
import { planOf, unchanged } from "./plans";
import {
  apps,
  appsId,
  batch,
  batchId,
  collection,
  endpoint,
  group,
  groupId,
  network,
  networkPolicy,
  orders,
  otherVpcId,
  securityGroup,
} from "./resources";

const granted = networkPolicy("orders", { collections: ["orders"], SourceVPCEs: [appsId] });
const base = { [apps]: endpoint(appsId), [group]: securityGroup(groupId), [network]: granted };

test("a plan that does nothing changes nothing", () => {
  const {
    gained,
    lost,
    unsure,
    unchanged: stay,
    interruptions,
    notSeen,
  } = changeOfPlan(planOf(unchanged(base)));
  expect([gained, lost, unsure, stay, interruptions, notSeen]).toEqual([[], [], [], 1, [], []]);
});

test("a plan of nothing at all is read", () => {
  const empty: Plan = { format_version: "1.2", resource_changes: [], resource_drift: [], output_changes: {} };
  const { gained, lost, notSeen } = changeOfPlan(empty);
  expect([gained, lost, notSeen]).toEqual([[], [], []]);
});

test("what a plan of some targets leaves out stays as it is", () => {
  const all = planOf(unchanged(base));
  const targeted = {
    ...all,
    planned_values: { root_module: { resources: [] } },
    resource_changes: [],
  };
  const { lost, unchanged: stay } = changeOfPlan(targeted);
  expect([lost, stay]).toEqual([[], 1]);
});

test("a plan without the state it was made of is read by its changes", () => {
  const { prior_state: _, ...plan } = planOf([
    ...unchanged({ [apps]: endpoint(appsId) }),
    {
      address: network,
      before: granted,
      after: networkPolicy("orders", { collections: ["orders", "invoices"], SourceVPCEs: [appsId] }),
    },
  ]);
  const { gained, lost } = changeOfPlan(plan);
  expect([lines(gained), lost]).toEqual([["apps -> collection invoices"], []]);
});

test("accounts and Regions are compared each with itself", () => {
  const inRegion = (region: string) => ({ region, arn: `arn:aws:aoss:${region}:123456789012:collection/x` });
  const other = "aws_opensearchserverless_security_policy.us";
  const us = { region: "us-east-1" };
  const plan = planOf([
    ...unchanged({
      [apps]: endpoint(appsId, { region: "eu-central-1" }),
      [network]: { ...granted, region: "eu-central-1" },
      [orders]: collection("orders", inRegion("eu-central-1")),
      "aws_opensearchserverless_collection.us": collection("orders", inRegion("us-east-1")),
      [batch]: endpoint(batchId, { name: "batch", vpc_id: otherVpcId, ...us }),
    }),
    {
      address: other,
      after: { ...networkPolicy("orders", { collections: ["orders"], SourceVPCEs: [batchId] }), ...us },
    },
  ]);
  const { gained, lost } = changeOfPlan(plan);
  expect([lines(gained), lost]).toEqual([["batch -> collection orders"], []]);
});

test("a value that is sensitive is not read, and what depends on it is not told", () => {
  const secret = networkPolicy("orders", { collections: ["secret-project"], SourceVPCEs: [appsId] });
  const change = changeOfPlan(
    planOf([
      ...unchanged({ [apps]: endpoint(appsId) }),
      { address: network, before: granted, after: secret, sensitive: { policy: true } },
    ]),
  );
  expect(
    JSON.stringify(change, (_, value) => (typeof value === "bigint" ? String(value) : value)),
  ).not.toContain("secret-project");
  expect(change.notSeen.join()).toContain(`${network}: what this network policy says`);
});

test("an object left over from an earlier replacement goes with its own id", () => {
  const plan = planOf(unchanged(base));
  const leftOver = { ...endpoint(batchId, { name: "left-over" }) };
  const [state] = [plan.prior_state?.values?.root_module.resources ?? []];
  const deposed = {
    ...(state.find(({ address }) => address === apps) as never as object),
    values: leftOver,
    deposed_key: "0a1b2c3d",
  };
  const change = changeOfPlan({
    ...plan,
    prior_state: { values: { root_module: { resources: [...state, deposed as never] } } },
    resource_changes: [
      ...plan.resource_changes,
      {
        ...(plan.resource_changes[0] as Plan["resource_changes"][number]),
        address: apps,
        deposed: "0a1b2c3d",
        change: { actions: ["delete"], before: leftOver, after: null },
      },
    ],
  });
  expect([change.gained, change.lost, change.interruptions]).toEqual([[], [], []]);
  const [{ before, after }] = change.scopes as [ScopeChange];
  expect(before.world.endpoints.map(({ id }) => id).sort()).toEqual([appsId, batchId]);
  expect(after.world.endpoints.map(({ id }) => id)).toEqual([appsId]);
});
