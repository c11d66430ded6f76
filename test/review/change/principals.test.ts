import { changeOfPlan } from "../../../review";
import { lines } from "./lines";
import { type Planned, planOf } from "./plans";
import { access, accessPolicy, account, role } from "./resources";

const told = (...planned: Planned[]) => {
  const { gained, lost, unsure } = changeOfPlan(planOf(planned));
  return { gained: lines(gained), lost: lines(lost), unsure: lines(unsure) };
};
const nothing = { gained: [], lost: [], unsure: [] };
const reader = role("reader");
const reading = (...more: Parameters<typeof accessPolicy>[2]) =>
  accessPolicy("orders", [reader], ["aoss:ReadDocument", ...more]);

test("a permission more is gained, and only that", () => {
  expect(told({ address: access, before: reading(), after: reading("aoss:WriteDocument") })).toEqual({
    ...nothing,
    gained: [`${reader} aoss:WriteDocument index * -> collection orders`],
  });
});

test("what aoss:* covers is no change on its side", () => {
  const all = accessPolicy("orders", [reader], ["aoss:*"]);
  expect(told({ address: access, before: reading(), after: all })).toEqual({
    ...nothing,
    gained: [`${reader} aoss:* index * -> collection orders`],
  });
});

test("narrower indexes in place of wider ones lose what is wider", () => {
  const narrow = accessPolicy("orders", [reader], ["aoss:ReadDocument"], ["index/orders/2026-*"]);
  expect(told({ address: access, before: reading(), after: narrow })).toEqual({
    ...nothing,
    lost: [`${reader} aoss:ReadDocument index * -> collection orders`],
  });
});

test("the same through another policy is no change", () => {
  const renamed = { ...reading(), name: "renamed" };
  expect(told({ address: access, before: reading(), after: renamed, actions: ["create", "delete"] })).toEqual(
    nothing,
  );
});

test("a policy that is replaced is a gap for its principals", () => {
  const renamed = { ...reading(), name: "renamed" };
  const plan = planOf([
    {
      address: access,
      before: reading(),
      after: renamed,
      actions: ["delete", "create"],
      replacedFor: ["name"],
    },
  ]);
  expect(changeOfPlan(plan).interruptions.map(({ reason, loses }) => [reason, lines(loses)])).toEqual([
    ["policy-replaced", [`${reader} aoss:ReadDocument index * -> collection orders`]],
  ]);
});

test("a principal of another account gains nothing", () => {
  const before = { ...reading() };
  const after = accessPolicy(
    "orders",
    [reader, "arn:aws:iam::210987654321:role/reader"],
    ["aoss:ReadDocument"],
  );
  const identity: Planned = {
    address: "aws_opensearchserverless_collection.orders",
    before: { name: "orders", arn: `arn:aws:aoss:eu-central-1:${account}:collection/a` },
    after: { name: "orders", arn: `arn:aws:aoss:eu-central-1:${account}:collection/a` },
  };
  expect(told({ address: access, before, after }, identity)).toEqual(nothing);
});

test("a policy that is left to the apply makes losses unsure", () => {
  expect(
    told({
      address: access,
      before: reading(),
      after: { ...reading(), policy: undefined },
      unknown: { policy: true },
    }),
  ).toEqual({
    ...nothing,
    unsure: [`${reader} aoss:ReadDocument index * -> collection orders`],
  });
});
