import {
  allFeatures,
  checkFeature,
  permissionTable,
  statementNamesOf,
  statementPurposeOf,
  statementPurposes,
  statementReasonOf,
} from "../../../service";
import { guidePermissions } from "../../support/guide-permissions";

/** In the spelling of the service authorization reference. */
const documented = guidePermissions.map((action) => action.replace("VpcEndPoint", "VpcEndpoint")).sort();

const unique = (values: readonly string[]): string[] => [...new Set(values)].sort();

describe("the permission table", () => {
  test("a managed endpoint takes the 22 permissions of AWS's own guide, and no others", () => {
    const rows = permissionTable.filter(({ feature }) => feature === "managed-endpoint");
    expect(unique(rows.map(({ action }) => action))).toEqual(documented);
  });

  test("EC2 and Route 53 are called by AWS in the caller's name, but for what the provider reads of EC2", () => {
    const rows = permissionTable.filter(({ feature }) => feature === "managed-endpoint");
    const own = rows.filter(({ forwarded }) => !forwarded).map(({ action }) => action);
    expect(own.filter((action) => !action.startsWith("aoss:"))).toEqual(["ec2:DescribeVpcEndpoints"]);
    expect(rows.filter(({ forwarded }) => forwarded).some(({ action }) => action.startsWith("aoss:"))).toBe(
      false,
    );
  });

  test("ListVpcEndpoints and what private DNS takes are those that are documented and never called", () => {
    const rows = permissionTable.filter(({ neverCalled }) => neverCalled !== undefined);
    expect(rows.map(({ feature, action }) => `${feature} ${action}`)).toEqual([
      "managed-endpoint aoss:ListVpcEndpoints",
      "nextgen-endpoint route53:AssociateVPCWithHostedZone",
    ]);
  });

  test("only who is calling takes no permission", () => {
    const rows = permissionTable.filter(({ statements }) => statements.length === 0);
    expect(rows.map(({ action }) => action)).toEqual(["sts:GetCallerIdentity"]);
  });

  test("every feature has rows, and every statement has an action", () => {
    const features = new Set(permissionTable.map(({ feature }) => feature));
    expect(allFeatures.filter((feature) => !features.has(feature))).toEqual([]);
    const named = new Set(permissionTable.flatMap(({ statements }) => statements));
    expect(Object.keys(statementPurposes).filter((name) => !named.has(name as never))).toEqual([]);
  });

  test("no row says the same as another", () => {
    const keys = permissionTable.map(
      ({ feature, phases, action, operation, resourceTypes }) =>
        `${feature} ${phases} ${action} ${operation} ${resourceTypes}`,
    );
    expect(unique(keys)).toHaveLength(keys.length);
  });

  test("what only reads is told by its name", () => {
    const reading = /:(?:BatchGet|Get|List|Describe)/;
    const wrong = permissionTable.filter(
      ({ phases, action }) => (phases.includes("read") || phases.includes("find")) && !reading.test(action),
    );
    expect(wrong).toEqual([]);
  });
});

describe("features", () => {
  test.each(allFeatures)("%s is one", (feature) => {
    expect(checkFeature(feature)).toBeUndefined();
  });

  test("an unknown one is told with the one that was meant", () => {
    expect(checkFeature("network-policy")).toEqual({
      problem: 'no feature "network-policy"',
      remedy: expect.stringMatching(/^did you mean "network-policies"\? defined: collection-group, /),
    });
  });

  test.each(["managed-endpoint,security-group", "managed-endpoint security-group"])(
    "%s is told to be a list",
    (text) => {
      expect(checkFeature(text)).toEqual({
        problem: `"${text}" is a list, one feature is wanted`,
        remedy: "give each of them by itself",
      });
    },
  );

  test("a name that every object has is none", () => {
    expect(checkFeature("toString")?.problem).toBe('no feature "toString"');
  });
});

describe("the words for a statement", () => {
  test("a part of a split statement has those of the whole", () => {
    expect(statementPurposeOf("UseCollections3")).toBe(statementPurposes.UseCollections);
  });

  test("network and encryption policies at once have those of both", () => {
    expect(statementNamesOf("WriteNetworkAndEncryptionPolicies2")).toEqual([
      "WriteNetworkPolicies",
      "WriteEncryptionPolicies",
    ]);
    expect(statementPurposeOf("ReadNetworkAndEncryptionPolicies")).toBe(
      "read network and encryption policies",
    );
  });

  test("a statement that is none of ours has none", () => {
    expect(statementPurposeOf("AllowEverything")).toBeUndefined();
    expect(statementReasonOf("toString")).toBeUndefined();
  });
});
