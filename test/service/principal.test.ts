import { checkPrincipal, roleOfSession, wholeAccountHint } from "../../service";

const account = "123456789012";

describe("a principal is taken", () => {
  test.each([
    "arn:aws:iam::123456789012:role/reader",
    "arn:aws:iam::123456789012:role/team/search/reader",
    "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Admin_0123456789abcdef",
    "arn:aws:iam::123456789012:user/annie@example.com",
    "arn:aws-us-gov:iam::123456789012:user/Dale",
    "arn:aws:sts::123456789012:federated-user/annie",
    "arn:aws:iam::123456789012:root",
    "saml/123456789012/myprovider/user/Annie",
    "saml/123456789012/anotherprovider/group/Finance and Accounting",
    "iamidentitycenter/ssoins-0123456789abcdef/user/annie",
    "iamidentitycenter/ssoins-0123456789abcdef/group/readers",
  ])("%s", (principal) => {
    expect(checkPrincipal(principal, account)).toBeUndefined();
  });
});

describe("a principal is refused with what to write in its place", () => {
  test.each([
    ["*", "name the roles and users that need access"],
    ["arn:aws:iam::123456789012:group/readers", "name its users, or a role that they assume"],
    ["arn:aws:iam::123456789012:instance-profile/reader", "name the role in it"],
    [
      "arn:aws:iam::123456789012:role/",
      'give the ARN of a role such as "arn:aws:iam::123456789012:role/reader"',
    ],
    ["arn:aws:iam::123456789012:role/rea der", expect.stringContaining("give the ARN of a role")],
    ["arn:aws:iam::12345678901:role/reader", expect.stringContaining("give the ARN of a role")],
    ["arn:aws:s3:::bucket", expect.stringContaining("give the ARN of a role")],
    ["bedrock.amazonaws.com", expect.stringContaining("give the ARN of a role")],
    ["123456789012", expect.stringContaining("give the ARN of a role")],
    [
      "saml/123456789012/myprovider/Annie",
      "write saml/ACCOUNT/CONFIG/user/NAME or saml/ACCOUNT/CONFIG/group/NAME",
    ],
    [
      "iamidentitycenter/ssoins-0123456789abcdef/annie",
      "write iamidentitycenter/INSTANCE/user/NAME or iamidentitycenter/INSTANCE/group/NAME",
    ],
  ])("%s", (principal, remedy) => {
    expect(checkPrincipal(principal, account)?.remedy).toEqual(remedy);
  });

  test("a session of an assumed role, with the role, whose path it does not tell", () => {
    expect(checkPrincipal("arn:aws:sts::123456789012:assumed-role/reader/i-0a1b2c3d", account)).toEqual({
      problem:
        'principal "arn:aws:sts::123456789012:assumed-role/reader/i-0a1b2c3d": a session of an assumed role, whose access would end with the session\'s name',
      remedy:
        'name the role: "arn:aws:iam::123456789012:role/reader"; if it has a path, that is not in the session ARN and has to stand before its name',
    });
  });

  test("a session of a role that IAM Identity Center made, with the path that such a role has", () => {
    const session = "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/annie";
    expect(checkPrincipal(session)?.remedy).toContain("aws-reserved/sso.amazonaws.com/");
  });

  test.each([
    "arn:aws:iam::210987654321:role/reader",
    "arn:aws:iam::210987654321:root",
    "saml/210987654321/myprovider/user/Annie",
  ])("%s, of another account than the policy's", (principal) => {
    expect(checkPrincipal(principal, account)?.problem).toBe(
      `principal "${principal}" is of account 210987654321, the policy of 123456789012: cross-account principals are not allowed`,
    );
    expect(checkPrincipal(principal)).toBeUndefined();
  });
});

test("only the session of an assumed role has a role", () => {
  expect(roleOfSession("arn:aws-us-gov:sts::123456789012:assumed-role/reader/me")).toBe(
    "arn:aws-us-gov:iam::123456789012:role/reader",
  );
  expect(roleOfSession("arn:aws:sts::123456789012:federated-user/annie")).toBeUndefined();
  expect(roleOfSession("arn:aws:iam::123456789012:role/reader")).toBeUndefined();
});

test("a whole account earns a hint, a role does not", () => {
  expect(wholeAccountHint("arn:aws:iam::123456789012:root")).toContain("name roles and users");
  expect(wholeAccountHint("arn:aws:iam::123456789012:role/root")).toBeUndefined();
});
