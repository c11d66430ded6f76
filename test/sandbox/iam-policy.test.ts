import { defaultWorld, type Identity, InvalidIdentityPolicy, identityFromPolicy } from "../../sandbox";
import type { RequestKeys } from "../../sandbox/access/policy-keys";
import type { Call } from "../../sandbox/call";
import { regionOf, seed } from "../../sandbox/world/seed";
import { worldSchema } from "../../sandbox/world/world";

const account = "123456789012";

function callIn(region: string, at = "2026-11-24T12:00:00Z"): Call {
  const accountState = seed(worldSchema.parse(defaultWorld), "sandbox").accounts.get(account);
  if (!accountState) throw new Error("the default world has this account");
  return {
    account,
    region,
    now: Date.parse(at),
    openWorld: false,
    state: regionOf(accountState, region),
    accountState,
    duration: () => 0,
    forward: () => {},
  };
}

const call = callIn("eu-central-1");
const vpcArn = "arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-0a1b2c3d4e5f60718";
const groupArn = "arn:aws:ec2:eu-central-1:123456789012:security-group/sg-0a1b2c3d4e5f60713";

interface Question {
  readonly action?: string;
  readonly resource?: string;
  readonly on?: Call;
  readonly service?: string;
  readonly request?: RequestKeys;
}

/** "allowed", or what the refusal says at its end. */
function ask(identity: Identity, question: Question = {}): string {
  const { action = "ec2:DescribeVpcs", resource = "*", on = call, service, request } = question;
  try {
    identity.require(action, [resource], on, service ?? action.slice(0, action.indexOf(":")), request);
    return "allowed";
  } catch (error) {
    return /explicit deny/.test((error as Error).message) ? "denied" : "not allowed";
  }
}

type Json = Record<string, unknown>;

const policyOf = (...statements: readonly Json[]): Json => ({ Version: "2012-10-17", Statement: statements });
const identityOf = (...statements: readonly Json[]): Identity =>
  identityFromPolicy(policyOf(...statements), account);
const allow = (more: Json): Json => ({ Effect: "Allow", Action: "*", Resource: "*", ...more });
const deny = (more: Json): Json => ({ ...allow(more), Effect: "Deny" });
const where = (Condition: Json): Identity => identityOf(allow({ Condition }));

describe("actions", () => {
  test.each([
    ["ec2:DescribeVpcs", "allowed"],
    ["EC2:describevpcs", "allowed"],
    ["ec2:Describe*", "allowed"],
    ["ec2:*Vpcs", "allowed"],
    ["ec2:DescribeVpc?", "allowed"],
    ["ec2:*", "allowed"],
    ["*", "allowed"],
    ["ec2:DescribeVpc", "not allowed"],
    ["ec2:DescribeVpcs?", "not allowed"],
    ["aoss:*", "not allowed"],
  ])("%s: ec2:DescribeVpcs is %s", (Action, expected) => {
    expect(ask(identityOf(allow({ Action })))).toBe(expected);
  });

  test("a list of actions allows each of them", () => {
    const identity = identityOf(allow({ Action: ["aoss:ListVpcEndpoints", "ec2:DescribeVpcs"] }));
    expect(ask(identity)).toBe("allowed");
    expect(ask(identity, { action: "ec2:DescribeSubnets" })).toBe("not allowed");
  });

  test("NotAction is about everything else", () => {
    const identity = identityOf({ Effect: "Allow", NotAction: ["ec2:*", "iam:*"], Resource: "*" });
    expect(ask(identity, { action: "aoss:ListVpcEndpoints" })).toBe("allowed");
    expect(ask(identity)).toBe("not allowed");
  });

  test("nothing is allowed that no statement is about", () => {
    expect(ask(identityOf(deny({ Action: "s3:*" })))).toBe("not allowed");
  });

  test("a deny outweighs any allow, wherever it stands", () => {
    expect(ask(identityOf(deny({ Action: "ec2:*" }), allow({})))).toBe("denied");
    expect(ask(identityOf(allow({}), deny({ Action: "ec2:*" })))).toBe("denied");
    expect(ask(identityFromPolicy([policyOf(allow({})), policyOf(deny({}))], account))).toBe("denied");
  });

  test("a policy gives nothing to another account", () => {
    expect(ask(identityFromPolicy(policyOf(allow({})), "210987654321"))).toBe("not allowed");
  });

  test("sts:GetCallerIdentity needs no permission and cannot be denied", () => {
    expect(ask(identityOf(deny({})), { action: "sts:GetCallerIdentity" })).toBe("allowed");
  });
});

describe("resources", () => {
  test.each([
    ["*", "allowed"],
    [vpcArn, "allowed"],
    ["arn:aws:ec2:*:*:vpc/*", "allowed"],
    ["arn:aws:ec2:eu-*:123456789012:vpc/vpc-0a1b2c3d4e5f6071?", "allowed"],
    ["arn:*:ec2:*:${aws:PrincipalAccount}:*", "allowed"],
    ["arn:aws:ec2:*:${aws:PrincipalTag/account, '123456789012'}:vpc/*", "allowed"],
    ["arn:aws:ec2:*:${aws:PrincipalTag/account}:vpc/*", "not allowed"],
    ["arn:aws:ec2:us-east-1:*:vpc/*", "not allowed"],
    ["arn:aws:ec2:*:*:subnet/*", "not allowed"],
    ["arn:aws:ec2:*:*:VPC/*", "not allowed"],
    ["arn:aws:*:*:*:vpc-endpoint/*", "not allowed"],
  ])("%s: an action on a VPC is %s", (Resource, expected) => {
    expect(ask(identityOf(allow({ Resource })), { resource: vpcArn })).toBe(expected);
  });

  test("many wildcards take no more time than the text and the pattern are long", () => {
    const pattern = `arn:aws:ec2:*:*:vpc/${"*a".repeat(5)}*b`;
    const resource = `arn:aws:ec2:eu-central-1:123456789012:vpc/${"a".repeat(180)}`;
    const identity = identityOf(allow({ Resource: pattern }));
    const start = performance.now();
    expect(ask(identity, { resource })).toBe("not allowed");
    expect(ask(identity, { resource: `${resource}b` })).toBe("allowed");
    // Trying out what each star may stand for would take years.
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test.each([
    ["vpc/vpc-?a*z", "vpc/vpc-1abcz", "allowed"],
    ["vpc/vpc-?a*z", "vpc/vpc-1az", "allowed"],
    ["vpc/vpc-?a*z", "vpc/vpc-az", "not allowed"],
    ["vpc/*-a?", "vpc/x-a-ab", "allowed"],
    ["vpc/*-a?", "vpc/x-a-abc", "not allowed"],
    ["vpc/${*}x", "vpc/*x", "allowed"],
    ["vpc/${*}x", "vpc/ax", "not allowed"],
    ["vpc/${aws:PrincipalTag/none, 'a*'}", "vpc/a*", "allowed"],
    ["vpc/${aws:PrincipalTag/none, 'a*'}", "vpc/ab", "not allowed"],
    ["vpc/a.c", "vpc/abc", "not allowed"],
    ["vpc/*", "vpc/a\nb", "allowed"],
  ])("%s covers %j: %s", (pattern, name, expected) => {
    const arn = "arn:aws:ec2:eu-central-1:123456789012:";
    expect(ask(identityOf(allow({ Resource: arn + pattern })), { resource: arn + name })).toBe(expected);
  });

  test("an action without resources takes *", () => {
    expect(ask(identityOf(allow({ Resource: "arn:aws:ec2:*:*:*" })))).toBe("not allowed");
  });

  test("what is yet to be made is allowed by * in place of its id, and by no id", () => {
    const resource = "arn:aws:ec2:eu-central-1:123456789012:security-group/*";
    expect(ask(identityOf(allow({ Resource: "arn:aws:ec2:*:*:security-group/*" })), { resource })).toBe(
      "allowed",
    );
    expect(ask(identityOf(allow({ Resource: groupArn })), { resource })).toBe("not allowed");
  });

  test("all resources of a request have to be allowed, and the refusal names the first that is not", () => {
    const identity = identityOf(allow({ Action: "ec2:*", Resource: groupArn }));
    expect(() => identity.require("ec2:CreateVpcEndpoint", [groupArn, vpcArn], call, "ec2")).toThrow(
      `on resource: ${vpcArn} because`,
    );
  });

  test("NotResource is about everything else", () => {
    const identity = identityOf({ Effect: "Allow", Action: "*", NotResource: "arn:aws:ec2:*:*:vpc/*" });
    expect(ask(identity, { resource: groupArn })).toBe("allowed");
    expect(ask(identity, { resource: vpcArn })).toBe("not allowed");
  });

  test("before version 2012-10-17 a variable is plain text", () => {
    const Statement = allow({ Resource: "arn:aws:ec2:*:${aws:PrincipalAccount}:*" });
    expect(ask(identityFromPolicy({ Statement }, account), { resource: vpcArn })).toBe("not allowed");
  });
});

describe("conditions", () => {
  test.each<[string, string, Json]>([
    ["allowed", "StringEquals", { "aws:RequestedRegion": "eu-central-1" }],
    ["allowed", "StringEquals", { "aws:requestedregion": ["us-east-1", "eu-central-1"] }],
    ["not allowed", "StringEquals", { "aws:RequestedRegion": "EU-CENTRAL-1" }],
    ["not allowed", "StringEquals", { "aws:RequestedRegion": "eu-*" }],
    ["allowed", "StringEqualsIgnoreCase", { "aws:RequestedRegion": "EU-CENTRAL-1" }],
    ["allowed", "StringNotEquals", { "aws:RequestedRegion": "us-east-1" }],
    ["not allowed", "StringNotEquals", { "aws:RequestedRegion": ["us-east-1", "eu-central-1"] }],
    ["allowed", "StringLike", { "aws:RequestedRegion": "eu-*" }],
    ["not allowed", "StringNotLike", { "aws:RequestedRegion": "eu-*" }],
    ["allowed", "StringEquals", { "aws:PrincipalAccount": "123456789012", "aws:username": "sandbox" }],
    ["not allowed", "StringEquals", { "aws:PrincipalAccount": "123456789012", "aws:username": "root" }],
    ["allowed", "StringEquals", { "aws:PrincipalArn": "arn:aws:iam::123456789012:user/${aws:username}" }],
    ["allowed", "ArnLike", { "aws:PrincipalArn": "arn:aws:iam::*:user/*" }],
    ["not allowed", "ArnEquals", { "aws:PrincipalArn": "arn:aws:iam::*:role/*" }],
    ["allowed", "ArnNotLike", { "aws:PrincipalArn": "arn:aws:iam::*:role/*" }],
    ["allowed", "IpAddress", { "aws:SourceIp": "127.0.0.0/8" }],
    ["not allowed", "IpAddress", { "aws:SourceIp": ["10.0.0.0/8", "2001:db8::/32"] }],
    ["allowed", "NotIpAddress", { "aws:SourceIp": "203.0.113.7" }],
    ["allowed", "Bool", { "aws:SecureTransport": true }],
    ["not allowed", "Bool", { "aws:ViaAWSService": "true" }],
    ["allowed", "DateLessThan", { "aws:CurrentTime": "2026-12-01T00:00:00Z" }],
    ["not allowed", "DateGreaterThan", { "aws:CurrentTime": "2026-12-01" }],
    ["allowed", "NumericGreaterThanEquals", { "aws:EpochTime": 1764000000 }],
    ["not allowed", "NumericLessThan", { "aws:EpochTime": "1764000000" }],
    ["allowed", "NumericNotEquals", { "aws:EpochTime": 0 }],
    // The sandbox's user has no such thing: a positive comparison fails, a negative one holds.
    ["not allowed", "Bool", { "aws:MultiFactorAuthPresent": "false" }],
    ["allowed", "BoolIfExists", { "aws:MultiFactorAuthPresent": "false" }],
    ["not allowed", "StringEquals", { "aws:PrincipalOrgID": "o-1" }],
    ["allowed", "StringNotEquals", { "aws:PrincipalOrgID": "o-1" }],
    ["allowed", "StringEqualsIfExists", { "aws:PrincipalOrgID": "o-1" }],
    ["allowed", "Null", { "aws:PrincipalOrgID": "true" }],
    ["not allowed", "Null", { "aws:PrincipalOrgID": false }],
    ["allowed", "Null", { "aws:username": "false" }],
  ])("%s: %s %j", (expected, operator, block) => {
    expect(ask(where({ [operator]: block }))).toBe(expected);
  });

  test("all operators of a condition have to hold", () => {
    const StringEquals = { "aws:RequestedRegion": "eu-central-1" };
    expect(ask(where({ StringEquals, Null: { "aws:username": "true" } }))).toBe("not allowed");
  });

  const collections = (...names: readonly string[]): Question => ({
    action: "aoss:CreateSecurityPolicy",
    request: names.length === 0 ? {} : { "aoss:collection": names },
  });

  test.each<[string, readonly [string, string, string, string]]>([
    // What the request names:          orders      orders, logs   logs        nothing
    ["StringLike", ["allowed", "not allowed", "not allowed", "not allowed"]],
    ["ForAllValues:StringLike", ["allowed", "not allowed", "not allowed", "allowed"]],
    ["ForAnyValue:StringLike", ["allowed", "allowed", "not allowed", "not allowed"]],
    ["ForAnyValue:StringNotLike", ["not allowed", "allowed", "allowed", "not allowed"]],
    ["ForAllValues:StringNotLike", ["not allowed", "not allowed", "allowed", "allowed"]],
    ["ForAnyValue:StringLikeIfExists", ["allowed", "allowed", "not allowed", "allowed"]],
  ])("%s compares the collections that a request names", (operator, expected) => {
    const identity = where({ [operator]: { "aoss:collection": "ord*" } });
    const questions = [["orders"], ["orders", "logs"], ["logs"], []];
    expect(questions.map((names) => ask(identity, collections(...names)))).toEqual(expected);
  });

  test("the tags of a resource are known, those of others are not there", () => {
    const tagged = callIn("eu-central-1");
    tagged.state.tags.set("sg-0a1b2c3d4e5f60713", new Map([["Team", "search"]]));
    const identity = where({ StringEquals: { "aws:ResourceTag/team": "search" } });
    expect(ask(identity, { resource: groupArn, on: tagged })).toBe("allowed");
    expect(ask(identity, { resource: vpcArn, on: tagged })).toBe("not allowed");
  });

  test("ec2:Vpc is the VPC of a group", () => {
    expect(ask(where({ ArnEquals: { "ec2:Vpc": vpcArn } }), { resource: groupArn })).toBe("allowed");
    expect(ask(where({ ArnEquals: { "ec2:Vpc": `${vpcArn}0` } }), { resource: groupArn })).toBe(
      "not allowed",
    );
  });

  test("ec2:Vpc is there as tags of a group are set, and not as they are removed", () => {
    const identity = where({ ArnEquals: { "ec2:Vpc": vpcArn } });
    expect(ask(identity, { action: "ec2:CreateTags", resource: groupArn })).toBe("allowed");
    expect(ask(identity, { action: "ec2:DeleteTags", resource: groupArn })).toBe("not allowed");
  });

  test("what a service calls in the caller's name comes from no address of the caller", () => {
    const forwarded = { action: "ec2:CreateVpcEndpoint", service: "aoss" };
    expect(ask(where({ IpAddress: { "aws:SourceIp": "127.0.0.1" } }), forwarded)).toBe("not allowed");
    expect(ask(where({ Bool: { "aws:ViaAWSService": "true" } }), forwarded)).toBe("allowed");
  });

  test.each<[string, string, Json]>([
    ["allowed", "iam:CreateServiceLinkedRole", { "iam:AWSServiceName": "observability.aoss.amazonaws.com" }],
    ["not allowed", "iam:CreateServiceLinkedRole", { "iam:AWSServiceName": "ec2.amazonaws.com" }],
    ["not allowed", "aoss:CreateCollection", { "iam:AWSServiceName": "observability.aoss.amazonaws.com" }],
    ["allowed", "kms:CreateGrant", { "kms:ViaService": "aoss.eu-central-1.amazonaws.com" }],
    [
      "allowed",
      "kms:CreateGrant",
      { "kms:GrantIsForAWSResource": "true", "kms:CallerAccount": "123456789012" },
    ],
  ])("%s: %s through OpenSearch Serverless where %j", (expected, action, StringEquals) => {
    expect(ask(where({ StringEquals }), { action, service: "aoss" })).toBe(expected);
  });

  test("Route 53 and IAM are called in us-east-1", () => {
    const identity = where({ StringEquals: { "aws:RequestedRegion": "us-east-1" } });
    expect(ask(identity, { action: "route53:CreateHostedZone", service: "aoss" })).toBe("allowed");
  });
});

describe("a policy that cannot be taken", () => {
  const refusalOf = (policy: unknown): Pick<InvalidIdentityPolicy, "path" | "problem" | "problems"> => {
    try {
      identityFromPolicy(policy, account);
    } catch (error) {
      if (error instanceof InvalidIdentityPolicy) return error;
      throw error;
    }
    return { path: "", problem: "", problems: [] };
  };
  const problemOf = (policy: unknown): string => {
    const { path, problem, problems } = refusalOf(policy);
    return problems.length === 0 ? "taken" : `${path}: ${problem}`;
  };
  const escaped = (text: string): string => text.replaceAll(/[?.*]/g, "\\$&");
  const withStatement = (more: Json): string => problemOf(policyOf(allow(more)));

  test("as an object, as JSON, with one statement or a list, a policy is taken", () => {
    expect(problemOf(policyOf(allow({})))).toBe("taken");
    expect(problemOf(JSON.stringify(policyOf(allow({}))))).toBe("taken");
    expect(problemOf({ Version: "2012-10-17", Id: "mine", Statement: allow({ Sid: "All" }) })).toBe("taken");
    expect(problemOf([policyOf(allow({})), JSON.stringify(policyOf(deny({})))])).toBe("taken");
  });

  test.each<[unknown, string]>([
    ["{", ": policy: not valid JSON: "],
    [null, ": there is no policy in it"],
    [7, ": policy: 7 is not an object"],
    [[], ": policy: an empty list"],
    [{ Version: "2012-10-17" }, "Statement: Statement is missing"],
    [{ Version: "2012-10-17", Statement: [] }, "Statement: Statement: an empty list"],
    [
      { Version: "2020-01-01", Statement: allow({}) },
      'Version: Version: "2020-01-01" is not a policy version',
    ],
    [{ Statement: allow({}), Comment: "mine" }, 'Comment: unknown key "Comment"'],
    [
      [policyOf(allow({})), policyOf(allow({ Effect: "allow" }))],
      '[1].Statement[0].Effect: Effect: "allow" is not an effect',
    ],
  ])("%j", (policy, expected) => {
    expect(problemOf(policy)).toContain(expected);
  });

  test.each<[string, Json]>([
    ["Effect: Effect is missing", { Effect: undefined }],
    ["Principal: an identity-based policy has no Principal", { Principal: "*" }],
    ["NotPrincipal: an identity-based policy has no NotPrincipal", { NotPrincipal: { AWS: "*" } }],
    ['Actions: unknown key "Actions"', { Actions: "*" }],
    ['Sid: Sid: "all of it" is not a statement id', { Sid: "all of it" }],
    ["Action: Action and NotAction exclude each other", { NotAction: "ec2:*" }],
    ["Resource: Resource and NotResource exclude each other", { NotResource: "*" }],
    ['Action: the action "DescribeVpcs" has no service', { Action: "DescribeVpcs" }],
    ['Action[1]: the action "Describe*" has no service', { Action: ["ec2:*", "Describe*"] }],
    ['Action: "ec2:Describe Vpcs" is not an action', { Action: "ec2:Describe Vpcs" }],
    ['Action: "*:DescribeVpcs" is not an action', { Action: "*:DescribeVpcs" }],
    ["Action: Action: an empty list", { Action: [] }],
    ["Action[0]: Action[0]: 1 is not a text", { Action: [1] }],
    ['Resource: "vpc-0a1b2c3d4e5f60718" is not a resource', { Resource: "vpc-0a1b2c3d4e5f60718" }],
    ['Resource: "arn:aws:ec2:*" is not a resource', { Resource: "arn:aws:ec2:*" }],
    [
      "Resource: the sandbox does not know the variable ${aws:nonsense}",
      { Resource: "arn:aws:ec2:*:*:vpc/${aws:nonsense}" },
    ],
    ["has a variable that cannot be read", { Resource: "arn:aws:ec2:*:*:vpc/${aws:username" }],
    ["Condition: Condition: a list is not an object", { Condition: ["StringEquals"] }],
    [
      "Condition.StringMatches: the condition operator StringMatches is not known",
      { Condition: { StringMatches: { "aws:username": "a" } } },
    ],
    [
      "Condition.NullIfExists: the condition operator",
      { Condition: { NullIfExists: { "aws:username": "true" } } },
    ],
    [
      "Condition.StringEquals.aws:Weather: the sandbox does not know the condition key aws:Weather",
      { Condition: { StringEquals: { "aws:Weather": "fine" } } },
    ],
    [
      "Condition.ForAnyValue:StringLike.aws:username: aws:username has one value only",
      { Condition: { "ForAnyValue:StringLike": { "aws:username": "a" } } },
    ],
    [
      "Condition.StringEquals.aws:username[1]: aws:username[1]: an object is not a text",
      { Condition: { StringEquals: { "aws:username": ["a", {}] } } },
    ],
    [
      'Condition.Bool.aws:SecureTransport: aws:SecureTransport: "yes" is not what Bool compares with',
      { Condition: { Bool: { "aws:SecureTransport": "yes" } } },
    ],
    [
      'Condition.IpAddress.aws:SourceIp: aws:SourceIp: "here" is not what',
      { Condition: { IpAddress: { "aws:SourceIp": "here" } } },
    ],
    [
      'Condition.NumericEquals.aws:EpochTime: aws:EpochTime: "soon" is not what',
      { Condition: { NumericEquals: { "aws:EpochTime": "soon" } } },
    ],
    [
      'Condition.ArnLike.aws:PrincipalArn: aws:PrincipalArn: "user/*" is not what',
      { Condition: { ArnLike: { "aws:PrincipalArn": "user/*" } } },
    ],
  ])("%s", (expected, more) => {
    expect(withStatement(more)).toContain(expected.startsWith("has") ? expected : `Statement[0].${expected}`);
  });

  test.each<[string, Json]>([
    ['did you mean "Action"? allowed: Sid, Effect, Action, ', { Actions: "*" }],
    ['did you mean "Resource"? allowed: ', { Ressource: "*" }],
    ['did you mean "StringEquals"? use one', { Condition: { StringEqual: { "aws:username": "a" } } }],
    [
      'did you mean "aws:requestedregion"? else drop',
      { Condition: { StringEquals: { "aws:RequestRegion": "eu-central-1" } } },
    ],
    ["allowed: Sid, Effect, ", { Colour: "red" }],
  ])("%s is said of a misspelt name", (remedy, more) => {
    const { problems } = refusalOf(policyOf(allow(more)));
    expect(problems.map((one) => one.remedy)).toEqual([
      expect.stringMatching(new RegExp(`^${escaped(remedy)}`)),
    ]);
  });

  test("a statement id that is there twice", () => {
    expect(problemOf(policyOf(allow({ Sid: "One" }), deny({ Sid: "One" })))).toBe(
      "Statement[1].Sid: the statement id One is there twice",
    );
  });

  test("every mistake is listed, each with its place", () => {
    expect(() =>
      identityFromPolicy(policyOf(allow({ Action: "all" }), allow({ Resource: "all" })), account),
    ).toThrow(/^Statement\[0\]\.Action: .*\nStatement\[1\]\.Resource: /);
  });
});
