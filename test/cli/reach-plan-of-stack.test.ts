import { configOfPlan } from "../../cli/plan-input";
import { type Plan, parsePlan, parseSynthesizedConfig } from "../../terraform";
import { reachFolder } from "../support/reach-folder";

const { put, reach } = reachFolder();

const stack = (name: string, region: string, vpc = "vpc-0a1b2c3d4e5f60718") => `
  ${name}:
    region: ${region}
    account: "123456789012"
    endpoints:
      apps:
        vpc: ${vpc}
        subnets: [subnet-0a1b2c3d4e5f60711]
        allow: [{ cidr: 10.20.0.0/16 }]
    grants:
      - { collections: [orders], from: [apps] }`;

/** The first apply of a stack: ids, and what they stand in, are known after it. */
function planOf(name: string): string {
  const resources = [
    ["aws_opensearchserverless_vpc_endpoint", "apps", `${name}-apps`, { id: true }],
    [
      "aws_opensearchserverless_security_policy",
      "network_policy",
      `${name}-private-access`,
      { id: true, policy: true },
    ],
  ] as const;
  return JSON.stringify({
    format_version: "1.2",
    planned_values: {
      root_module: {
        resources: resources.map(([type, resource, named]) => ({
          address: `${type}.${resource}`,
          mode: "managed",
          type,
          name: resource,
          provider_name: "registry.terraform.io/hashicorp/aws",
          values: { name: named, ...(resource === "apps" ? {} : { type: "network" }) },
        })),
      },
    },
    resource_changes: resources.map(([type, resource, named, unknown]) => ({
      address: `${type}.${resource}`,
      mode: "managed",
      type,
      name: resource,
      provider_name: "registry.terraform.io/hashicorp/aws",
      change: { actions: ["create"], before: null, after: { name: named }, after_unknown: unknown },
    })),
  });
}

test("a plan beside its own stack is joined with it, and the plan counts", async () => {
  put(
    "access.yaml",
    `version: 1\nstacks:${stack("search", "eu-central-1")}${stack("other", "us-east-1", "vpc-0a1b2c3d4e5f60728")}\n`,
  );
  put("plan.json", planOf("search"));
  const { exitCode, stdout, stderr } = await reach("--plan", "plan.json", "search", "--json");
  const { worlds } = JSON.parse(stdout);
  expect([exitCode, stderr]).toEqual([0, "plan.json: what it leaves open is read in the stack search\n"]);
  expect(worlds).toHaveLength(1);
  expect(worlds[0]).toMatchObject({ title: "who reaches what: search", region: "eu-central-1", notSeen: [] });
  expect(worlds[0].matrix.endpoints.filter((one: { name: string }) => one.name === "search-apps")).toEqual([
    expect.objectContaining({ address: "aws_opensearchserverless_vpc_endpoint.apps", known: true }),
  ]);
});

describe("the configuration that a plan was made of", () => {
  const config = (name: unknown, more: object = {}) =>
    parseSynthesizedConfig(
      JSON.stringify({
        resource: {
          aws_opensearchserverless_vpc_endpoint: { apps: { name: "${local.name}" } },
          aws_opensearchserverless_security_policy: { network_policy: { name }, ...more },
        },
      }),
      "cdk.tf.json",
    );
  const plan: Plan = parsePlan(planOf("search"), "plan.json");
  const [own, other] = [
    { label: "search", config: config("search-private-access") },
    { label: "other", config: config("other-private-access") },
  ];

  test("is that with its names, where others have the same addresses", () => {
    expect(configOfPlan(plan, [other, own])?.label).toBe("search");
    expect(configOfPlan(plan, [other])).toBeUndefined();
  });

  test("is none where two fit, or where something that is planned is missing", () => {
    expect(configOfPlan(plan, [own, { ...own, label: "copy" }])).toBeUndefined();
    const without = parseSynthesizedConfig('{"resource":{}}', "cdk.tf.json");
    expect(configOfPlan(plan, [{ label: "search", config: without }])).toBeUndefined();
  });

  test("may have got more resources since", () => {
    const grown = { label: "search", config: config("search-private-access", { more: { name: "more" } }) };
    expect(configOfPlan(plan, [grown])?.label).toBe("search");
  });
});
