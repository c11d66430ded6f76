import { deniedCallsIn } from "../../terraform";

/** One error of Terraform's with AWS's words in it, as the provider passes them on. */
const errorWith = (detail: string, address?: string) => ({
  severity: "error" as const,
  summary: "creating AWS OpenSearch Serverless VPC Endpoint",
  detail,
  ...(address === undefined ? {} : { address }),
});

const denied = (detail: string) => deniedCallsIn([errorWith(detail)]);

const session = "arn:aws:sts::123456789012:assumed-role/deployer/ci";
const sentence = `User: ${session} is not authorized to perform: aoss:CreateVpcEndpoint`;

// The wordings are those of the IAM user guide, "Troubleshoot access denied error messages".
describe("a call that AWS denied", () => {
  test.each([
    ["because no identity-based policy allows the aoss:CreateVpcEndpoint action", "identity-based policy"],
    ["because no permissions boundary allows the aoss:CreateVpcEndpoint action", "permissions boundary"],
    ["because no session policy allows the aoss:CreateVpcEndpoint action", "session policy"],
    ["because no service control policy allows the aoss:CreateVpcEndpoint action", "service control policy"],
    [
      "because no resource control policy allows the aoss:CreateVpcEndpoint action",
      "resource control policy",
    ],
    ["because no VPC endpoint policy allows the aoss:CreateVpcEndpoint action", "VPC endpoint policy"],
    ["because no resource-based policy allows the aoss:CreateVpcEndpoint action", "resource-based policy"],
    ["because no role trust policy allows the aoss:CreateVpcEndpoint action", "role trust policy"],
  ])("%s", (reason, policy) => {
    expect(denied(`${sentence} ${reason}`)).toEqual([
      {
        action: "aoss:CreateVpcEndpoint",
        isSupposed: false,
        principal: session,
        policy,
        isExplicit: false,
        addresses: [],
      },
    ]);
  });

  test.each([
    ["with an explicit deny in an identity-based policy", "identity-based policy"],
    ["with an explicit deny in a permissions boundary", "permissions boundary"],
    ["with an explicit deny in a session policy", "session policy"],
    ["with an explicit deny in a service control policy", "service control policy"],
    ["with an explicit deny in a resource control policy", "resource control policy"],
    ["with an explicit deny in a VPC endpoint policy", "VPC endpoint policy"],
    ["with an explicit deny in a resource-based policy", "resource-based policy"],
    ["with an explicit deny in the role trust policy", "role trust policy"],
    ["with an explicit deny", undefined],
  ])("%s", (reason, policy) => {
    const [call] = denied(`${sentence} on resource: arn:aws:aoss:eu-central-1:123456789012:* ${reason}`);
    expect(call).toMatchObject({
      isExplicit: true,
      resource: "arn:aws:aoss:eu-central-1:123456789012:*",
    });
    expect(call?.policy).toBe(policy);
    expect(call).not.toHaveProperty("policyArn");
  });

  test("is by the policy whose ARN AWS adds in newer answers", () => {
    const arn =
      "arn:aws:organizations::999999999999:policy/o-exampleorgid/service_control_policy/p-examplepolicyid";
    expect(denied(`${sentence} with an explicit deny in a service control policy: ${arn}.`)).toMatchObject([
      { policy: "service control policy", policyArn: arn, isExplicit: true },
    ]);
  });

  test("is found although Terraform broke the lines, and the resource is not taken for the reason", () => {
    const detail =
      "operation error EC2: CreateSecurityGroup, https response error StatusCode:\n403, RequestID: 8f0c, api error\n" +
      "UnauthorizedOperation: You are not authorized to perform this operation.\nUser: arn:aws:iam::123456789012:user/team/ada\n" +
      "is not authorized to perform: ec2:CreateSecurityGroup on resource:\narn:aws:ec2:eu-central-1:123456789012:vpc/vpc-0a1b2c3d4e5f60718\n" +
      "because no identity-based policy allows the ec2:CreateSecurityGroup action";
    expect(denied(detail)).toEqual([
      {
        action: "ec2:CreateSecurityGroup",
        isSupposed: false,
        principal: "arn:aws:iam::123456789012:user/team/ada",
        resource: "arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-0a1b2c3d4e5f60718",
        policy: "identity-based policy",
        isExplicit: false,
        operation: "EC2: CreateSecurityGroup",
        addresses: [],
      },
    ]);
  });

  test("keeps what EC2 encoded beside the sentence, and the operation where there is no sentence", () => {
    const encoded = "0l-KPWQJ8q5z3YatP3Ybgb5lf0dibDhN6KaE3jQ5Bu4hNkP1BxfK_Ou0od0P3xrofimLgvlM48imjT5fah";
    const operation =
      "operation error EC2: DescribeVpcEndpoints, https response error StatusCode: 403, api error ";
    const without = `${operation}UnauthorizedOperation: You are not authorized to perform this operation.`;
    expect(denied(`${without} Encoded authorization failure message: ${encoded}`)).toEqual([
      {
        action: "ec2:DescribeVpcEndpoints",
        isSupposed: true,
        isExplicit: false,
        encoded,
        operation: "EC2: DescribeVpcEndpoints",
        addresses: [],
      },
    ]);
    const both = `${without} User: ${session} is not authorized to perform: ec2:DescribeVpcEndpoints with an explicit deny in a service control policy. Encoded authorization failure message: ${encoded}`;
    expect(denied(both)).toMatchObject([{ isSupposed: false, encoded, policy: "service control policy" }]);
    expect(denied(without)).toMatchObject([{ action: "ec2:DescribeVpcEndpoints", isSupposed: true }]);
  });

  test.each([
    ["Route 53: CreateHostedZone", "route53:CreateHostedZone"],
    ["OpenSearchServerless: BatchGetCollection", "aoss:BatchGetCollection"],
    ["S3: HeadObject", "s3:GetObject"],
    ["S3: ListObjectsV2", "s3:ListBucket"],
  ])("of the operation %s is taken for %s where AWS names no action", (operation, action) => {
    const detail = `operation error ${operation}, https response error StatusCode: 403, api error AccessDenied: Access Denied`;
    expect(denied(detail)).toMatchObject([{ action, isSupposed: true }]);
  });

  test("to the state in S3 is known by the bucket and the key, of which Terraform speaks", () => {
    const text =
      'Error refreshing state: Unable to access object "search/a.tfstate" in S3 bucket "state": operation error S3: HeadObject, https response error StatusCode: 403, RequestID: , HostID: , api error Forbidden: Forbidden';
    expect(denied(text)).toEqual([
      {
        action: "s3:GetObject",
        isSupposed: true,
        resource: "arn:aws:s3:::state/search/a.tfstate",
        isExplicit: false,
        operation: "S3: HeadObject",
        addresses: [],
      },
    ]);
  });

  test.each([
    ['on resource: "arn:aws:s3:::state/search.tfstate" because', "arn:aws:s3:::state/search.tfstate"],
    ["on resource: role deployer because", "role deployer"],
    ["on resource: policy path /team/ because", "policy path /team/"],
    ["on resource: * because", undefined],
    [
      "on resource: arn:aws:kms:eu-central-1:123456789012:key/abc. because",
      "arn:aws:kms:eu-central-1:123456789012:key/abc",
    ],
  ])("%s names %s", (words, resource) => {
    const [call] = denied(
      `User: ${session} is not authorized to perform: iam:GetRole ${words} no identity-based policy allows the iam:GetRole action`,
    );
    expect(call?.resource).toBe(resource);
    expect(call?.policy).toBe("identity-based policy");
  });

  test("is told once however many resources failed by it; other calls and warnings apart", () => {
    const text = `${sentence} because no identity-based policy allows the aoss:CreateVpcEndpoint action`;
    const calls = deniedCallsIn([
      errorWith(text, "aws_opensearchserverless_vpc_endpoint.apps"),
      errorWith(text, "aws_opensearchserverless_vpc_endpoint.batch"),
      errorWith(text),
      errorWith(
        text.replaceAll("aoss:CreateVpcEndpoint", "ec2:CreateTags"),
        "aws_opensearchserverless_vpc_endpoint.apps",
      ),
      { ...errorWith(text.replaceAll("aoss:CreateVpcEndpoint", "ec2:CreateVpc")), severity: "warning" },
      errorWith(
        "operation error EC2: CreateTags, https response error StatusCode: 400, api error InvalidID: no such id",
      ),
    ]);
    expect(calls.map(({ action, addresses }) => [action, addresses])).toEqual([
      [
        "aoss:CreateVpcEndpoint",
        ["aws_opensearchserverless_vpc_endpoint.apps", "aws_opensearchserverless_vpc_endpoint.batch"],
      ],
      ["ec2:CreateTags", ["aws_opensearchserverless_vpc_endpoint.apps"]],
    ]);
  });
});
