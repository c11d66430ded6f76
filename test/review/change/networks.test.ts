import { changeOfPlan } from "../../../review";
import { parseSynthesizedConfig } from "../../../terraform";
import { lines } from "./lines";
import { type Planned, planOf, unchanged } from "./plans";
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
  outsideId,
  securityGroup,
  vpcId,
} from "./resources";

const toApps = (...collections: string[]) => networkPolicy("orders", { collections, SourceVPCEs: [appsId] });
const both = {
  [apps]: endpoint(appsId),
  [batch]: endpoint(batchId, { name: "batch", vpc_id: otherVpcId }),
};
const told = (...planned: Planned[]) => {
  const { gained, lost, unsure } = changeOfPlan(planOf([...unchanged(both), ...planned]));
  return { gained: lines(gained), lost: lines(lost), unsure: lines(unsure) };
};
const nothing = { gained: [], lost: [], unsure: [] };

describe("what a network policy opens", () => {
  test("a collection more is gained by whom the policy names", () => {
    expect(told({ address: network, before: toApps("orders"), after: toApps("orders", "invoices") })).toEqual(
      {
        ...nothing,
        gained: ["apps -> collection invoices"],
      },
    );
  });

  test("a wider pattern is gained although all known collections were open before", () => {
    const [orders, all] = [toApps("orders"), toApps("*")];
    expect(told({ address: network, before: orders, after: all })).toEqual({
      ...nothing,
      gained: ["apps -> collection *"],
    });
  });

  test("a name that a pattern covers before and after is no change", () => {
    expect(told({ address: network, before: toApps("logs-*"), after: toApps("logs-*", "logs-a") })).toEqual(
      nothing,
    );
  });

  test("a name in place of the pattern that covers it loses the rest of the pattern", () => {
    expect(told({ address: network, before: toApps("logs-*"), after: toApps("logs-a") })).toEqual({
      ...nothing,
      lost: ["apps -> collection logs-*"],
    });
  });

  test("the same in other blocks and another order is no change", () => {
    const blocks = (...names: string[]) =>
      networkPolicy("orders", ...names.map((name) => ({ collections: [name], SourceVPCEs: [appsId] })));
    expect(
      told({ address: network, before: toApps("orders", "invoices"), after: blocks("invoices", "orders") }),
    ).toEqual(nothing);
  });

  test("dashboards count only where the collection is open to the same", () => {
    const policy = (SourceVPCEs: string[]) =>
      networkPolicy(
        "orders",
        { collections: ["orders"], SourceVPCEs: [appsId] },
        { dashboards: ["orders"], SourceVPCEs },
      );
    expect(told({ address: network, before: policy([batchId]), after: policy([appsId, batchId]) })).toEqual({
      ...nothing,
      gained: ["apps -> dashboard orders"],
    });
  });

  test("a service gains the collection and never its dashboards", () => {
    const after = networkPolicy(
      "orders",
      { collections: ["orders"], SourceVPCEs: [appsId] },
      { collections: ["orders"], dashboards: ["orders"], SourceServices: ["bedrock.amazonaws.com"] },
    );
    expect(told({ address: network, before: toApps("orders"), after })).toEqual({
      ...nothing,
      gained: ["bedrock.amazonaws.com -> collection orders"],
    });
  });

  test("an endpoint that only the policy knows is named by its id", () => {
    const after = networkPolicy("orders", { collections: ["orders"], SourceVPCEs: [appsId, outsideId] });
    expect(told({ address: network, before: toApps("orders"), after }).gained).toEqual([
      `${outsideId} -> collection orders`,
    ]);
  });
});

describe("the public", () => {
  const open = networkPolicy("orders", { collections: ["orders"], AllowFromPublic: true });

  test("is told alone where it comes in, since it takes in every endpoint", () => {
    expect(told({ address: network, before: toApps("orders"), after: open })).toEqual({
      ...nothing,
      gained: ["public -> collection orders"],
    });
  });

  test("takes along what endpoints had through it alone", () => {
    expect(told({ address: network, before: open, after: toApps("orders") })).toEqual({
      ...nothing,
      lost: ["public -> collection orders", "batch -> collection orders"],
    });
  });

  test("leaves nothing to gain for an endpoint that is named beside it", () => {
    const second = { address: "aws_opensearchserverless_security_policy.second", after: toApps("orders") };
    expect(told({ address: network, before: open, after: open }, second)).toEqual(nothing);
  });
});

describe("collections", () => {
  test("one that is made under a pattern that was granted is gained by whom the pattern is granted to", () => {
    expect(
      told(...unchanged({ [network]: toApps("ord*") }), { address: orders, after: collection("orders") }),
    ).toEqual({
      ...nothing,
      gained: ["apps -> collection orders"],
    });
  });

  test("one that is destroyed is lost, the pattern is not", () => {
    expect(
      told(...unchanged({ [network]: toApps("ord*") }), { address: orders, before: collection("orders") }),
    ).toEqual({
      ...nothing,
      lost: ["apps -> collection orders"],
    });
  });

  test("one that Terraform forgets or takes over is there all the while", () => {
    const forgotten: Planned = {
      address: orders,
      before: collection("orders"),
      after: collection("orders"),
      actions: ["forget"],
    };
    expect(told(...unchanged({ [network]: toApps("ord*") }), forgotten)).toEqual(nothing);
  });

  test("one that is replaced under its name is cut off until it is there again", () => {
    const change = changeOfPlan(
      planOf([
        ...unchanged({ ...both, [network]: toApps("orders") }),
        {
          address: orders,
          before: collection("orders"),
          after: collection("orders", { id: undefined, arn: undefined, type: "VECTORSEARCH" }),
          actions: ["delete", "create"],
          replacedFor: ["type"],
          unknown: { id: true, arn: true },
        },
      ]),
    );
    expect([change.gained, change.lost]).toEqual([[], []]);
    expect(
      change.interruptions.map(({ reason, address, because, loses }) => ({
        reason,
        address,
        because,
        loses: lines(loses),
      })),
    ).toEqual([
      {
        reason: "collection-replaced",
        address: orders,
        because: ["type"],
        loses: ["apps -> collection orders"],
      },
    ]);
  });
});

describe("endpoints", () => {
  const renamed: Planned = {
    address: apps,
    before: endpoint(appsId),
    after: endpoint(undefined, { name: "applications" }),
    actions: ["delete", "create"],
    replacedFor: ["name"],
    unknown: { id: true },
  };
  const later: Planned = {
    address: network,
    before: toApps("orders"),
    after: { ...toApps("orders"), policy: undefined },
    unknown: { policy: true },
  };
  const ofGroup = unchanged({ [group]: securityGroup(groupId) });
  const changed = (...planned: Planned[]) => changeOfPlan(planOf([...ofGroup, ...planned]));

  test("one that goes takes its paths along, also where a policy goes on naming it", () => {
    const { lost } = changed(
      { address: apps, before: endpoint(appsId) },
      ...unchanged({ [network]: toApps("orders") }),
    );
    expect(lines(lost)).toEqual(["apps -> collection orders"]);
  });

  test("one that is replaced keeps what the policy grants its new id, and is cut off meanwhile", () => {
    const config = parseSynthesizedConfig(
      JSON.stringify({
        resource: {
          aws_opensearchserverless_vpc_endpoint: { apps: { name: "applications", vpc_id: vpcId } },
          aws_opensearchserverless_security_policy: {
            network: {
              name: "orders",
              type: "network",
              policy:
                '[{"AllowFromPublic":false,"Rules":[{"Resource":["collection/orders"],"ResourceType":"collection"}],"SourceVPCEs":["${aws_opensearchserverless_vpc_endpoint.apps.id}"]}]',
            },
          },
        },
      }),
      "cdk.tf.json",
    );
    const change = changeOfPlan(planOf([...ofGroup, renamed, later]), config);
    expect([change.gained, change.lost, change.unsure, change.notSeen]).toEqual([[], [], [], []]);
    expect(change.unchanged).toBe(1);
    const [interruption, ...others] = change.interruptions;
    expect(others).toEqual([]);
    expect(interruption).toMatchObject({
      reason: "endpoint-replaced",
      address: apps,
      name: "apps",
      vpcIds: [vpcId],
      because: ["name"],
      seconds: [309, 436],
    });
    expect(lines(interruption?.loses ?? [])).toEqual(["apps -> collection orders"]);
  });

  test("what the plan leaves to the apply is told as not sure, not as lost", () => {
    const change = changed(renamed, later);
    expect([lines(change.gained), lines(change.lost), lines(change.unsure)]).toEqual([
      [],
      [],
      ["apps -> collection orders"],
    ]);
    expect(change.notSeen).toEqual([expect.stringContaining(`${network}: what this network policy says`)]);
    expect(change.interruptions.map(({ loses }) => lines(loses))).toEqual([["apps -> collection orders"]]);
  });

  test("a policy that holds the old id as a text loses the endpoint for good", () => {
    const change = changed(renamed, ...unchanged({ [network]: toApps("orders") }));
    expect(lines(change.lost)).toEqual(["apps -> collection orders"]);
    expect(change.interruptions).toEqual([]);
  });

  test("one that is made in another VPC is another: the old VPC loses for good", () => {
    const change = changed(
      { ...renamed, after: endpoint(undefined, { vpc_id: otherVpcId }), replacedFor: ["vpc_id"] },
      later,
    );
    expect([lines(change.lost), change.unsure, change.interruptions]).toEqual([
      ["apps -> collection orders"],
      [],
      [],
    ]);
  });

  test("one with another address in the same VPC takes the place of the one that goes", () => {
    const change = changed(
      { address: apps, before: endpoint(appsId) },
      { address: batch, after: endpoint(undefined, { name: "applications" }), unknown: { id: true } },
      later,
    );
    expect([change.lost, lines(change.unsure)]).toEqual([[], ["apps -> collection orders"]]);
    expect(change.interruptions.map(({ reason, address, vpcIds }) => ({ reason, address, vpcIds }))).toEqual([
      { reason: "endpoint-moved", address: apps, vpcIds: [vpcId] },
    ]);
  });

  test("a moved address is no change", () => {
    const change = changed(
      { address: batch, movedFrom: apps, before: endpoint(appsId), after: endpoint(appsId) },
      ...unchanged({ [network]: toApps("orders") }),
    );
    expect([change.gained, change.lost, change.unsure, change.interruptions, change.unchanged]).toEqual([
      [],
      [],
      [],
      [],
      1,
    ]);
  });
});

describe("policies", () => {
  const renamedPolicy: Planned = {
    address: network,
    before: toApps("orders"),
    after: { ...toApps("orders"), name: "renamed" },
    actions: ["delete", "create"],
    replacedFor: ["name"],
  };
  const interruptionsOf = (...planned: Planned[]) =>
    changeOfPlan(planOf([...unchanged(both), ...planned])).interruptions.map(
      ({ reason, address, loses }) => ({ reason, address, loses: lines(loses) }),
    );

  test("one that makes place for its successor is a gap", () => {
    expect(told(renamedPolicy)).toEqual(nothing);
    expect(interruptionsOf(renamedPolicy)).toEqual([
      { reason: "policy-replaced", address: network, loses: ["apps -> collection orders"] },
    ]);
  });

  test("one whose successor is made first is none", () => {
    expect(interruptionsOf({ ...renamedPolicy, actions: ["create", "delete"] })).toEqual([]);
  });

  test("what another policy opens too is not cut off", () => {
    const other = unchanged({
      "aws_opensearchserverless_security_policy.all": networkPolicy("all", {
        collections: ["*"],
        SourceVPCEs: [appsId],
      }),
    });
    expect(interruptionsOf(renamedPolicy, ...other)).toEqual([]);
  });
});
