import {
  allFeatures,
  type IamStatement,
  type PermissionScope,
  type PermissionVariant,
  permissionPolicies,
  statementsFor,
} from "../../../service";

const account = "123456789012";
const region = "eu-central-1";
const inRegion = { StringEquals: { "aws:RequestedRegion": region } };

const statements = (scope: PermissionScope, variant: PermissionVariant = "deploy"): readonly IamStatement[] =>
  permissionPolicies(variant, scope).flatMap(({ document }) => document.Statement);

const statement = (scope: PermissionScope, sid: string, variant?: PermissionVariant) =>
  statements(scope, variant).find(({ Sid }) => Sid === sid);

const scopeOf = (features: PermissionScope["features"], more: Partial<PermissionScope> = {}) => ({
  account,
  regions: [region],
  features,
  ...more,
});

const network = {
  vpcs: ["vpc-0a1b2c3d4e5f60718"],
  subnets: ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
  securityGroups: ["sg-0a1b2c3d4e5f60714"],
};

const ec2 = (name: string, owner = account) => `arn:aws:ec2:${region}:${owner}:${name}`;

describe("a managed endpoint with security groups kept elsewhere", () => {
  const scope = scopeOf(["managed-endpoint"], network);

  test("is made in its VPC, subnets and groups alone", () => {
    expect(statement(scope, "CreateEndpointInVpc")).toEqual({
      Sid: "CreateEndpointInVpc",
      Effect: "Allow",
      Action: ["ec2:CreateVpcEndpoint"],
      Resource: [
        ec2("vpc/vpc-0a1b2c3d4e5f60718"),
        ec2("subnet/subnet-0a1b2c3d4e5f60711"),
        ec2("subnet/subnet-0a1b2c3d4e5f60712"),
        ec2("security-group/sg-0a1b2c3d4e5f60714"),
        ec2("vpc-endpoint/*"),
      ],
    });
  });

  test("OpenSearch Serverless itself takes * and is limited to the Region", () => {
    expect(statement(scope, "CreateManagedEndpoint")).toEqual({
      Sid: "CreateManagedEndpoint",
      Effect: "Allow",
      Action: ["aoss:CreateVpcEndpoint"],
      Resource: "*",
      Condition: inRegion,
    });
  });

  test("what Route 53 is asked has no Region, which would be that of another service", () => {
    const sids = ["CreateManagedZones", "ChangeZones", "FollowZoneChanges", "LookUpZones", "ReadZones"];
    for (const sid of [...sids, "LookUpVpcs"]) {
      expect(statement(scope, sid)).toBeDefined();
      expect(statement(scope, sid)?.Condition).toBeUndefined();
    }
  });

  test("has nothing of what other features take", () => {
    const actions = statements(scope).flatMap(({ Action }) => Action);
    expect(actions).not.toContain("ec2:CreateSecurityGroup");
    expect(actions).not.toContain("ec2:DeleteTags");
    expect(actions).not.toContain("route53:DisassociateVPCFromHostedZone");
    expect(actions).not.toContain("sts:GetCallerIdentity");
  });

  test("nothing writes in the policy for plans", () => {
    const actions = statements(scope, "plan").flatMap(({ Action }) => Action);
    expect(actions).toEqual(["aoss:BatchGetVpcEndpoint", "ec2:DescribeVpcEndpoints"]);
  });

  test("endpoints that exist are changed and deleted alone, if they are named", () => {
    const named = { ...scope, endpoints: ["vpce-0a1b2c3d4e5f60718"] };
    expect(statement(named, "ChangeEndpoints")?.Resource).toBe(ec2("vpc-endpoint/vpce-0a1b2c3d4e5f60718"));
    expect(statement(scope, "ChangeEndpoints")?.Resource).toBe(ec2("vpc-endpoint/*"));
  });
});

describe("a NEXTGEN endpoint", () => {
  const scope = scopeOf(["nextgen-endpoint"], { ...network, tags: { team: "search" } });

  test("is made for its one service with the deployment's tags, and changed if it has them", () => {
    expect(statement(scope, "CreateNextgenEndpoint")).toMatchObject({
      Resource: ec2("vpc-endpoint/*"),
      Condition: {
        StringEquals: {
          "aws:RequestTag/team": "search",
          "ec2:VpceServiceName": "com.amazonaws.eu-central-1.aoss-data",
        },
      },
    });
    expect(statement(scope, "ChangeEndpoints")?.Condition).toEqual({
      StringEquals: { "aws:ResourceTag/team": "search" },
    });
  });

  test("may stand in a VPC that another account shares", () => {
    expect(statement(scope, "CreateEndpointInVpc")?.Resource).toEqual([
      ec2("vpc/vpc-0a1b2c3d4e5f60718", "*"),
      ec2("subnet/subnet-0a1b2c3d4e5f60711", "*"),
      ec2("subnet/subnet-0a1b2c3d4e5f60712", "*"),
      ec2("security-group/sg-0a1b2c3d4e5f60714"),
    ]);
  });

  test("has what EC2's reference says that private DNS depends on, once beside a managed one", () => {
    expect(statement(scope, "UsePrivateDns")).toEqual({
      Sid: "UsePrivateDns",
      Effect: "Allow",
      Action: ["route53:AssociateVPCWithHostedZone"],
      Resource: "arn:aws:route53:::hostedzone/*",
    });
    const both = { ...scope, features: ["managed-endpoint", "nextgen-endpoint"] as const };
    expect(statement(both, "UsePrivateDns")).toBeUndefined();
    expect(statement(both, "ChangeZones")?.Action).toContain("route53:AssociateVPCWithHostedZone");
  });

  test("beside a managed one, no tags are asked of endpoints, since a managed one has others", () => {
    const both = { ...scope, features: ["managed-endpoint", "nextgen-endpoint"] as const };
    expect(statement(both, "CreateNextgenEndpoint")).toBeUndefined();
    expect(statement(both, "CreateEndpointInVpc")?.Resource).toContain(ec2("vpc-endpoint/*"));
    expect(statement(both, "ChangeEndpoints")?.Condition).toBeUndefined();
  });
});

describe("a zone shared with other VPCs", () => {
  test("is taken from those VPCs alone, of whichever Region", () => {
    const scope = scopeOf(["shared-zone"], { sharedVpcs: ["vpc-0a1b2c3d4e5f60728"] });
    expect(statement(scope, "UnshareZones")?.Condition).toEqual({
      StringLike: { "route53:VPCs": "VPCId=vpc-0a1b2c3d4e5f60728,VPCRegion=eu-central-1" },
    });
    const two = { ...scope, regions: [region, "us-east-1"] };
    expect(statement(two, "UnshareZones")?.Condition).toEqual({
      StringLike: { "route53:VPCs": "VPCId=vpc-0a1b2c3d4e5f60728,VPCRegion=*" },
    });
  });
});

describe("security groups", () => {
  const scope = scopeOf(["security-group"], { ...network, tags: { team: "search" } });
  const vpc = ec2("vpc/vpc-0a1b2c3d4e5f60718");

  test("are made with the tags, in the VPC, and tagged as they are made", () => {
    expect(statement(scope, "CreateSecurityGroup")?.Condition).toEqual({
      StringEquals: { "aws:RequestTag/team": "search" },
    });
    expect(statement(scope, "CreateSecurityGroupInVpc")).toMatchObject({ Resource: vpc });
    expect(statement(scope, "TagNewSecurityGroup")?.Condition).toEqual({
      StringEquals: { "aws:RequestTag/team": "search", "ec2:CreateAction": "CreateSecurityGroup" },
    });
  });

  test("only those of the VPC with the tags are opened, closed and deleted", () => {
    expect(statement(scope, "ChangeSecurityGroups")).toEqual({
      Sid: "ChangeSecurityGroups",
      Effect: "Allow",
      Action: [
        "ec2:AuthorizeSecurityGroupIngress",
        "ec2:DeleteSecurityGroup",
        "ec2:ModifySecurityGroupRules",
        "ec2:RevokeSecurityGroupEgress",
        "ec2:RevokeSecurityGroupIngress",
      ],
      Resource: ec2("security-group/*"),
      Condition: {
        ArnEquals: { "ec2:Vpc": vpc },
        StringEquals: { "aws:ResourceTag/team": "search" },
      },
    });
  });

  test("tags that somebody removed can be set again", () => {
    expect(statement(scope, "TagSecurityGroups")?.Condition).toEqual({ ArnEquals: { "ec2:Vpc": vpc } });
  });

  test("where the VPCs are not known, tagging is said once", () => {
    const { vpcs, ...unknown } = scope;
    expect(statement(unknown, "TagNewSecurityGroup")).toBeUndefined();
    expect(statement(unknown, "TagSecurityGroups")?.Condition).toBeUndefined();
  });

  test("tags are removed from groups that have the deployment's, since the VPC cannot be asked for", () => {
    expect(statement(scope, "UntagSecurityGroups")).toMatchObject({
      Action: ["ec2:DeleteTags"],
      Condition: { StringEquals: { "aws:ResourceTag/team": "search" } },
    });
  });

  test("prefix lists are named where they are known, and are not there where none is a source", () => {
    const named = { ...scope, prefixLists: ["pl-0a1b2c3d4e5f60715"] };
    expect(statement(named, "UsePrefixLists")?.Resource).toBe(ec2("prefix-list/pl-0a1b2c3d4e5f60715", "*"));
    expect(statement({ ...scope, prefixLists: [] }, "UsePrefixLists")).toBeUndefined();
  });
});

describe("policies of OpenSearch Serverless", () => {
  const named = { collections: ["orders", "logs-*"] };
  const onlyNamed = { "ForAllValues:StringLike": { "aoss:collection": ["logs-*", "orders"] } };

  test("network policies are written for the collections named; a new one names some", () => {
    const scope = scopeOf(["network-policies"], named);
    expect(statements(scope)).toEqual([
      {
        Sid: "CreateNetworkPolicies",
        Effect: "Allow",
        Action: ["aoss:CreateSecurityPolicy"],
        Resource: "*",
        Condition: { ...onlyNamed, Null: { "aoss:collection": "false" }, ...inRegion },
      },
      {
        Sid: "WriteNetworkPolicies",
        Effect: "Allow",
        Action: ["aoss:DeleteSecurityPolicy", "aoss:UpdateSecurityPolicy"],
        Resource: "*",
        Condition: { ...onlyNamed, ...inRegion },
      },
      {
        Sid: "ReadNetworkPolicies",
        Effect: "Allow",
        Action: ["aoss:GetSecurityPolicy"],
        Resource: "*",
        Condition: inRegion,
      },
    ]);
  });

  test("network and encryption policies are told apart by nothing, and said once", () => {
    const scope = scopeOf(["network-policies", "encryption-policies"], named);
    expect(statements(scope).map(({ Sid }) => Sid)).toEqual([
      "CreateNetworkAndEncryptionPolicies",
      "WriteNetworkAndEncryptionPolicies",
      "ReadNetworkAndEncryptionPolicies",
    ]);
    expect(statements(scopeOf(["encryption-policies"])).map(({ Sid }) => Sid)).toEqual([
      "CreateEncryptionPolicies",
      "WriteEncryptionPolicies",
      "ReadEncryptionPolicies",
    ]);
  });

  test("a data access policy may be about indexes alone, so nothing but its names is asked of a new one", () => {
    const scope = scopeOf(["data-access-policies"], named);
    expect(statement(scope, "WriteDataAccessPolicies")?.Condition).toEqual({ ...onlyNamed, ...inRegion });
  });

  test("lifecycle policies have no key for collections", () => {
    const scope = scopeOf(["lifecycle-policies"], named);
    expect(statement(scope, "WriteLifecyclePolicies")?.Condition).toEqual(inRegion);
  });

  test.each([
    ["left out", undefined],
    ["all of them", ["orders", "*"]],
    ["none", []],
  ])("where the collections are %s, no condition is about them", (_what, collections) => {
    const scope = scopeOf(["network-policies"], collections ? { collections } : {});
    expect(statement(scope, "CreateNetworkPolicies")?.Condition).toEqual(inRegion);
  });

  test("a name that a prefix covers is not said besides", () => {
    const scope = scopeOf(["network-policies"], { collections: ["logs-web", "logs-*", "logs-app-*"] });
    expect(statement(scope, "WriteNetworkPolicies")?.Condition).toEqual({
      "ForAllValues:StringLike": { "aoss:collection": "logs-*" },
      ...inRegion,
    });
  });
});

describe("collections", () => {
  test("are deleted where they carry the deployment's tags", () => {
    const scope = scopeOf(["collections"], { tags: { team: "search" } });
    expect(statement(scope, "ChangeCollections")).toMatchObject({
      Resource: `arn:aws:aoss:${region}:${account}:collection/*`,
      Condition: { StringEquals: { "aws:ResourceTag/team": "search" } },
    });
    const known = { ...scope, collectionIds: ["a1b2c3d4e5f6g7h8i9j0"] };
    expect(statement(known, "ChangeCollections")?.Resource).toBe(
      `arn:aws:aoss:${region}:${account}:collection/a1b2c3d4e5f6g7h8i9j0`,
    );
  });

  test("the first one makes the service-linked role, and no other role", () => {
    expect(statement(scopeOf(["collections"]), "CreateServiceLinkedRole")).toEqual({
      Sid: "CreateServiceLinkedRole",
      Effect: "Allow",
      Action: ["iam:CreateServiceLinkedRole"],
      Resource: `arn:aws:iam::${account}:role/aws-service-role/observability.aoss.amazonaws.com/AWSServiceRoleForAmazonOpenSearchServerless`,
      Condition: { StringEquals: { "iam:AWSServiceName": "observability.aoss.amazonaws.com" } },
    });
  });

  test("a customer's key is used through OpenSearch Serverless only", () => {
    const key = `arn:aws:kms:${region}:${account}:key/01234567-89ab-cdef-0123-456789abcdef`;
    const scope = scopeOf(["customer-key"], { kmsKeys: [key] });
    expect(statements(scope)).toEqual([
      {
        Sid: "UseCustomerKey",
        Effect: "Allow",
        Action: ["kms:DescribeKey"],
        Resource: key,
        Condition: { StringEquals: { "kms:ViaService": "aoss.eu-central-1.amazonaws.com" } },
      },
      {
        Sid: "GrantCustomerKey",
        Effect: "Allow",
        Action: ["kms:CreateGrant"],
        Resource: key,
        Condition: {
          Bool: { "kms:GrantIsForAWSResource": "true" },
          StringEquals: { "kms:ViaService": "aoss.eu-central-1.amazonaws.com" },
        },
      },
    ]);
    expect(permissionPolicies("plan", scope)).toEqual([]);
  });
});

describe("tags in conditions", () => {
  const condition = (tags: Record<string, string>) =>
    statement(scopeOf(["collections"], { tags }), "CreateCollections")?.Condition?.["StringEquals"];

  test("what would be a variable of IAM is written so that it is none", () => {
    expect(condition({ owner: "${aws:username}" })).toMatchObject({
      "aws:RequestTag/owner": "${$}{aws:username}",
    });
  });

  test("what a policy cannot hold is not compared", () => {
    expect(condition({ ort: "東京", team: "sücher" })).toEqual({
      "aws:RequestTag/team": "sücher",
      "aws:RequestedRegion": region,
    });
  });

  test("tags that differ by the case of their keys alone are not compared, which IAM could not tell apart", () => {
    expect(condition({ team: "a", Team: "b", cost: "7" })).toEqual({
      "aws:RequestTag/cost": "7",
      "aws:RequestedRegion": region,
    });
  });

  test("more than there is room for are not compared", () => {
    const tags = Object.fromEntries(
      Array.from({ length: 49 }, (_, index) => [`tag-${String(index).padStart(2, "0")}`, "v".repeat(256)]),
    );
    const compared = Object.keys(condition(tags) ?? {}).filter((key) => key.startsWith("aws:RequestTag/"));
    // Each takes 285 characters, and three of them fit into 1,000.
    expect(compared).toEqual(["aws:RequestTag/tag-00", "aws:RequestTag/tag-01", "aws:RequestTag/tag-02"]);
  });
});

describe("several Regions", () => {
  const scope = scopeOf(["managed-endpoint", "network-policies"], {
    regions: ["us-east-1", "eu-central-1", "us-east-1"],
    vpcs: ["vpc-0a1b2c3d4e5f60718"],
  });

  test("what has an id is in one of them, and what has none is named in each", () => {
    expect(statement(scope, "CreateEndpointInVpc")?.Resource).toEqual([
      `arn:aws:ec2:*:${account}:vpc/vpc-0a1b2c3d4e5f60718`,
      `arn:aws:ec2:eu-central-1:${account}:subnet/*`,
      `arn:aws:ec2:us-east-1:${account}:subnet/*`,
      `arn:aws:ec2:eu-central-1:${account}:security-group/*`,
      `arn:aws:ec2:us-east-1:${account}:security-group/*`,
      `arn:aws:ec2:eu-central-1:${account}:vpc-endpoint/*`,
      `arn:aws:ec2:us-east-1:${account}:vpc-endpoint/*`,
    ]);
    expect(statement(scope, "ReadNetworkPolicies")?.Condition).toEqual({
      StringEquals: { "aws:RequestedRegion": ["eu-central-1", "us-east-1"] },
    });
  });

  test("GovCloud is a partition of its own", () => {
    const gov = scopeOf(["managed-endpoint"], { regions: ["us-gov-west-1"] });
    expect(statement(gov, "ChangeZones")?.Resource).toBe("arn:aws-us-gov:route53:::hostedzone/*");
  });

  test("without an account the policies fit any", () => {
    const { account: _account, ...any } = scopeOf(["collections"]);
    expect(statement(any, "ChangeCollections")?.Resource).toBe(`arn:aws:aoss:${region}:*:collection/*`);
  });
});

describe("variants", () => {
  test("an application uses the collections named, and deploys nothing", () => {
    const scope = scopeOf([], { collections: ["orders", "logs-*"] });
    const named = { StringLike: { "aoss:collection": ["logs-*", "orders"] } };
    expect(statements(scope, "client")).toEqual([
      {
        Sid: "UseCollections",
        Effect: "Allow",
        Action: ["aoss:APIAccessAll"],
        Resource: `arn:aws:aoss:${region}:${account}:collection/*`,
        Condition: named,
      },
      {
        Sid: "UseDashboards",
        Effect: "Allow",
        Action: ["aoss:DashboardsAccessAll"],
        Resource: `arn:aws:aoss:${region}:${account}:dashboards/default`,
        Condition: named,
      },
    ]);
  });

  test("who adopts finds collections of any name", () => {
    const scope = scopeOf(["collections", "network-policies"], { collections: ["orders"] });
    expect(statement(scope, "ReadCollections", "adopt")?.Condition).toEqual(inRegion);
    expect(statement(scope, "FindExisting", "adopt")?.Action).toEqual([
      "aoss:ListCollections",
      "aoss:ListSecurityPolicies",
    ]);
  });

  test.each(["plan", "adopt"] as const)("%s only reads, whatever is deployed", (variant) => {
    const actions = statements(scopeOf(allFeatures), variant).flatMap(({ Action }) => Action);
    expect(actions.filter((action) => !/:(?:BatchGet|Get|List|Describe)/.test(action))).toEqual([]);
    expect(actions.length).toBeGreaterThan(15);
  });

  test("the policies say what they are for in their names", () => {
    expect(permissionPolicies("plan", scopeOf(["managed-endpoint"])).map(({ name }) => name)).toEqual([
      "aoss-privatelink-plan",
    ]);
  });
});

describe("the statements for an action that was denied", () => {
  test("are those that have it, in any case of letters", () => {
    const found = statementsFor("ec2:createtags", scopeOf(["managed-endpoint", "security-group"], network));
    expect(found.map(({ Sid }) => Sid)).toEqual([
      "TagEndpoints",
      "TagNewSecurityGroup",
      "TagSecurityGroups",
      "TagSecurityGroupRules",
    ]);
  });

  test("are none where nothing takes it", () => {
    expect(statementsFor("ec2:CreateSecurityGroup", scopeOf(["managed-endpoint"]))).toEqual([]);
  });
});
