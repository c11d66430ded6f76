import { validateTrustPolicy } from "@cloud-copilot/iam-policy";
import { Token } from "cdktf";
import {
  GithubRun,
  type GithubTrustProps,
  type HcpTerraformTrustProps,
  OidcTrust,
  RuleError,
} from "../../modules";

const account = "123456789012";
const hcpArn = `arn:aws:iam::${account}:oidc-provider/app.terraform.io`;
const githubArn = `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;
const hcp: HcpTerraformTrustProps = {
  organization: "acme",
  project: "Default Project",
  workspace: "search-prod",
  phases: ["apply"],
};
const github: GithubTrustProps = {
  owner: "octo-org",
  repository: "search",
  runs: [GithubRun.branch("main")],
};

const read = (text: string) => {
  const policy = JSON.parse(text);
  expect(validateTrustPolicy(policy)).toEqual([]);
  return policy;
};
const conditionOf = (text: string) => read(text).Statement[0].Condition;

test("a role for applies of one workspace trusts the subject and the audience of its runs, and nobody else", () => {
  const trust = OidcTrust.hcpTerraform(hcp);
  expect([trust.providerUrl, trust.audience]).toEqual(["https://app.terraform.io", "aws.workload.identity"]);
  // HashiCorp's documentation, dynamic provider credentials for AWS.
  expect(read(trust.policyFor(hcpArn))).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TakeRole",
        Effect: "Allow",
        Principal: { Federated: hcpArn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "app.terraform.io:aud": "aws.workload.identity",
            "app.terraform.io:sub":
              "organization:acme:project:Default Project:workspace:search-prod:run_phase:apply",
          },
        },
      },
    ],
  });
});

test("plan and apply of any workspace of a project are two patterns, for which alone wildcards count", () => {
  const { workspace: _none, ...project } = hcp;
  const trust = OidcTrust.hcpTerraform({ ...project, anyWorkspace: true, phases: ["plan", "apply"] });
  expect(conditionOf(trust.policyFor(hcpArn))).toEqual({
    StringEquals: { "app.terraform.io:aud": "aws.workload.identity" },
    StringLike: {
      "app.terraform.io:sub": [
        "organization:acme:project:Default Project:workspace:*:run_phase:plan",
        "organization:acme:project:Default Project:workspace:*:run_phase:apply",
      ],
    },
  });
});

test("Terraform Enterprise has a host and an audience of its own", () => {
  const trust = OidcTrust.hcpTerraform({ ...hcp, hostname: "tfe.example.com", audience: "aws" });
  const arn = `arn:aws:iam::${account}:oidc-provider/tfe.example.com`;
  expect(trust.providerUrl).toBe("https://tfe.example.com");
  expect(Object.keys(conditionOf(trust.policyFor(arn)).StringEquals)).toEqual([
    "tfe.example.com:aud",
    "tfe.example.com:sub",
  ]);
});

// GitHub's documentation, OpenID Connect reference.
test.each([
  [GithubRun.branch("release/1.x"), "repo:octo-org/search:ref:refs/heads/release/1.x"],
  [GithubRun.tag("v1.0.0"), "repo:octo-org/search:ref:refs/tags/v1.0.0"],
  [GithubRun.environment("production"), "repo:octo-org/search:environment:production"],
  [GithubRun.environment("eu:prod"), "repo:octo-org/search:environment:eu%3Aprod"],
  [GithubRun.pullRequests(), "repo:octo-org/search:pull_request"],
])("a run of GitHub Actions has the subject of what started it: %j", (run, subject) => {
  const text = OidcTrust.github({ ...github, runs: [run] }).policyFor(githubArn);
  expect(conditionOf(text)).toEqual({
    StringEquals: {
      "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
      "token.actions.githubusercontent.com:sub": subject,
    },
  });
});

test("what opens to more than one branch or tag says so in its name", () => {
  const runs = [GithubRun.anyBranch(), GithubRun.tagsBeginningWith("v"), GithubRun.anyBranch()];
  expect(conditionOf(OidcTrust.github({ ...github, runs }).policyFor(githubArn)).StringLike).toEqual({
    "token.actions.githubusercontent.com:sub": [
      "repo:octo-org/search:ref:refs/heads/*",
      "repo:octo-org/search:ref:refs/tags/v*",
    ],
  });
});

test("a repository whose tokens carry ids is named with them", () => {
  const trust = OidcTrust.github({ ...github, ids: { owner: "123456", repository: "456789" } });
  expect(trust.subjects).toEqual(["repo:octo-org@123456/search@456789:ref:refs/heads/main"]);
});

test("the ARN of the provider may be a token; a known one has to be of the same host", () => {
  const token = Token.asString({ ref: "provider" });
  expect(JSON.parse(OidcTrust.github(github).policyFor(token)).Statement[0].Principal.Federated).toBe(token);
  expect(() => OidcTrust.github(github).policyFor(hcpArn)).toThrow(
    `"${hcpArn}": not the OpenID Connect provider of token.actions.githubusercontent.com; give its ARN, as in arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com`,
  );
});

test("what a person wrote is no template of Terraform", () => {
  const audience = "${x}";
  expect(
    conditionOf(OidcTrust.hcpTerraform({ ...hcp, audience }).policyFor(hcpArn)).StringEquals,
  ).toMatchObject({
    "app.terraform.io:aud": `$${audience}`,
  });
});

test.each<[Partial<HcpTerraformTrustProps>, string]>([
  [
    { organization: "*" },
    'organization "*": a wildcard, the role would be open to others; write the one name',
  ],
  [
    { workspace: "search-*" },
    'workspace "search-*": a wildcard, the role would be open to others; write the one name, or anyWorkspace: true for all of the project',
  ],
  [
    { project: "search:workspace:prod" },
    'project "search:workspace:prod": not a name of HCP Terraform; use 1 to 90 letters, digits, "-" and "_", with spaces between',
  ],
  [
    { organization: "" },
    'organization "": not a name of HCP Terraform; use 1 to 90 letters, digits, "-" and "_"',
  ],
  [
    { anyWorkspace: true },
    'workspace "search-prod" and anyWorkspace exclude each other; drop one of the two',
  ],
  [{ phases: [] }, "phases: none given; give plan, apply or both"],
  [{ phases: ["plan", "plan"] }, "phases: plan, plan: one is given twice; drop one of the two"],
  [{ phases: ["destroy" as never] }, 'phases: no phase "destroy"; use plan and apply; a destroy is an apply'],
  [
    { hostname: "https://app.terraform.io" },
    'hostname "https://app.terraform.io": not a host; give it without https:// and in lower case, as in "app.terraform.io"',
  ],
  [
    { audience: "*" },
    'audience "*": 1 to 255 characters without spaces and wildcards are allowed; write the one audience that the tokens carry',
  ],
])("HCP Terraform: %j is refused", (props, message) => {
  expect(() => OidcTrust.hcpTerraform({ ...hcp, ...props })).toThrow(new RuleError(errorOf(message)));
});

test("HCP Terraform: a workspace, or that it may be any, has to be said", () => {
  const { workspace: _none, ...rest } = hcp;
  expect(() => OidcTrust.hcpTerraform(rest)).toThrow(
    "workspace: none given; name one, or say anyWorkspace: true",
  );
});

const wildcard = "the role would be open to others by a wildcard";
test.each<[() => unknown, string]>([
  [
    () => OidcTrust.github({ ...github, owner: "*" }),
    `owner "*": not the name of a user or an organization of GitHub; write the one name, as in "octo-org"; ${wildcard}`,
  ],
  [
    () => OidcTrust.github({ ...github, repository: "*" }),
    `repository "*": not the name of a repository of GitHub; write the one name; ${wildcard}`,
  ],
  [
    () => OidcTrust.github({ ...github, repository: "octo-org/search" }),
    'repository "octo-org/search": not the name of a repository of GitHub; give "search", and who owns it as owner',
  ],
  [
    () => OidcTrust.github({ ...github, runs: [] }),
    'runs: none given; give one, such as GithubRun.environment("production")',
  ],
  [
    () => OidcTrust.github({ ...github, ids: { owner: "octo-org", repository: "1" } }),
    'ids: owner "octo-org": not an id of GitHub; write its digits; gh api repos/OWNER/REPOSITORY shows both',
  ],
  [() => GithubRun.branch("*"), 'branch "*": not the name of a branch; write the one name, or use anyBranch'],
  [
    () => GithubRun.branch("refs/heads/main"),
    'branch "refs/heads/main": a whole ref; give what follows refs/heads/',
  ],
  [
    () => GithubRun.tag("v*"),
    'tag "v*": not the name of a tag; write the one name, or use tagsBeginningWith',
  ],
  [
    () => GithubRun.environment("*"),
    'environment "*": not the name of one environment; write the one name, without wildcards',
  ],
])("GitHub: refused: %#", (make, message) => {
  expect(make).toThrow(new RuleError(errorOf(message)));
});

/** The parts of a message; the first semicolon stands between what is wrong and how to mend it. */
function errorOf(message: string) {
  const end = message.indexOf("; ");
  return { problem: message.slice(0, end), remedy: message.slice(end + 2) };
}
