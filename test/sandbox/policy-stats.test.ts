import { type Json, sandboxForEachTest } from "./raw-aws";

const aws = sandboxForEachTest();

test("an account without policies counts none", async () => {
  expect((await aws.json("GetPoliciesStats", {})).body).toEqual({
    AccessPolicyStats: { DataPolicyCount: 0 },
    SecurityPolicyStats: { EncryptionPolicyCount: 0, NetworkPolicyCount: 0 },
    SecurityConfigStats: { SamlConfigCount: 0 },
    LifecyclePolicyStats: { RetentionPolicyCount: 0 },
    TotalPolicyCount: 0,
  });
});

test("policies are counted by type, in the Region that is asked", async () => {
  const make = async (
    operation: string,
    type: string,
    count: number,
    document: (name: string) => unknown,
  ) => {
    for (let index = 0; index < count; index += 1) {
      const name = `apps-${index}`;
      const policy = JSON.stringify(document(name));
      expect((await aws.json(operation, { type, name, policy })).status).toBe(200);
    }
  };
  const rules = (name: string): Json[] => [{ ResourceType: "collection", Resource: [`collection/${name}`] }];
  await make("CreateSecurityPolicy", "encryption", 1, (name) => ({ Rules: rules(name), AWSOwnedKey: true }));
  await make("CreateSecurityPolicy", "network", 2, (name) => [{ Rules: rules(name), AllowFromPublic: true }]);
  await make("CreateAccessPolicy", "data", 3, (name) => [
    {
      Rules: [{ ...rules(name)[0], Permission: ["aoss:*"] }],
      Principal: ["arn:aws:iam::123456789012:role/apps"],
    },
  ]);
  await make("CreateLifecyclePolicy", "retention", 4, (name) => ({
    Rules: [{ ResourceType: "index", Resource: [`index/${name}/*`], MinIndexRetention: "1d" }],
  }));
  expect((await aws.json("GetPoliciesStats", {})).body).toEqual({
    AccessPolicyStats: { DataPolicyCount: 3 },
    SecurityPolicyStats: { EncryptionPolicyCount: 1, NetworkPolicyCount: 2 },
    SecurityConfigStats: { SamlConfigCount: 0 },
    LifecyclePolicyStats: { RetentionPolicyCount: 4 },
    TotalPolicyCount: 10,
  });
  expect((await aws.json("GetPoliciesStats", {}, "eu-central-1")).body).toMatchObject({
    TotalPolicyCount: 0,
  });
});
