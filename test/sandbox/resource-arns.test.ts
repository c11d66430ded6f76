import { defaultWorld } from "../../sandbox";
import { forwardedResources, hasResources, resourcesOf } from "../../sandbox/access/resource-arns";
import type { Call } from "../../sandbox/call";
import { services } from "../../sandbox/services";
import { regionOf, seed } from "../../sandbox/world/seed";
import { worldSchema } from "../../sandbox/world/world";

const region = "eu-central-1";

const call = ((): Call => {
  const { accounts } = seed(worldSchema.parse(defaultWorld), "sandbox");
  const accountState = accounts.get("123456789012");
  if (!accountState) throw new Error("the default world has this account");
  const state = regionOf(accountState, region);
  return {
    account: "123456789012",
    region,
    now: 0,
    openWorld: false,
    state,
    accountState,
    duration: () => 0,
    forward: () => {},
  };
})();

type Input = Readonly<Record<string, unknown>>;

/** The ARNs of a request, short: what is the same in all of them is left out. */
const arnsOf = (service: string, operation: string, input: Input = {}, on = call): readonly string[] =>
  resourcesOf({ service, operation, input }, on).map(short);

const short = (arn: string): string => arn.replace(`arn:aws:ec2:${region}:123456789012:`, "");

// Which resources an action takes: service authorization reference of Amazon EC2.
test.each<[string, Input, readonly string[]]>([
  ["CreateSecurityGroup", { VpcId: "vpc-1" }, ["security-group/*", "vpc/vpc-1"]],
  ["DeleteSecurityGroup", { GroupId: "sg-1" }, ["security-group/sg-1"]],
  ["AuthorizeSecurityGroupEgress", { GroupId: "sg-1" }, ["security-group/sg-1"]],
  [
    "ModifySecurityGroupRules",
    {
      GroupId: "sg-1",
      "SecurityGroupRule.1.SecurityGroupRuleId": "sgr-1",
      "SecurityGroupRule.2.SecurityGroupRuleId": "sgr-2",
    },
    ["security-group/sg-1", "security-group-rule/sgr-1", "security-group-rule/sgr-2"],
  ],
  [
    "CreateVpcEndpoint",
    {
      VpcId: "vpc-1",
      "SubnetId.1": "subnet-1",
      "SubnetId.2": "subnet-2",
      "SecurityGroupId.1": "sg-1",
      ServiceName: "a",
    },
    ["vpc/vpc-1", "vpc-endpoint/*", "subnet/subnet-1", "subnet/subnet-2", "security-group/sg-1"],
  ],
  [
    "ModifyVpcEndpoint",
    { VpcEndpointId: "vpce-1", "AddSubnetId.1": "subnet-1", "RemoveSecurityGroupId.1": "sg-1" },
    ["vpc-endpoint/vpce-1", "subnet/subnet-1", "security-group/sg-1"],
  ],
  [
    "DeleteVpcEndpoints",
    { "VpcEndpointId.1": "vpce-1", "VpcEndpointId.2": "vpce-2" },
    ["vpc-endpoint/vpce-1", "vpc-endpoint/vpce-2"],
  ],
  [
    "CreateTags",
    {
      "ResourceId.1": "vpce-1",
      "ResourceId.2": "sgr-1",
      "ResourceId.3": "acl-1",
      "ResourceId.4": "x-1",
    },
    ["vpc-endpoint/vpce-1", "security-group-rule/sgr-1", "network-acl/acl-1", "*"],
  ],
  ["AssociateVpcCidrBlock", { VpcId: "vpc-1", AmazonProvidedIpv6CidrBlock: "true" }, ["vpc/vpc-1"]],
  ["AssociateSubnetCidrBlock", { SubnetId: "subnet-1", Ipv6CidrBlock: "::/64" }, ["subnet/subnet-1"]],
  ["DisassociateVpcCidrBlock", { AssociationId: "vpc-cidr-assoc-1" }, ["vpc/*"]],
  ["DisassociateSubnetCidrBlock", { AssociationId: "subnet-cidr-assoc-1" }, ["subnet/*"]],
  ["CreateManagedPrefixList", { PrefixListName: "offices" }, ["prefix-list/*"]],
  ["ModifyManagedPrefixList", { PrefixListId: "pl-1" }, ["prefix-list/pl-1"]],
  ["ModifyVpcAttribute", { VpcId: "vpc-1" }, ["vpc/vpc-1"]],
  ["DescribeSecurityGroups", { "GroupId.1": "sg-1" }, ["*"]],
  ["DescribeVpcEndpoints", {}, ["*"]],
  ["DeleteVpcEndpoints", {}, ["*"]],
  ["SomethingNew", { VpcId: "vpc-1" }, ["*"]],
])("ec2:%s %j", (operation, input, expected) => {
  expect(arnsOf("ec2", operation, input)).toEqual(expected);
});

test("what another account shares carries its account, and AWS's prefix lists the account aws", () => {
  const state = structuredClone(call.state);
  state.vpcs.set("vpc-1", {
    ...state.vpcs.values().next().value,
    id: "vpc-1",
    ownerId: "210987654321",
  } as never);
  state.subnets.set("subnet-1", { id: "subnet-1", vpcId: "vpc-1", availabilityZone: `${region}a` } as never);
  state.prefixLists.set("pl-1", { id: "pl-1", ownerId: "AWS" } as never);
  const input = { VpcId: "vpc-1", "SubnetId.1": "subnet-1" };
  expect(arnsOf("ec2", "CreateVpcEndpoint", input, { ...call, state })).toEqual([
    `arn:aws:ec2:${region}:210987654321:vpc/vpc-1`,
    "vpc-endpoint/*",
    `arn:aws:ec2:${region}:210987654321:subnet/subnet-1`,
  ]);
  expect(arnsOf("ec2", "GetManagedPrefixListEntries", { PrefixListId: "pl-1" }, { ...call, state })).toEqual([
    `arn:aws:ec2:${region}:aws:prefix-list/pl-1`,
  ]);
});

test("GovCloud has a partition of its own", () => {
  const there = { ...call, region: "us-gov-west-1" };
  expect(arnsOf("aoss", "DeleteCollection", { id: "abc" }, there)).toEqual([
    "arn:aws-us-gov:aoss:us-gov-west-1:123456789012:collection/abc",
  ]);
});

const zoneArn = "arn:aws:route53:::hostedzone";

test.each<[string, Input, readonly string[]]>([
  ["CreateHostedZone", {}, ["*"]],
  ["ListHostedZonesByVPC", {}, ["*"]],
  ["GetHostedZone", { Id: "Z0123" }, [`${zoneArn}/Z0123`]],
  ["ChangeResourceRecordSets", { Id: "Z0123" }, [`${zoneArn}/Z0123`]],
  ["ListTagsForResource", { ResourceType: "hostedzone", ResourceId: "Z0123" }, [`${zoneArn}/Z0123`]],
  [
    "ListTagsForResources",
    { ResourceType: "hostedzone", ResourceIds: [{ ResourceId: ["Z0123", "Z4567"] }] },
    [`${zoneArn}/Z0123`, `${zoneArn}/Z4567`],
  ],
  ["GetChange", { Id: "C0123" }, ["arn:aws:route53:::change/C0123"]],
])("route53:%s %j", (operation, input, expected) => {
  expect(arnsOf("route53", operation, input)).toEqual(expected);
});

const kmsArn = `arn:aws:kms:${region}:123456789012`;
const iamArn = "arn:aws:iam::123456789012";
const serviceRole =
  "arn:aws:iam::123456789012:role/aws-service-role/observability.aoss.amazonaws.com/AWSServiceRoleForAmazonOpenSearchServerless";

test.each<[string, string, Input, readonly string[]]>([
  ["kms", "DescribeKey", { KeyId: "abc" }, [`${kmsArn}:key/abc`]],
  ["kms", "DescribeKey", { KeyId: `${kmsArn}:key/abc` }, [`${kmsArn}:key/abc`]],
  ["kms", "DescribeKey", { KeyId: "alias/search" }, [`${kmsArn}:key/def`]],
  [
    "kms",
    "CreateAlias",
    { AliasName: "alias/more", TargetKeyId: "abc" },
    [`${kmsArn}:alias/more`, `${kmsArn}:key/abc`],
  ],
  ["kms", "DeleteAlias", { AliasName: "alias/search" }, [`${kmsArn}:alias/search`, `${kmsArn}:key/def`]],
  ["kms", "CreateKey", {}, ["*"]],
  ["iam", "GetRole", { RoleName: "AWSServiceRoleForAmazonOpenSearchServerless" }, [serviceRole]],
  ["iam", "CreateServiceLinkedRole", { AWSServiceName: "observability.aoss.amazonaws.com" }, [serviceRole]],
  [
    "iam",
    "DeleteServiceLinkedRole",
    { RoleName: "AWSServiceRoleForAmazonOpenSearchServerless" },
    [serviceRole],
  ],
  [
    "iam",
    "GetServiceLinkedRoleDeletionStatus",
    { DeletionTaskId: `${serviceRole.replace(/^.*:role/, "task")}/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9` },
    [serviceRole],
  ],
  ["iam", "GetUser", {}, ["arn:aws:iam::123456789012:user/sandbox"]],
  ["iam", "ListRoles", {}, ["*"]],
  ["iam", "CreateRole", { RoleName: "deploy", Path: "/teams/" }, [`${iamArn}:role/teams/deploy`]],
  ["iam", "GetRole", { RoleName: "planner" }, [`${iamArn}:role/ci/planner`]],
  ["iam", "DeleteRole", { RoleName: "unknown" }, [`${iamArn}:role/unknown`]],
  [
    "iam",
    "AttachRolePolicy",
    { RoleName: "planner", PolicyArn: `${iamArn}:policy/plan` },
    [`${iamArn}:role/ci/planner`],
  ],
  ["iam", "CreatePolicy", { PolicyName: "plan", Path: "/ci/" }, [`${iamArn}:policy/ci/plan`]],
  [
    "iam",
    "CreatePolicyVersion",
    { PolicyArn: `${iamArn}:policy/ci/plan`, SetAsDefault: "true" },
    [`${iamArn}:policy/ci/plan`],
  ],
  [
    "iam",
    "CreateOpenIDConnectProvider",
    { Url: "https://app.terraform.io" },
    [`${iamArn}:oidc-provider/app.terraform.io`],
  ],
  [
    "iam",
    "DeleteOpenIDConnectProvider",
    { OpenIDConnectProviderArn: `${iamArn}:oidc-provider/app.terraform.io` },
    [`${iamArn}:oidc-provider/app.terraform.io`],
  ],
])("%s:%s %j", (service, operation, input, expected) => {
  const state = structuredClone(call.state);
  state.kmsAliases.set("alias/search", {
    name: "alias/search",
    keyId: "def",
    createdDate: 0,
    lastUpdatedDate: 0,
  });
  const planner = {
    id: "AROA0",
    name: "planner",
    path: "/ci/",
    maxSessionSeconds: 3600,
    trustPolicy: "{}",
    attachedPolicies: new Set<string>(),
    createdDate: 0,
    tags: new Map<string, string>(),
  };
  const iam = {
    policies: new Map(),
    roles: new Map([[planner.name, planner]]),
    openIdConnectProviders: new Map(),
  };
  const on = { ...call, state, accountState: { ...call.accountState, iam } };
  expect(arnsOf(service, operation, input, on)).toEqual(expected);
});

test.each([
  "CreateVpcEndpoint",
  "DeleteVpcEndpoint",
  "CreateSecurityPolicy",
  "CreateCollection",
  "TagResource",
])("aoss:%s has no resources", (operation) => {
  expect(arnsOf("aoss", operation, { id: "abc", name: "abc" })).toEqual(["*"]);
});

const made = { name: "apps", vpcId: "vpc-1", subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };

test.each<[string, Input, readonly string[]]>([
  ["ec2:CreateVpcEndpoint", made, ["vpc/vpc-1", "vpc-endpoint/*", "subnet/subnet-1", "security-group/sg-1"]],
  ["ec2:CreateTags", made, ["vpc-endpoint/*"]],
  ["ec2:DescribeSubnets", made, ["*"]],
  [
    "ec2:ModifyVpcEndpoint",
    { id: "vpce-1", addSubnetIds: ["subnet-2"], removeSecurityGroupIds: ["sg-1"] },
    ["vpc-endpoint/vpce-1", "subnet/subnet-2", "security-group/sg-1"],
  ],
  ["ec2:DeleteVpcEndpoints", { id: "vpce-1" }, ["vpc-endpoint/vpce-1"]],
  ["route53:CreateHostedZone", made, ["*"]],
  ["route53:ChangeResourceRecordSets", made, ["arn:aws:route53:::hostedzone/*"]],
  ["route53:GetChange", made, ["arn:aws:route53:::change/*"]],
  ["iam:CreateServiceLinkedRole", { name: "orders" }, [serviceRole]],
  ["iam:TagRole", { RoleName: "deploy", Path: "/ci/" }, [`${iamArn}:role/ci/deploy`]],
])("%s, called in the caller's name for %j", (action, input, expected) => {
  expect(forwardedResources(action, input, call).map(short)).toEqual(expected);
});

test("a collection that joins a group takes a permission on that group", () => {
  const state = structuredClone(call.state);
  const group = { id: "07tjusf2h91cunochc00", name: "shared" };
  state.collectionGroups.set(group.id, group as never);
  const arnOf = (collectionGroupName: string) =>
    forwardedResources(
      "aoss:AddCollectionToCollectionGroup",
      { name: "orders", collectionGroupName },
      { ...call, state },
    );
  const own = `arn:aws:aoss:${region}:123456789012:collection-group`;
  expect(arnOf("shared")).toEqual([`${own}/${group.id}`]);
  expect(arnOf("another")).toEqual([`${own}/*`]);
});

// What the service authorization reference of each service lists without a resource type. What is served and not in
// this list has to be in a table of sandbox/access.
const withoutResources: Readonly<Record<string, readonly string[]>> = {
  aoss: [
    "BatchGetCollection",
    "BatchGetCollectionGroup",
    "BatchGetEffectiveLifecyclePolicy",
    "BatchGetLifecyclePolicy",
    "BatchGetVpcEndpoint",
    "CreateAccessPolicy",
    "CreateCollection",
    "CreateCollectionGroup",
    "CreateLifecyclePolicy",
    "CreateSecurityConfig",
    "CreateSecurityPolicy",
    "CreateVpcEndpoint",
    "DeleteAccessPolicy",
    "DeleteLifecyclePolicy",
    "DeleteSecurityConfig",
    "DeleteSecurityPolicy",
    "DeleteVpcEndpoint",
    "GetAccessPolicy",
    "GetAccountSettings",
    "GetPoliciesStats",
    "GetSecurityConfig",
    "GetSecurityPolicy",
    "ListAccessPolicies",
    "ListCollectionGroups",
    "ListCollections",
    "ListLifecyclePolicies",
    "ListSecurityConfigs",
    "ListSecurityPolicies",
    "ListTagsForResource",
    "ListVpcEndpoints",
    "TagResource",
    "UntagResource",
    "UpdateAccessPolicy",
    "UpdateAccountSettings",
    "UpdateLifecyclePolicy",
    "UpdateSecurityConfig",
    "UpdateSecurityPolicy",
    "UpdateVpcEndpoint",
  ],
  ec2: [
    "DescribeAvailabilityZones",
    "DescribeManagedPrefixLists",
    "DescribeNetworkAcls",
    "DescribeNetworkInterfaces",
    "DescribePrefixLists",
    "DescribeRouteTables",
    "DescribeSecurityGroupRules",
    "DescribeSecurityGroups",
    "DescribeSubnets",
    "DescribeTags",
    "DescribeVpcEndpointServices",
    "DescribeVpcEndpoints",
    "DescribeVpcs",
  ],
  iam: ["ListOpenIDConnectProviders", "ListPolicies", "ListRoles"],
  kms: ["CreateKey", "ListAliases", "ListKeys"],
  route53: ["CreateHostedZone", "ListHostedZones", "ListHostedZonesByName", "ListHostedZonesByVPC"],
  // In IAM the first, second and last are called ListBucket, GetObject and ListBucket, and those have resources.
  s3: ["HeadBucket", "HeadObject", "ListBuckets", "ListObjectsV2"],
  sts: ["GetCallerIdentity"],
};

test.each(Object.keys(services))("every action of %s has resources, or is known to have none", (name) => {
  const served = services[name]?.operations ?? [];
  expect(served.filter((operation) => !hasResources(name, operation)).sort()).toEqual(withoutResources[name]);
});
