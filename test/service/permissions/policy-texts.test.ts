import {
  type PermissionScope,
  permissionPolicies,
  policiesHcl,
  policiesMarkdown,
  policiesTerraformJson,
} from "../../../service";

const scope: PermissionScope = {
  account: "123456789012",
  regions: ["eu-central-1"],
  features: ["network-policies"],
  collections: ["orders", "logs-*"],
};

const hundreds: PermissionScope = {
  ...scope,
  features: ["network-policies", "data-access-policies"],
  collections: Array.from({ length: 300 }, (_, index) => `team-${String(index).padStart(3, "0")}-orders`),
};

describe("a file of Terraform", () => {
  test("has a policy, formatted as terraform fmt does, and its ARN", () => {
    const client = { ...scope, features: [], collections: ["orders"] };
    expect(policiesHcl("client", client)).toBe(`resource "aws_iam_policy" "client" {
  name        = "aoss-privatelink-client"
  description = "Uses collections of OpenSearch Serverless"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "UseCollections"
        Effect   = "Allow"
        Action   = ["aoss:APIAccessAll"]
        Resource = "arn:aws:aoss:eu-central-1:123456789012:collection/*"
        Condition = {
          StringLike = {
            "aoss:collection" = "orders"
          }
        }
      },
      {
        Sid      = "UseDashboards"
        Effect   = "Allow"
        Action   = ["aoss:DashboardsAccessAll"]
        Resource = "arn:aws:aoss:eu-central-1:123456789012:dashboards/default"
        Condition = {
          StringLike = {
            "aoss:collection" = "orders"
          }
        }
      },
    ]
  })
}

output "client_policy_arns" {
  description = "ARNs of the policies; all of them have to be attached"
  value       = [aws_iam_policy.client.arn]
}
`);
  });

  test("several policies have names of their own", () => {
    const text = policiesHcl("deploy", hundreds);
    expect(text.match(/^resource .+ \{$/gm)).toEqual([
      'resource "aws_iam_policy" "deploy" {',
      'resource "aws_iam_policy" "deploy_2" {',
      'resource "aws_iam_policy" "deploy_3" {',
    ]);
    expect(text).toContain('  name        = "aoss-privatelink-deploy-3"\n');
    expect(text).toContain("  value = [\n    aws_iam_policy.deploy.arn,\n    aws_iam_policy.deploy_2.arn,\n");
  });

  test("what Terraform would take for a template is written so that it is none", () => {
    const tagged: PermissionScope = {
      ...scope,
      features: ["collections"],
      tags: { owner: "${aws:username} %{ if }" },
    };
    // `${$}` is how IAM writes a dollar sign.
    expect(policiesHcl("deploy", tagged)).toContain(
      '"aws:RequestTag/owner" = "$${$}{aws:username} %%{ if }"',
    );
    const { resource } = JSON.parse(policiesTerraformJson("deploy", tagged)) as {
      resource: { aws_iam_policy: { deploy: { policy: string } } };
    };
    expect(resource.aws_iam_policy.deploy.policy).toContain(
      '"aws:RequestTag/owner":"$${$}{aws:username} %%{ if }"',
    );
  });

  test("in JSON it has the documents minified, and a list of their ARNs", () => {
    const [policy] = permissionPolicies("deploy", scope);
    expect(JSON.parse(policiesTerraformJson("deploy", scope))).toEqual({
      resource: {
        aws_iam_policy: {
          deploy: {
            name: "aoss-privatelink-deploy",
            description: "Deploys and destroys private access to OpenSearch Serverless",
            policy: policy?.text,
          },
        },
      },
      output: {
        deploy_policy_arns: {
          description: "ARNs of the policies; all of them have to be attached",
          value: ["${aws_iam_policy.deploy.arn}"],
        },
      },
    });
  });

  test("where it takes no permission, there is no policy and an empty list", () => {
    const key: PermissionScope = { regions: ["eu-central-1"], features: ["customer-key"] };
    expect(policiesHcl("plan", key)).toMatch(
      /^output "plan_policy_arns" \{\n[^\n]+\n {2}value {7}= \[\]\n\}\n$/,
    );
    expect(JSON.parse(policiesTerraformJson("plan", key))).not.toHaveProperty("resource");
  });
});

describe("the policies in words", () => {
  test("each action is explained in its statement, with its limits and why there are no more", () => {
    const text = policiesMarkdown("deploy", scope);
    expect(text).toContain(
      [
        "### CreateNetworkPolicies: make network policies of the collections named",
        "",
        "| action | called by | what for |",
        "| --- | --- | --- |",
        "| `aoss:CreateSecurityPolicy` | aoss CreateSecurityPolicy | makes a network policy |",
        "",
        "- resources: `*`",
        "- condition: `ForAllValues:StringLike` `aoss:collection`: `logs-*`, `orders`",
        "- condition: `Null` `aoss:collection`: `false`",
        "- condition: `StringEquals` `aws:RequestedRegion`: `eu-central-1`",
        "- IAM takes no resources for these actions.",
      ].join("\n"),
    );
  });

  test("every action of every statement has a line", () => {
    const all: PermissionScope = {
      ...scope,
      features: ["managed-endpoint", "security-group", "shared-zone", "encryption-policies", "collections"],
    };
    const sections = policiesMarkdown("deploy", all).split("\n### ").slice(1);
    const statements = permissionPolicies("deploy", all).flatMap(({ document }) => document.Statement);
    expect(sections.map((section) => section.slice(0, section.indexOf(":")))).toEqual(
      statements.map(({ Sid }) => Sid),
    );
    statements.forEach(({ Action }, index) => {
      for (const action of Action) expect(sections[index]).toContain(`| \`${action}\` |`);
    });
  });

  test("calls of AWS in the caller's name are told, and what is documented and not called", () => {
    const text = policiesMarkdown("deploy", { ...scope, features: ["managed-endpoint"] });
    expect(text).toContain("| `ec2:CreateVpcEndpoint` | aoss CreateVpcEndpoint, by AWS in your name |");
    expect(text).toMatch(/## Documented by AWS, and not called\n\n- `aoss:ListVpcEndpoints`: /);
  });

  test("what AWS does not say of its own calls is told to be our reading, where there are such calls", () => {
    const reading = "is our reading of the names";
    const of = (feature: "managed-endpoint" | "collections") => ({ ...scope, features: [feature] });
    expect(policiesMarkdown("deploy", of("managed-endpoint"))).toContain(reading);
    expect(policiesMarkdown("deploy", of("collections"))).not.toContain(reading);
    expect(policiesMarkdown("plan", of("managed-endpoint"))).not.toContain(reading);
  });

  test("prefixes that stand for names are told with their number", () => {
    expect(policiesMarkdown("deploy", hundreds)).toContain(
      "300 names and prefixes of collections do not fit into one statement",
    );
    expect(policiesMarkdown("deploy", scope)).not.toContain("do not fit");
  });

  test("more policies than a role takes are told", () => {
    const subnets = Array.from({ length: 1200 }, (_, index) => `subnet-${String(index).padStart(17, "0")}`);
    const text = policiesMarkdown("deploy", { ...scope, features: ["managed-endpoint"], subnets });
    expect(text).toContain("A role takes 10 policies until AWS raises that quota");
  });

  test("where it takes no permission, that is said", () => {
    expect(policiesMarkdown("plan", { regions: ["eu-central-1"], features: ["customer-key"] })).toContain(
      "No policy: it takes no permission.",
    );
  });
});
