import { changeOfPlan } from "../../../review";
import { interruptionText } from "../../../review/report/verdict";
import { lines } from "./lines";
import { type Planned, planOf, unchanged } from "./plans";
import {
  apps,
  appsId,
  endpoint,
  group,
  groupId,
  ingress,
  network,
  networkPolicy,
  rule,
  securityGroup,
} from "./resources";

const base = {
  [apps]: endpoint(appsId),
  [group]: securityGroup(groupId),
  [network]: networkPolicy("orders", { collections: ["orders"], SourceVPCEs: [appsId] }),
};
const second = "aws_vpc_security_group_ingress_rule.second";
const change = (...planned: Planned[]) => changeOfPlan(planOf([...unchanged(base), ...planned]));
const told = (...planned: Planned[]) => {
  const { gained, lost, unsure } = change(...planned);
  return { gained: lines(gained), lost: lines(lost), unsure: lines(unsure) };
};
const nothing = { gained: [], lost: [], unsure: [] };

test("a rule more is a source that gains what its endpoint opens", () => {
  expect(told({ address: rule, after: ingress("10.30.0.0/16") })).toEqual({
    ...nothing,
    gained: ["10.30.0.0/16 via apps -> collection orders"],
  });
});

test("a rule within another changes nothing", () => {
  expect(
    told(...unchanged({ [rule]: ingress("10.20.0.0/16") }), {
      address: second,
      after: ingress("10.20.3.0/24"),
    }),
  ).toEqual(nothing);
});

test("of a block that is narrowed the part that goes is told", () => {
  // 10.20.0.0/16 without its first half
  expect(told({ address: rule, before: ingress("10.20.0.0/16"), after: ingress("10.20.0.0/17") })).toEqual({
    ...nothing,
    lost: ["10.20.0.0/16 (10.20.128.0/17) via apps -> collection orders"],
  });
});

test("of a block that is widened the part that comes is told", () => {
  expect(told({ address: rule, before: ingress("10.20.0.0/17"), after: ingress("10.20.0.0/16") })).toEqual({
    ...nothing,
    gained: ["10.20.0.0/16 (10.20.128.0/17) via apps -> collection orders"],
  });
});

test("a rule for another port lets nobody in", () => {
  expect(told({ address: rule, after: ingress("10.30.0.0/16", { from_port: 8443, to_port: 8443 }) })).toEqual(
    nothing,
  );
});

test("a source that goes may still come in by rules that are kept elsewhere", () => {
  const other = {
    ...base,
    [apps]: endpoint(appsId, { security_group_ids: [groupId, "sg-0ffffffffffffffff"] }),
  };
  const { lost, unsure } = changeOfPlan(
    planOf([...unchanged(other), { address: rule, before: ingress("10.20.0.0/16") }]),
  );
  expect([lines(lost), lines(unsure)]).toEqual([[], ["10.20.0.0/16 via apps -> collection orders"]]);
});

test("a source of an endpoint that opens nothing is told all the same", () => {
  const { [network]: _, ...without } = base;
  const { gained } = changeOfPlan(
    planOf([...unchanged(without), { address: rule, after: ingress("10.30.0.0/16") }]),
  );
  expect(lines(gained)).toEqual(["10.30.0.0/16 via apps -> collection"]);
});

describe("while the plan is applied", () => {
  const interruptions = (...planned: Planned[]) =>
    change(...planned).interruptions.map(({ reason, address, loses }) => ({
      reason,
      address,
      loses: lines(loses),
    }));
  const replaced = (actions: Planned["actions"]): Planned => ({
    address: rule,
    before: ingress("10.20.0.0/16"),
    after: ingress("10.20.0.0/16", { id: undefined, description: "apps" }),
    actions: actions ?? [],
    unknown: { id: true },
  });

  test("a rule that is deleted before its successor is made cuts off its source", () => {
    expect(interruptions(replaced(["delete", "create"]))).toEqual([
      { reason: "source-replaced", address: rule, loses: ["10.20.0.0/16 via apps -> collection orders"] },
    ]);
  });

  test("a rule whose successor is made first cuts off nobody", () => {
    expect(interruptions(replaced(["create", "delete"]))).toEqual([]);
  });

  test("of a rule that is replaced by a narrower one what both let in is cut off", () => {
    expect(
      interruptions({
        address: rule,
        before: ingress("10.20.0.0/16"),
        after: ingress("10.20.4.0/24", { id: undefined }),
        actions: ["delete", "create"],
        unknown: { id: true },
      }),
    ).toEqual([
      {
        reason: "source-replaced",
        address: rule,
        loses: ["10.20.0.0/16 (10.20.4.0/24) via apps -> collection orders"],
      },
    ]);
  });

  test("a rule that goes where another comes names its source, not its VPC", () => {
    const plan = planOf([
      ...unchanged(base),
      { address: rule, before: ingress("10.20.0.0/16") },
      { address: second, after: ingress("10.16.0.0/12", { id: undefined }), unknown: { id: true } },
    ]);
    expect(changeOfPlan(plan).interruptions.map(interruptionText)).toEqual([
      `rule ${rule} goes first: 10.20.0.0/16 via apps is cut off from orders until the rule that lets it in afterwards is made, which may be later: nothing puts the two in order`,
    ]);
  });

  test("a source is not told besides its endpoint that is replaced", () => {
    const { [apps]: before, ...rest } = base;
    const plan = planOf([
      // open to whichever endpoint the VPC has, before and after
      ...unchanged({
        ...rest,
        [network]: networkPolicy("orders", { collections: ["orders"], AllowFromPublic: true }),
      }),
      {
        address: apps,
        before,
        after: endpoint(undefined, { name: "apps2" }),
        actions: ["delete", "create"],
        unknown: { id: true },
        replacedFor: ["name"],
      },
      replaced(["delete", "create"]),
    ]);
    expect(changeOfPlan(plan).interruptions.map(({ reason }) => reason)).toEqual(["endpoint-replaced"]);
  });

  test("a source that another one covers is not cut off", () => {
    expect(
      interruptions(replaced(["delete", "create"]), ...unchanged({ [second]: ingress("10.0.0.0/8") })),
    ).toEqual([]);
  });

  test("a group that is destroyed first cuts off the endpoint whose only group it is", () => {
    const { [group]: __, [apps]: ___, ...rest } = base;
    const other = "<new>";
    const plan = planOf([
      ...unchanged(rest),
      {
        address: group,
        before: securityGroup(groupId),
        after: securityGroup(other, { id: undefined, description: "new" }),
        actions: ["delete", "create"],
        replacedFor: ["description"],
        unknown: { id: true },
      },
      {
        address: apps,
        before: endpoint(appsId),
        after: endpoint(appsId, { security_group_ids: undefined }),
        unknown: { security_group_ids: true },
      },
      {
        address: rule,
        before: ingress("10.20.0.0/16"),
        after: ingress("10.20.0.0/16", { id: undefined, security_group_id: undefined }),
        actions: ["delete", "create"],
        replacedFor: ["security_group_id"],
        unknown: { id: true, security_group_id: true },
      },
    ]);
    const { interruptions: told } = changeOfPlan(plan);
    expect(
      told.map(({ reason, address, because, loses }) => ({ reason, address, because, loses: lines(loses) })),
    ).toEqual([
      {
        reason: "security-group-replaced",
        address: group,
        because: ["description"],
        loses: ["apps -> collection orders"],
      },
    ]);
  });
});

test("what is not known of who gets in through an endpoint is told", () => {
  const elsewhere = { ...base, [apps]: endpoint(appsId, { security_group_ids: ["sg-0ffffffffffffffff"] }) };
  expect(changeOfPlan(planOf(unchanged(elsewhere))).notSeen).toEqual([
    "sources of apps: the rules of sg-0ffffffffffffffff, which are kept elsewhere",
  ]);
});

describe("where the policy changes with the source", () => {
  const otherNetwork = networkPolicy("orders", { collections: ["logs"], SourceVPCEs: [appsId] });
  const { [network]: before, ...kept } = base;

  test("one that goes loses what was open, one that comes gains what is open afterwards", () => {
    const { gained, lost } = changeOfPlan(
      planOf([
        ...unchanged(kept),
        { address: network, before, after: otherNetwork },
        { address: rule, before: ingress("10.20.0.0/16"), after: ingress("10.30.0.0/16") },
      ]),
    );
    expect(lines(gained)).toEqual(["apps -> collection logs", "10.30.0.0/16 via apps -> collection logs"]);
    expect(lines(lost)).toEqual(["apps -> collection orders", "10.20.0.0/16 via apps -> collection orders"]);
  });

  test("of one that comes it is not said that it gains nothing while the policy is not known", () => {
    const { gained, lost } = changeOfPlan(
      planOf([
        ...unchanged(kept),
        { address: network, before, after: { ...before, policy: undefined }, unknown: { policy: true } },
        { address: rule, before: ingress("10.20.0.0/16"), after: ingress("10.30.0.0/16") },
      ]),
    );
    expect(gained).toMatchObject([{ collections: [], untold: true }]);
    expect(lines(lost)).toEqual(["10.20.0.0/16 via apps -> collection orders"]);
  });
});
