import { denialText, explainFailure } from "../../../review";
import { parseState, parseSynthesizedConfig } from "../../../terraform";

const address = "aws_opensearchserverless_vpc_endpoint.apps";
const id = "vpce-0f86d63f2eca8ddd8";

const error = (summary: string, detail = "", at = address) => ({
  severity: "error" as const,
  summary,
  detail,
  address: at,
});
const lost = error(
  `reading AWS OpenSearch Serverless VPC Endpoint (${id}): operation error EC2: DescribeVpcEndpoints`,
);
const conflict = error(
  'creating AWS OpenSearch Serverless VPC Endpoint ("demo-apps")',
  "ConflictException: Failed to create a VpcEndpoint demo-apps for AccountId 123456789012 :: There is already a VpcEndpoint exist under VpcId vpc-0a1b2c3d4e5f60718",
);
const waiting = error(
  'waiting for creation AWS OpenSearch Serverless VPC Endpoint ("demo-apps")',
  "context canceled",
);

const stateWith = (...resources: readonly object[]) =>
  parseState(
    JSON.stringify({
      format_version: "1.0",
      terraform_version: "1.11.4",
      values: {
        root_module: {
          resources: resources.map((one) => ({
            mode: "managed",
            type: "aws_opensearchserverless_vpc_endpoint",
            name: "apps",
            provider_name: "registry.terraform.io/hashicorp/aws",
            values: {},
            ...one,
          })),
        },
      },
    }),
    "here",
  );
const emptyState = stateWith();
const config = parseSynthesizedConfig(
  JSON.stringify({
    resource: {
      aws_opensearchserverless_vpc_endpoint: { apps: { name: "demo-apps", vpc_id: "vpc-0a1b2c3d4e5f60718" } },
    },
  }),
  "here",
);

const endpointsOf = (failed: ReturnType<typeof error>, run: Parameters<typeof explainFailure>[1]) =>
  explainFailure([failed], run).endpoints;

describe("an endpoint that AWS has and the state lacks", () => {
  test("is imported by its id, in the folder of the stack and with the binary in use", () => {
    const [found] = endpointsOf(lost, {
      state: emptyState,
      folder: "cdktf.out/stacks/demo",
      binary: "tofu",
      config,
    });
    expect(found).toMatchObject({
      why: "it was made in vpc-0a1b2c3d4e5f60718 and is not in the state: the next run would make another and be refused",
      commands: [{ command: `tofu -chdir=cdktf.out/stacks/demo import ${address} ${id}` }],
    });
    expect(found).not.toHaveProperty("note");
  });

  test("is looked for in its VPC where the id is not known, and imported only if it is the stack's own", () => {
    const [found] = endpointsOf(conflict, { state: emptyState, folder: "out", region: "eu-central-1" });
    expect(found?.commands.map(({ command }) => command)).toEqual([
      "aws opensearchserverless batch-get-vpc-endpoint --region eu-central-1 --ids " +
        '$(aws opensearchserverless list-vpc-endpoints --region eu-central-1 --output text --query "vpcEndpointSummaries[].id") ' +
        "--output text --query \"vpcEndpointDetails[?vpcId=='vpc-0a1b2c3d4e5f60718'].[id,name]\"",
      `terraform -chdir=out import ${address} ID`,
    ]);
    expect(found?.note).toMatch(/^only if it is this stack's own, named demo-apps;/);
  });

  test("is looked for by its name where the VPC is not known either", () => {
    const [found] = endpointsOf(waiting, { state: emptyState });
    expect(found?.commands[0]?.command).toBe(
      "aws opensearchserverless list-vpc-endpoints --output text --query \"vpcEndpointSummaries[?name=='demo-apps'].[id,name]\"",
    );
  });

  test("may be in a state that could not be read: the command that tells is named", () => {
    const [found] = endpointsOf(lost, { folder: "out" });
    expect(found).toMatchObject({
      why: expect.stringContaining("unless the state has it"),
      note: "terraform -chdir=out state list tells whether the state has it",
    });
  });

  test("addresses of instances and folders with spaces are quoted for a shell", () => {
    const at = 'module.net["eu"].aws_opensearchserverless_vpc_endpoint.this[0]';
    const [found] = endpointsOf(error(lost.summary, "", at), { state: emptyState, folder: "it's here/demo" });
    expect(found?.commands[0]?.command).toBe(
      `terraform '-chdir=it'\\''s here/demo' import 'module.net["eu"].aws_opensearchserverless_vpc_endpoint.this[0]' ${id}`,
    );
  });
});

describe("an endpoint that the state has", () => {
  test("as tainted is kept by untaint, since the next run would replace it", () => {
    const state = stateWith({ address, tainted: true });
    expect(endpointsOf(waiting, { state, folder: "out" })).toMatchObject([
      {
        why: expect.stringContaining("tainted"),
        commands: [{ command: `terraform -chdir=out untaint ${address}` }],
      },
    ]);
  });

  test("as whole is not lost: reading it failed and nothing else", () => {
    expect(endpointsOf(lost, { state: stateWith({ address }) })).toEqual([]);
    expect(endpointsOf(lost, { state: stateWith({ address: `${address}_two` }) })).toHaveLength(1);
  });
});

test("the explanation in full, as it is printed", () => {
  const who = "arn:aws:sts::123456789012:assumed-role/deployer/ci";
  const denied = (action: string) =>
    `operation error EC2: ${action.slice(4)}, https response error StatusCode: 403, api error UnauthorizedOperation: You are not authorized to perform this operation. User: ${who} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`;
  const explanation = explainFailure(
    [
      error(lost.summary, denied("ec2:DescribeVpcEndpoints")),
      error("reading", denied("ec2:GetSecurityGroupsForVpc"), "aws_vpc.a"),
    ],
    { state: emptyState, folder: "cdktf.out/stacks/demo", region: "eu-central-1" },
  );
  const [first, second] = explanation.denials;
  const statement = (one: unknown) => JSON.stringify(one, null, 2).replace(/^/gm, "    ");
  expect(denialText(explanation, { stack: "demo", wholePolicy: "aoss-privatelink permissions demo" })).toBe(
    `demo: denied: ec2:DescribeVpcEndpoints
  who:   role deployer of account 123456789012, session ci
  for:   aws_opensearchserverless_vpc_endpoint.apps, calling EC2: DescribeVpcEndpoints
demo: denied: ec2:GetSecurityGroupsForVpc
  who:   role deployer of account 123456789012, session ci
  for:   aws_vpc.a, calling EC2: GetSecurityGroupsForVpc
  why:   no policy of the role deployer allows it
  mend:  add these statements to a policy of the role deployer:
${[...(first?.statements ?? []), ...(second?.statements ?? [])].map(statement).join(",\n")}

demo: AWS names one missing permission at a time; this prints all that it takes:
  aoss-privatelink permissions demo
  and what has left the access file takes, with the file as it was applied last:
  aoss-privatelink permissions demo --before FILE

demo: endpoint ${id} of aws_opensearchserverless_vpc_endpoint.apps
  why:   it was made and is not in the state: the next run would make another and be refused
  mend:  once the permission is there, run this, then deploy again:
    # take it into the state
    terraform -chdir=cdktf.out/stacks/demo import aws_opensearchserverless_vpc_endpoint.apps ${id}`,
  );
  expect(denialText({ denials: [], endpoints: [] }, { stack: "demo" })).toBe("");
});

test("what an action takes that no policy of ours is about is not said to be in them", () => {
  const words =
    "operation error S3: HeadObject, https response error StatusCode: 403, api error Forbidden: Forbidden";
  const explanation = explainFailure([error("reading the state", words)], {});
  const text = denialText(explanation, { wholePolicy: "aoss-privatelink permissions demo" });
  expect(text).toContain('"s3:GetObject"');
  expect(text).not.toContain("aoss-privatelink permissions");
});
