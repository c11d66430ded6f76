import { permissionPolicies, permissionTable } from "../../../service";
import { guidePermissions } from "../../support/guide-permissions";

const actionsFor = (feature: "managed-endpoint" | "nextgen-endpoint") =>
  permissionPolicies("deploy", { regions: ["eu-central-1"], features: [feature] })
    .flatMap(({ document }) => document.Statement.flatMap(({ Action }) => Action))
    .map((action) => action.toLowerCase());

test.each(guidePermissions)(
  "%s of AWS's guide is in the deploy policy of a managed endpoint, or the table says why not",
  (action) => {
    const isIn = actionsFor("managed-endpoint").includes(action.toLowerCase());
    const explained = permissionTable.filter(
      (row) => row.action.toLowerCase() === action.toLowerCase() && row.neverCalled !== undefined,
    );
    expect(isIn || explained.length > 0).toBe(true);
  },
);

test("a managed endpoint takes nothing but what the guide lists", () => {
  const guide = guidePermissions.map((action) => action.toLowerCase());
  expect(actionsFor("managed-endpoint").filter((action) => !guide.includes(action))).toEqual([]);
});

test("an endpoint of EC2 takes no permission of OpenSearch Serverless", () => {
  expect(actionsFor("nextgen-endpoint").filter((action) => action.startsWith("aoss:"))).toEqual([]);
});
