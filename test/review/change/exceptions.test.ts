import { changeOfPlan } from "../../../review";
import { planOf, unchanged } from "./plans";
import { access, accessPolicy, apps, appsId, endpoint, network, networkPolicy, role } from "./resources";

const base = unchanged({ [apps]: endpoint(appsId) });

const lostBy = (...[before, after]: readonly (readonly string[])[]) =>
  changeOfPlan(
    planOf([
      ...base,
      {
        address: network,
        before: networkPolicy("network", { collections: before ?? [], SourceVPCEs: [appsId] }),
        after: networkPolicy("network", { collections: after ?? [], SourceVPCEs: [appsId] }),
      },
    ]),
  ).lost;

test("of a pattern that is narrowed it is told what stays", () => {
  expect(lostBy(["logs-*"], ["logs-app", "logs-b*"])).toMatchObject([
    { collections: ["logs-*"], except: ["logs-app", "logs-b*"] },
  ]);
});

test("what stays within something that stays is not told besides", () => {
  expect(lostBy(["*"], ["logs-b*", "logs-batch", "orders"])).toMatchObject([
    { collections: ["*"], except: ["logs-b*", "orders"] },
  ]);
});

test("what stays elsewhere is no exception", () => {
  const [path] = lostBy(["logs-*", "orders"], ["orders"]);
  expect(path).toEqual(expect.objectContaining({ collections: ["logs-*"] }));
  expect(path).not.toHaveProperty("except");
});

test("permissions that are kept on a part are told apart from those that are not", () => {
  const both = ["aoss:ReadDocument", "aoss:WriteDocument"];
  const { lost } = changeOfPlan(
    planOf([
      ...base,
      {
        address: access,
        before: accessPolicy("logs", [role("app")], both, ["index/logs-*/*"]),
        after: accessPolicy("logs", [role("app")], ["aoss:ReadDocument"], ["index/logs-app/*"]),
      },
    ]),
  );
  expect(
    lost.map(({ who, collections, except }) => [
      who.kind === "principal" && who.permissions,
      collections,
      except,
    ]),
  ).toEqual([
    [["aoss:ReadDocument"], ["logs-*"], ["logs-app/*"]],
    [["aoss:WriteDocument"], ["logs-*"], undefined],
  ]);
});
