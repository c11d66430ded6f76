import { changeOfPlan } from "../../../review";
import { lines } from "./lines";
import { type Planned, planOf, unchanged } from "./plans";
import {
  apps,
  appsId,
  collection,
  endpoint,
  group,
  groupId,
  ingress,
  network,
  networkPolicy,
  orders,
  outsideId,
  rule,
  securityGroup,
} from "./resources";

const policy = (...SourceVPCEs: string[]) =>
  networkPolicy("orders", { collections: ["orders"], SourceVPCEs });
const base = { [apps]: endpoint(appsId), [network]: policy(appsId) };
const change = (...planned: Planned[]) => {
  const own = new Set(planned.map(({ address }) => address));
  return changeOfPlan(planOf([...unchanged(base).filter(({ address }) => !own.has(address)), ...planned]));
};

test("without drift there is none", () => {
  expect(change().drift).toEqual({ resources: [], gained: [], lost: [], unsure: [], unchanged: 0 });
});

test("what somebody added to a policy is gained by drift and lost by the plan that sets it back", () => {
  const { drift, gained, lost } = change({
    address: network,
    recorded: policy(appsId),
    before: policy(appsId, outsideId),
    after: policy(appsId),
  });
  expect(drift.resources).toEqual([
    {
      address: network,
      type: "aws_opensearchserverless_security_policy",
      action: "update",
      attributes: ["policy"],
      overwritten: true,
    },
  ]);
  expect([lines(drift.gained), drift.lost]).toEqual([[`${outsideId} -> collection orders`], []]);
  expect([gained, lines(lost)]).toEqual([[], [`${outsideId} -> collection orders`]]);
});

test("what the configuration took over is drift and no change", () => {
  const both = policy(appsId, outsideId);
  const { drift, gained, lost } = change({
    address: network,
    recorded: policy(appsId),
    before: both,
    after: both,
  });
  expect(drift.resources.map(({ overwritten }) => overwritten)).toEqual([false]);
  expect(lines(drift.gained)).toEqual([`${outsideId} -> collection orders`]);
  expect([gained, lost]).toEqual([[], []]);
});

test("an endpoint that somebody deleted is lost by drift, although the policy still names it, and gained when it is made again", () => {
  const { drift, gained, unsure } = change(
    { address: apps, recorded: endpoint(appsId), after: endpoint(undefined), unknown: { id: true } },
    {
      address: network,
      before: policy(appsId),
      after: { ...policy(), policy: undefined },
      unknown: { policy: true },
    },
  );
  expect(drift.resources).toEqual([
    {
      address: apps,
      type: "aws_opensearchserverless_vpc_endpoint",
      action: "delete",
      attributes: [],
      overwritten: true,
    },
  ]);
  expect(lines(drift.lost)).toEqual(["apps -> collection orders"]);
  // the policy is left to the apply: what it will open is not known, and nothing is open now
  expect([gained, unsure]).toEqual([[], []]);
});

test("rules that a group lists because resources made them are nobody else's change", () => {
  const rules = [{ protocol: "tcp", from_port: 443, to_port: 443, cidr_blocks: ["10.20.0.0/16"] }];
  const plan = planOf([
    ...unchanged({ ...base, [rule]: ingress("10.20.0.0/16") }),
    {
      address: group,
      recorded: securityGroup(groupId),
      before: securityGroup(groupId, { ingress: rules }),
      after: securityGroup(groupId, { ingress: rules }),
    },
  ]);
  const configuration = {
    root_module: {
      resources: [
        { mode: "managed", type: "aws_security_group", name: "apps", expressions: { name: {}, vpc_id: {} } },
      ],
    },
  };
  expect(changeOfPlan({ ...plan, configuration }).drift.resources).toEqual([]);
});

test("new default tags are not somebody's change of a collection", () => {
  const { drift } = change({
    address: orders,
    recorded: collection("orders", { tags_all: {} }),
    before: collection("orders", { tags_all: { team: "search" } }),
    after: collection("orders", { tags_all: { team: "search" } }),
  });
  expect(drift.resources).toEqual([]);
});

test("a rule that no resource makes is somebody's change of its group", () => {
  const rules = (...cidrs: string[]) =>
    securityGroup(groupId, {
      ingress: cidrs.map((cidr) => ({ protocol: "tcp", from_port: 443, to_port: 443, cidr_blocks: [cidr] })),
    });
  const [before, after] = [rules("10.20.0.0/16"), rules("10.20.0.0/16", "10.99.0.0/16")];
  const plan = planOf([
    ...unchanged({ ...base, [rule]: ingress("10.20.0.0/16") }),
    { address: group, recorded: before, before: after, after },
  ]);
  const { drift, gained, lost } = changeOfPlan(plan);
  expect(drift.resources).toEqual([
    {
      address: group,
      type: "aws_security_group",
      action: "update",
      attributes: ["ingress"],
      overwritten: false,
    },
  ]);
  expect(lines(drift.gained)).toEqual(["10.99.0.0/16 via apps -> collection orders"]);
  expect([gained, lost]).toEqual([[], []]);
});
