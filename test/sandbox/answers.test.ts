import { aossOperations } from "../../sandbox/aoss/service";
import { type Json, sandboxForEachTest, subnetId, vpcId } from "./raw-aws";
import { operations, shapes } from "./wire-requests";

const aws = sandboxForEachTest();
const numbers = ["float", "integer", "long"];

/** The members of an answer that the model does not know, or that have another type there. */
function strangers(name: string, value: unknown, path: string): string[] {
  const shape = shapes[name];
  if (shape?.document) return [];
  if (shape?.type === "structure") {
    return Object.entries(value as Json).flatMap(([key, member]) => {
      const known = shape.members?.[key];
      return known ? strangers(known.shape, member, `${path}.${key}`) : [`${path}.${key}`];
    });
  }
  if (shape?.type === "list") {
    return (value as unknown[]).flatMap((item) => strangers(shape.member?.shape ?? "", item, path));
  }
  if (shape?.enum && !shape.enum.includes(String(value))) return [path];
  return typeof value === (numbers.includes(shape?.type ?? "") ? "number" : shape?.type) ? [] : [path];
}

const answered = new Set<string>();

/** The answer to a call that must go through and hold nothing that the model does not know. */
async function call(operation: string, input: Json): Promise<Json> {
  const { status, message, body } = await aws.json(operation, input);
  expect([operation, status, status === 200 ? "" : message]).toEqual([operation, 200, ""]);
  expect(strangers(operations[operation]?.output ?? "", body, operation)).toEqual([]);
  answered.add(operation);
  return body;
}

const memberOf = (body: Json, member: string): Json => body[member] as Json;
const rules = [{ ResourceType: "collection", Resource: ["collection/*"] }];

describe("answers hold what the model knows and nothing else", () => {
  test("to calls on endpoints", async () => {
    const created = await call("CreateVpcEndpoint", { name: "apps", vpcId, subnetIds: [subnetId(1)] });
    const { id } = memberOf(created, "createVpcEndpointDetail");
    await call("BatchGetVpcEndpoint", { ids: [id, "vpce-0"] });
    await call("ListVpcEndpoints", {});
    await call("UpdateVpcEndpoint", { id, removeSubnetIds: [subnetId(1)], addSubnetIds: [subnetId(2)] });
    await call("DeleteVpcEndpoint", { id });
  });

  test.each([
    ["network", "SecurityPolicy", "SecurityPolicies", [{ Rules: rules, AllowFromPublic: true }]],
    ["encryption", "SecurityPolicy", "SecurityPolicies", { Rules: rules, AWSOwnedKey: true }],
    [
      "data",
      "AccessPolicy",
      "AccessPolicies",
      [
        {
          Rules: [{ ...rules[0], Permission: ["aoss:*"] }],
          Principal: ["arn:aws:iam::123456789012:role/apps"],
        },
      ],
    ],
    [
      "retention",
      "LifecyclePolicy",
      "LifecyclePolicies",
      { Rules: [{ ResourceType: "index", Resource: ["index/logs/*"], MinIndexRetention: "1d" }] },
    ],
  ])("to calls on policies of type %s", async (type, family, plural, document) => {
    const key = { type, name: "apps" };
    const detail = `${family.charAt(0).toLowerCase()}${family.slice(1)}Detail`;
    const made = await call(`Create${family}`, { ...key, policy: JSON.stringify(document) });
    const { policyVersion } = memberOf(made, detail);
    if (type === "retention") {
      await call("BatchGetLifecyclePolicy", { identifiers: [key, { type, name: "none" }] });
      await call("BatchGetEffectiveLifecyclePolicy", {
        resourceIdentifiers: [
          { type, resource: "index/logs/one" },
          { type, resource: "index/other/one" },
        ],
      });
    } else {
      await call(`Get${family}`, key);
    }
    await call(`Update${family}`, { ...key, policyVersion, description: "apps" });
    await call(`List${plural}`, { type });
    await call("GetPoliciesStats", {});
    await call(`Delete${family}`, key);
  });

  test.each([
    [
      "saml",
      {
        samlOptions: {
          metadata:
            '<IDPSSODescriptor><X509Certificate>MIIC</X509Certificate><SingleSignOnService Location="https://x"/></IDPSSODescriptor>',
        },
      },
    ],
    [
      "iamidentitycenter",
      { iamIdentityCenterOptions: { instanceArn: "arn:aws:sso:::instance/ssoins-0123456789abcdef" } },
    ],
    ["iamfederation", { iamFederationOptions: { userAttribute: "name" } }],
  ])("to calls on security configurations of type %s", async (type, options) => {
    const made = await call("CreateSecurityConfig", { type, name: "apps", ...options });
    const { id, configVersion } = memberOf(made, "securityConfigDetail");
    await call("GetSecurityConfig", { id });
    await call("ListSecurityConfigs", { type });
    await call("UpdateSecurityConfig", { id, configVersion, description: "apps" });
    await call("DeleteSecurityConfig", { id });
  });

  test("to calls on collections, groups, tags and settings", async () => {
    const tags = [{ key: "team", value: "search" }];
    const group = memberOf(
      await call("CreateCollectionGroup", { name: "apps", standbyReplicas: "ENABLED", tags }),
      "createCollectionGroupDetail",
    );
    await call("BatchGetCollectionGroup", { names: ["apps", "none"] });
    await call("ListCollectionGroups", {});
    await call("UpdateCollectionGroup", { id: group["id"], description: "apps" });
    const collection = memberOf(
      await call("CreateCollection", { name: "logs", tags, encryptionConfig: { aWSOwnedKey: true } }),
      "createCollectionDetail",
    );
    await call("BatchGetCollection", { ids: [collection["id"], "none"] });
    await call("ListCollections", {});
    await call("UpdateCollection", { id: collection["id"], description: "logs" });
    const resourceArn = collection["arn"];
    await call("TagResource", { resourceArn, tags: [{ key: "stage", value: "test" }] });
    await call("ListTagsForResource", { resourceArn });
    await call("UntagResource", { resourceArn, tagKeys: ["stage"] });
    await call("GetAccountSettings", {});
    await call("UpdateAccountSettings", { capacityLimits: { maxSearchCapacityInOCU: 4 } });
    await call("DeleteCollection", { id: collection["id"] });
    await call("DeleteCollectionGroup", { id: group["id"] });
  });

  test("to every operation that is served", () => {
    expect([...answered].sort()).toEqual([...aossOperations.keys()].sort());
  });
});
