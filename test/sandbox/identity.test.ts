import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import {
  CreateSecurityPolicyCommand,
  CreateVpcEndpointCommand,
  DeleteCollectionCommand,
  DeleteSecurityPolicyCommand,
  ListVpcEndpointsCommand,
  OpenSearchServerlessClient,
  UpdateCollectionGroupCommand,
} from "@aws-sdk/client-opensearchserverless";
import { GetHostedZoneCommand, ListHostedZonesCommand, Route53Client } from "@aws-sdk/client-route-53";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { identityFromPolicy, type Sandbox, sandboxAccessKeyId, startSandbox } from "../../sandbox";
import { secretKeyOf } from "../../sandbox/access/credential-scope";

const region = "eu-central-1";
const user = "arn:aws:iam::123456789012:user/sandbox";
const vpcId = "vpc-0a1b2c3d4e5f60718";
const groupId = "sg-0a1b2c3d4e5f60713";
const groupArn = `arn:aws:ec2:${region}:123456789012:security-group/${groupId}`;

let sandbox: Sandbox | undefined;
afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
});

interface Clients {
  readonly sandbox: Sandbox;
  readonly aoss: OpenSearchServerlessClient;
  readonly ec2: EC2Client;
  readonly route53: Route53Client;
  readonly sts: STSClient;
}

/** A sandbox whose caller has what these statements allow; a text stands for an action on everything. */
async function callerWith(...statements: readonly (string | object)[]): Promise<Clients> {
  const Statement = statements.map((statement) =>
    typeof statement === "string" ? { Effect: "Allow", Action: statement, Resource: "*" } : statement,
  );
  const identity = identityFromPolicy({ Version: "2012-10-17", Statement }, "123456789012");
  const started = await startSandbox({ identity, speed: Number.POSITIVE_INFINITY });
  sandbox = started;
  const credentials = {
    accessKeyId: sandboxAccessKeyId,
    secretAccessKey: secretKeyOf(sandboxAccessKeyId),
  };
  const client = { endpoint: started.url, region, credentials, maxAttempts: 1 };
  return {
    sandbox: started,
    aoss: new OpenSearchServerlessClient(client),
    ec2: new EC2Client(client),
    route53: new Route53Client(client),
    sts: new STSClient(client),
  };
}

const allow = (Action: string | readonly string[], Resource: string | readonly string[], Condition = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  Condition,
});

/** How the SDK reports a refusal: code, status and message; "done" if there is none. */
async function refusalOf(sent: Promise<unknown>): Promise<string> {
  try {
    await sent;
    return "done";
  } catch (thrown) {
    const { name, message, $metadata } = thrown as Error & { $metadata?: { httpStatusCode?: number } };
    return `${name} ${$metadata?.httpStatusCode}: ${message}`;
  }
}

const networkPolicy = (name: string) =>
  new CreateSecurityPolicyCommand({
    type: "network",
    name,
    policy: JSON.stringify([
      { Rules: [{ ResourceType: "collection", Resource: [`collection/${name}-*`] }], AllowFromPublic: true },
    ]),
  });
const newGroup = (tags: readonly string[] = []) =>
  new CreateSecurityGroupCommand({
    GroupName: "apps",
    Description: "apps",
    VpcId: vpcId,
    ...(tags.length === 0
      ? {}
      : {
          TagSpecifications: [
            { ResourceType: "security-group", Tags: tags.map((Key) => ({ Key, Value: "search" })) },
          ],
        }),
  });

describe("a refusal is worded by the service that was called", () => {
  test("OpenSearch Serverless: AccessDeniedException", async () => {
    const { aoss } = await callerWith("ec2:*");
    expect(await refusalOf(aoss.send(new ListVpcEndpointsCommand({})))).toBe(
      `AccessDeniedException 400: User: ${user} is not authorized to perform: aoss:ListVpcEndpoints ` +
        "because no identity-based policy allows the aoss:ListVpcEndpoints action",
    );
  });

  test("OpenSearch Serverless, for one collection or group: its ARN is named", async () => {
    const { aoss } = await callerWith("ec2:*");
    const arn = `arn:aws:aoss:${region}:123456789012`;
    const id = "07tjusf2h91cunochc";
    expect(await refusalOf(aoss.send(new DeleteCollectionCommand({ id })))).toContain(
      `aoss:DeleteCollection on resource: ${arn}:collection/${id} because`,
    );
    expect(await refusalOf(aoss.send(new UpdateCollectionGroupCommand({ id, description: "a" })))).toContain(
      `aoss:UpdateCollectionGroup on resource: ${arn}:collection-group/${id} because`,
    );
  });

  test("EC2: UnauthorizedOperation", async () => {
    const { ec2 } = await callerWith("aoss:*");
    expect(await refusalOf(ec2.send(new DescribeSecurityGroupsCommand({})))).toBe(
      `UnauthorizedOperation 403: You are not authorized to perform this operation. User: ${user} is not authorized ` +
        "to perform: ec2:DescribeSecurityGroups because no identity-based policy allows the " +
        "ec2:DescribeSecurityGroups action",
    );
    expect(await refusalOf(ec2.send(new DeleteSecurityGroupCommand({ GroupId: groupId })))).toContain(
      `ec2:DeleteSecurityGroup on resource: ${groupArn} because`,
    );
  });

  test("Route 53: AccessDenied, and a hosted zone is named", async () => {
    const { route53 } = await callerWith("aoss:*");
    expect(await refusalOf(route53.send(new ListHostedZonesCommand({})))).toBe(
      `AccessDenied 403: User: ${user} is not authorized to perform: route53:ListHostedZones ` +
        "because no identity-based policy allows the route53:ListHostedZones action",
    );
    expect(
      await refusalOf(route53.send(new GetHostedZoneCommand({ Id: "Z0123456789ABCDEFGHIJ" }))),
    ).toContain(
      "route53:GetHostedZone on resource: arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ because",
    );
  });

  test("what OpenSearch Serverless calls in the caller's name: by OpenSearch Serverless", async () => {
    const { aoss, sandbox: started } = await callerWith("aoss:*", "ec2:Describe*", "route53:*");
    const endpoint = { name: "apps", vpcId, subnetIds: ["subnet-0a1b2c3d4e5f60711"] };
    expect(await refusalOf(aoss.send(new CreateVpcEndpointCommand(endpoint)))).toBe(
      `AccessDeniedException 400: User: ${user} is not authorized to perform: ec2:CreateVpcEndpoint on resource: ` +
        `arn:aws:ec2:${region}:123456789012:vpc/${vpcId} because no identity-based policy allows the ` +
        "ec2:CreateVpcEndpoint action",
    );
    expect(started.contents().vpcEndpoints).toEqual([]);
  });

  test("an explicit deny is called one", async () => {
    const { aoss } = await callerWith("*", { Effect: "Deny", Action: "aoss:List*", Resource: "*" });
    expect(await refusalOf(aoss.send(new ListVpcEndpointsCommand({})))).toBe(
      `AccessDeniedException 400: User: ${user} is not authorized to perform: aoss:ListVpcEndpoints ` +
        "with an explicit deny in an identity-based policy",
    );
  });

  test("who one is can be asked without any permission", async () => {
    const { sts } = await callerWith({ Effect: "Deny", Action: "*", Resource: "*" });
    expect((await sts.send(new GetCallerIdentityCommand({}))).Arn).toBe(user);
  });
});

describe("what is refused has no effect", () => {
  test("and is in the journal with the action that was missing", async () => {
    const { aoss, sandbox: started } = await callerWith("aoss:GetSecurityPolicy");
    await refusalOf(aoss.send(networkPolicy("orders")));
    expect(started.contents().securityPolicies).toEqual([]);
    expect(started.calls()).toMatchObject([
      {
        operation: "CreateSecurityPolicy",
        errorCode: "AccessDeniedException",
        actions: ["aoss:CreateSecurityPolicy"],
      },
    ]);
  });

  test("what is made with tags takes ec2:CreateTags as well", async () => {
    const { ec2, sandbox: started } = await callerWith("ec2:CreateSecurityGroup");
    expect(await refusalOf(ec2.send(newGroup(["team"])))).toContain(
      `ec2:CreateTags on resource: arn:aws:ec2:${region}:123456789012:security-group/* because`,
    );
    expect(started.contents().securityGroups).toEqual([]);
    expect(await refusalOf(ec2.send(newGroup()))).toBe("done");
    expect(started.calls().map(({ actions }) => actions)).toEqual([
      ["ec2:CreateSecurityGroup", "ec2:CreateTags"],
      ["ec2:CreateSecurityGroup"],
    ]);
  });
});

describe("policies limited to resources", () => {
  const ingress = (GroupId: string) =>
    new AuthorizeSecurityGroupIngressCommand({
      GroupId,
      IpPermissions: [
        { IpProtocol: "tcp", FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: "10.20.0.0/16" }] },
      ],
    });

  test("one security group: its rules may be changed, those of another not", async () => {
    const { ec2 } = await callerWith(allow("ec2:AuthorizeSecurityGroupIngress", groupArn));
    expect(await refusalOf(ec2.send(ingress(groupId)))).toBe("done");
    expect(await refusalOf(ec2.send(ingress("sg-0a1b2c3d4e5f60723")))).toContain(
      "security-group/sg-0a1b2c3d4e5f60723",
    );
  });

  test("rules named by their ids alone belong to their group", async () => {
    const { ec2 } = await callerWith("ec2:AuthorizeSecurityGroupIngress");
    const { SecurityGroupRules } = await ec2.send(ingress(groupId));
    const SecurityGroupRuleIds = [String(SecurityGroupRules?.[0]?.SecurityGroupRuleId)];
    const refusal = await refusalOf(
      ec2.send(new RevokeSecurityGroupIngressCommand({ SecurityGroupRuleIds })),
    );
    expect(refusal).toContain(`ec2:RevokeSecurityGroupIngress on resource: ${groupArn} because`);
  });

  test("a group can be made only in the VPC that the policy names", async () => {
    const arn = `arn:aws:ec2:${region}:123456789012`;
    const inVpc = (id: string) =>
      allow("ec2:CreateSecurityGroup", [`${arn}:security-group/*`, `${arn}:vpc/${id}`]);
    const here = await callerWith(inVpc(vpcId));
    expect(await refusalOf(here.ec2.send(newGroup()))).toBe("done");
    await here.sandbox.close();
    const there = await callerWith(inVpc("vpc-0a1b2c3d4e5f60728"));
    expect(await refusalOf(there.ec2.send(newGroup()))).toContain(`on resource: ${arn}:vpc/${vpcId} because`);
  });

  test("tags may be set on what the policy names", async () => {
    const { ec2 } = await callerWith(allow("ec2:CreateTags", "arn:aws:ec2:*:*:security-group/*"));
    const tag = (id: string) =>
      new CreateTagsCommand({ Resources: [id], Tags: [{ Key: "team", Value: "search" }] });
    expect(await refusalOf(ec2.send(tag(vpcId)))).toContain(`:vpc/${vpcId} because`);
    expect(await refusalOf(ec2.send(tag(groupId)))).not.toContain("UnauthorizedOperation");
  });
});

describe("policies limited by conditions", () => {
  test("aoss:collection: only policies about these collections", async () => {
    const ofOrders = { "ForAllValues:StringLike": { "aoss:collection": "orders-*" } };
    const { aoss } = await callerWith(
      allow(["aoss:CreateSecurityPolicy", "aoss:DeleteSecurityPolicy"], "*", ofOrders),
    );
    expect(await refusalOf(aoss.send(networkPolicy("orders")))).toBe("done");
    expect(await refusalOf(aoss.send(networkPolicy("logs")))).toContain(
      "not authorized to perform: aoss:CreateSecurityPolicy",
    );
    // What a policy is about is known when it is deleted, too.
    expect(
      await refusalOf(aoss.send(new DeleteSecurityPolicyCommand({ type: "network", name: "orders" }))),
    ).toBe("done");
  });

  test("aws:RequestTag and aws:TagKeys: only with these tags", async () => {
    const { ec2 } = await callerWith(
      "ec2:CreateSecurityGroup",
      allow("ec2:CreateTags", "*", {
        StringEquals: { "aws:RequestTag/team": "search", "ec2:CreateAction": "CreateSecurityGroup" },
        "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] },
      }),
    );
    expect(await refusalOf(ec2.send(newGroup(["cost"])))).toContain("ec2:CreateTags");
    expect(await refusalOf(ec2.send(newGroup(["team", "cost"])))).toContain("ec2:CreateTags");
    expect(await refusalOf(ec2.send(newGroup(["team"])))).toBe("done");
  });

  test("aws:RequestedRegion: only in this Region", async () => {
    const { aoss } = await callerWith(
      allow("aoss:*", "*", { StringEquals: { "aws:RequestedRegion": "us-east-1" } }),
    );
    expect(await refusalOf(aoss.send(new ListVpcEndpointsCommand({})))).toContain("AccessDeniedException");
  });
});
