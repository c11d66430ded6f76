import { explainFailure } from "../../../review";

const role = "arn:aws:sts::123456789012:assumed-role/deployer/ci";

/** The one denial in AWS's words. */
function denial(words: string, run: Parameters<typeof explainFailure>[1] = {}) {
  const { denials } = explainFailure([{ severity: "error", summary: "creating", detail: words }], run);
  expect(denials).toHaveLength(1);
  return denials[0] as (typeof denials)[number];
}

const missing = (policy: string, action = "aoss:CreateVpcEndpoint", who = role) =>
  `User: ${who} is not authorized to perform: ${action} because no ${policy} allows the ${action} action`;
const forbidden = (policy: string) =>
  `User: ${role} is not authorized to perform: aoss:CreateVpcEndpoint with an explicit deny in ${policy}`;

describe("what mends a denial", () => {
  test("where none of the caller's own policies allows it: the statement, of the Region and account that are known", () => {
    expect(
      denial(missing("identity-based policy", "ec2:DeleteSecurityGroup"), { region: "eu-west-1" }),
    ).toMatchObject({
      why: "no policy of the role deployer allows it",
      mend: "add this statement to a policy of the role deployer",
      statements: [
        {
          Effect: "Allow",
          Action: expect.arrayContaining(["ec2:DeleteSecurityGroup"]),
          Resource: "arn:aws:ec2:eu-west-1:123456789012:security-group/*",
        },
      ],
    });
  });

  test.each([
    [
      "permissions boundary",
      /the permissions boundary of the role deployer does not allow it/,
      /keeps the boundary/,
      1,
    ],
    ["session policy", /the session was started with a policy of its own/, /where the role is assumed/, 1],
    [
      "service control policy",
      /a service control policy of the organization/,
      /no policy of the account can/,
      0,
    ],
    [
      "resource control policy",
      /a resource control policy of the organization/,
      /no policy of the account can/,
      0,
    ],
    ["VPC endpoint policy", /through a VPC endpoint whose policy/, /in the policy of the VPC endpoint/, 0],
    ["resource-based policy", /the policy of the resource itself/, /for the role deployer in that policy/, 0],
    ["role trust policy", /the trust policy of the role/, /as a principal in that trust policy/, 0],
  ])("where no %s allows it", (policy, why, mend, statements) => {
    const found = denial(missing(policy), { region: "eu-central-1" });
    expect(found).toMatchObject({ why: expect.stringMatching(why), mend: expect.stringMatching(mend) });
    expect(found.statements).toHaveLength(statements);
  });

  test.each([
    [
      "an identity-based policy",
      "a statement in a policy of the role deployer denies it",
      /^take aoss:CreateVpcEndpoint out/,
    ],
    [
      "a permissions boundary",
      "a statement in the permissions boundary of the role deployer denies it",
      /^take/,
    ],
    ["a session policy", "a statement in the policy that the session was started with denies it", /^take/],
    [
      "a service control policy",
      "a statement in a service control policy of the organization denies it",
      /^ask whoever/,
    ],
    [
      "a service control policy: arn:aws:organizations::999999999999:policy/o-x/service_control_policy/p-y",
      "a statement in a service control policy of the organization (arn:aws:organizations::999999999999:policy/o-x/service_control_policy/p-y) denies it",
      /^ask whoever/,
    ],
  ])("where %s denies it, no statement helps", (policy, why, mend) => {
    expect(denial(forbidden(policy), { region: "eu-central-1" })).toMatchObject({
      why,
      mend: expect.stringMatching(mend),
      statements: [],
    });
  });

  test("where AWS does not say which policy, a statement, and what else it may be", () => {
    const found = denial(`User: ${role} is not authorized to perform: aoss:CreateVpcEndpoint`);
    expect(found).toMatchObject({
      mend: expect.stringMatching(/add this statement to .* a permissions boundary/),
    });
    expect(found.statements).toHaveLength(1);
  });

  test("a key's own policy is named as what it is", () => {
    const key = "arn:aws:kms:eu-central-1:123456789012:key/1a2b3c4d-5e6f-7a8b-9c0d-1e2f3a4b5c6d";
    const words = `User: ${role} is not authorized to perform: kms:CreateGrant on resource: ${key} because no resource-based policy allows the kms:CreateGrant action`;
    expect(denial(words)).toMatchObject({
      why: `the policy of ${key} itself does not allow it`,
      mend: "allow kms:CreateGrant for the role deployer in that policy, the key policy",
    });
  });
});

describe("the statement to add", () => {
  test("is of the access file where there is one: its VPC, its tags", () => {
    const scope = {
      account: "123456789012",
      regions: ["eu-central-1"],
      features: ["managed-endpoint", "security-group"] as const,
      vpcs: ["vpc-0a1b2c3d4e5f60718"],
      tags: { team: "search" },
    };
    const { statements } = denial(missing("identity-based policy", "ec2:DeleteSecurityGroup"), { scope });
    expect(statements).toEqual([
      expect.objectContaining({
        Condition: {
          ArnEquals: { "ec2:Vpc": "arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-0a1b2c3d4e5f60718" },
          StringEquals: { "aws:ResourceTag/team": "search" },
        },
      }),
    ]);
  });

  test("of an action that no feature takes is on what AWS named, else on anything", () => {
    const of = (resource: string) =>
      denial(
        `User: ${role} is not authorized to perform: s3:GetObject${resource} because no identity-based policy allows the s3:GetObject action`,
      ).statements;
    const Sid = "AllowS3GetObject";
    expect(of(" on resource: arn:aws:s3:::state/search.tfstate")).toEqual([
      { Sid, Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::state/search.tfstate" },
    ]);
    expect(of("")).toEqual([{ Sid, Effect: "Allow", Action: ["s3:GetObject"], Resource: "*" }]);
  });

  test("is of the Region of the resource where nothing else tells it, and of its partition", () => {
    const arn = "arn:aws-us-gov:ec2:us-gov-west-1:123456789012:security-group/sg-0a1b2c3d4e5f60713";
    const who = "arn:aws-us-gov:sts::123456789012:assumed-role/deployer/ci";
    const words = `User: ${who} is not authorized to perform: ec2:DeleteSecurityGroup on resource: ${arn} because no identity-based policy allows the ec2:DeleteSecurityGroup action`;
    expect(denial(words).statements).toMatchObject([
      { Resource: "arn:aws-us-gov:ec2:us-gov-west-1:123456789012:security-group/*" },
    ]);
  });
});

describe("who was denied", () => {
  test.each([
    [role, { name: "role deployer", kind: "role", account: "123456789012", session: "ci" }],
    ["arn:aws:iam::123456789012:user/team/ada", { name: "user ada", kind: "user" }],
    ["arn:aws:iam::123456789012:role/team/deployer", { name: "role deployer", kind: "role" }],
    ["arn:aws:iam::123456789012:root", { name: "root user", kind: "root user" }],
    [
      "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Deployers_0123456789abcdef/ada@example.com",
      { name: "permission set Deployers", kind: "permission set", session: "ada@example.com" },
    ],
    ["anonymous", { name: "anonymous", kind: "other" }],
  ])("%s", (arn, who) => {
    expect(denial(missing("identity-based policy", "aoss:CreateVpcEndpoint", arn)).who).toMatchObject({
      arn,
      ...who,
    });
  });

  test("the role of a permission set is not changed in IAM", () => {
    const arn = "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Deployers_0123456789abcdef/ada";
    expect(denial(missing("identity-based policy", "aoss:CreateVpcEndpoint", arn)).mend).toBe(
      "add this statement to the inline policy of the permission set Deployers in IAM Identity Center, and provision it again: its role cannot be changed in IAM",
    );
  });
});

test("what EC2 encoded comes with the command that decodes it", () => {
  const encoded = "0l-KPWQJ8q5z3YatP3Ybgb5lf0dibDhN6KaE3jQ5Bu4hNkP1BxfK_Ou0od0P3xrofimLgvlM48imjT5fah";
  const words = `operation error EC2: CreateSecurityGroup, https response error StatusCode: 403, api error UnauthorizedOperation: You are not authorized to perform this operation. Encoded authorization failure message: ${encoded}`;
  expect(denial(words)).toMatchObject({
    action: "ec2:CreateSecurityGroup",
    decode: `aws sts decode-authorization-message --query DecodedMessage --output text --encoded-message ${encoded}`,
  });
});
