import type { Dice } from "./random-from";
import type { KnownIds } from "./random-ids";

type Input = Readonly<Record<string, unknown>>;

/** The input of each operation of OpenSearch Serverless, as clients send it; the names are few, so that requests meet. */
export function randomAoss({ next, below, one }: Dice, ids: KnownIds): Readonly<Record<string, () => Input>> {
  const name = (start: string, count = 30) => `${start}-${below(count)}`;
  const sometimes = (input: Input): Input => (next() < 0.3 ? input : {});
  const token = () => sometimes({ clientToken: `token-${below(2_000)}` });
  const page = (): Input => sometimes({ maxResults: 1 + below(100) });
  const tags = () => [{ key: `key-${below(9)}`, value: "v" }];
  const of = (type: "collection" | "index", more: object = {}) => ({
    ResourceType: type,
    Resource: [`${type}/logs-${below(30)}${type === "index" ? "/*" : "*"}`],
    ...more,
  });
  const security = (): { readonly type: string; readonly policy: object } =>
    one([
      { type: "network", policy: [{ Rules: [of("collection")], AllowFromPublic: true }] },
      { type: "encryption", policy: { Rules: [of("collection")], AWSOwnedKey: true } },
    ]);
  const data = () => [
    {
      Rules: [of("index", { Permission: ["aoss:ReadDocument"] })],
      Principal: ["arn:aws:iam::123456789012:root"],
    },
  ];
  const retention = () => ({ Rules: [of("index", { MinIndexRetention: `${1 + below(30)}d` })] });
  const text = JSON.stringify;
  const update = (policy: unknown, ...types: readonly string[]): Input => {
    const { type, name: known, version } = ids.versioned(...types);
    return { type, name: known, policyVersion: version, policy: text(policy) };
  };
  const securityUpdate = (): Input => {
    const { type, policy } = security();
    return update(policy, type);
  };
  const securityNames = () => ({ type: one(["network", "encryption"]), name: name("policy") });
  const capacityLimits = () => ({
    maxIndexingCapacityInOCU: one([2, 8, 16, 3, -1]),
    maxSearchCapacityInOCU: 16,
  });
  const samlOptions = {
    metadata:
      '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="idp"><IDPSSODescriptor>' +
      "<KeyDescriptor><X509Certificate>MIIC</X509Certificate></KeyDescriptor>" +
      '<SingleSignOnService Location="https://idp.example.com/sso"/></IDPSSODescriptor></EntityDescriptor>',
  };
  const federation = { iamFederationOptions: { userAttribute: "uid" } };
  const configId = () => ids.versioned("saml", "iamidentitycenter", "iamfederation").name;
  const collectionId = () => ({ id: ids.one("collection") });
  const groupId = () => ({ id: ids.one("group") });
  const endpointId = () => ({ id: ids.one(next() < 0.9 ? "managed" : "vpce") });
  const placed = { vpcId: "vpc-0a1b2c3d4e5f60718", subnetIds: ["subnet-0a1b2c3d4e5f60711"] };

  return {
    BatchGetCollection: () => one<Input>([{ names: [name("logs")] }, { ids: [ids.one("collection")] }]),
    BatchGetCollectionGroup: () => one<Input>([{ names: [name("group", 9)] }, { ids: [ids.one("group")] }]),
    BatchGetEffectiveLifecyclePolicy: () => ({
      resourceIdentifiers: [{ type: "retention", resource: `index/${name("logs")}/a` }],
    }),
    BatchGetLifecyclePolicy: () => ({ identifiers: [{ type: "retention", name: name("policy") }] }),
    BatchGetVpcEndpoint: () => ({ ids: [ids.one("vpce")] }),
    CreateAccessPolicy: () => ({ type: "data", name: name("policy"), policy: text(data()), ...token() }),
    CreateCollection: () => ({
      name: name("logs"),
      tags: tags(),
      ...sometimes({ collectionGroupName: name("group", 9) }),
      ...sometimes({ encryptionConfig: { aWSOwnedKey: true } }),
      ...token(),
    }),
    CreateCollectionGroup: () => ({
      name: name("group", 9),
      standbyReplicas: "ENABLED",
      generation: one(["CLASSIC", "NEXTGEN"]),
      tags: tags(),
      ...sometimes({ capacityLimits: capacityLimits() }),
    }),
    CreateLifecyclePolicy: () => ({ type: "retention", name: name("policy"), policy: text(retention()) }),
    CreateSecurityConfig: () => ({
      name: name("config", 9),
      ...one<Input>([
        { type: "saml", samlOptions },
        { type: "iamfederation", ...federation },
        {
          type: "iamidentitycenter",
          iamIdentityCenterOptions: { instanceArn: "arn:aws:sso:::instance/ssoins-0123456789abcdef" },
        },
      ]),
    }),
    CreateSecurityPolicy: () => {
      const { type, policy } = security();
      return { type, name: name("policy"), policy: text(policy), ...token() };
    },
    CreateVpcEndpoint: () => ({
      name: name("apps", 9),
      ...one([
        placed,
        { vpcId: `vpc-0000000${below(9)}`, subnetIds: [`subnet-0000000${below(9)}`] },
        { vpcId: ids.one("vpc"), subnetIds: [ids.one("subnet")] },
      ]),
      ...token(),
    }),
    DeleteAccessPolicy: () => ({ type: "data", name: name("policy") }),
    DeleteCollection: collectionId,
    DeleteCollectionGroup: groupId,
    DeleteLifecyclePolicy: () => ({ type: "retention", name: name("policy") }),
    DeleteSecurityConfig: () => ({ id: configId() }),
    DeleteSecurityPolicy: securityNames,
    DeleteVpcEndpoint: endpointId,
    GetAccessPolicy: () => ({ type: "data", name: name("policy") }),
    GetAccountSettings: () => ({}),
    GetPoliciesStats: () => ({}),
    GetSecurityConfig: () => ({ id: configId() }),
    GetSecurityPolicy: securityNames,
    ListAccessPolicies: () => ({ type: "data", ...page() }),
    ListCollectionGroups: page,
    ListCollections: () => ({ collectionFilters: { status: "ACTIVE" }, ...page() }),
    ListLifecyclePolicies: () => ({ type: "retention", ...page() }),
    ListSecurityConfigs: () => ({ type: one(["saml", "iamfederation"]), ...page() }),
    ListSecurityPolicies: () => ({ type: "network", ...page() }),
    ListTagsForResource: () => ({ resourceArn: ids.one("arn") }),
    ListVpcEndpoints: page,
    TagResource: () => ({ resourceArn: ids.one("arn"), tags: tags() }),
    UntagResource: () => ({ resourceArn: ids.one("arn"), tagKeys: [`key-${below(9)}`] }),
    UpdateAccessPolicy: () => update(data(), "data"),
    UpdateAccountSettings: () => ({ capacityLimits: { maxIndexingCapacityInOCU: 2 + below(20) } }),
    UpdateCollection: () => ({ ...collectionId(), description: name("text") }),
    UpdateCollectionGroup: () => ({ ...groupId(), capacityLimits: capacityLimits() }),
    UpdateLifecyclePolicy: () => update(retention(), "retention"),
    UpdateSecurityConfig: () => {
      const { name: id, version, type } = ids.versioned("saml", "iamfederation");
      return { id, configVersion: version, ...(type === "saml" ? { samlOptions } : federation) };
    },
    UpdateSecurityPolicy: securityUpdate,
    UpdateVpcEndpoint: () => ({
      ...endpointId(),
      ...one<Input>([
        { addSubnetIds: [one(["subnet-0a1b2c3d4e5f60712", ids.one("subnet")])] },
        { removeSubnetIds: [one(["subnet-0a1b2c3d4e5f60712", ids.one("subnet")])] },
        { addSecurityGroupIds: [one(["sg-0a1b2c3d4e5f60713", ids.one("sg")])] },
        { removeSecurityGroupIds: [one(["sg-0a1b2c3d4e5f60713", ids.one("sg")])] },
        {},
      ]),
    }),
  };
}
