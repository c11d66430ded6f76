import { readFileSync } from "node:fs";
import path from "node:path";
import { parseAccessFile, permissionScopeOf } from "../../config";
import { denialText, explainFailure } from "../../review";
import { parseState, parseSynthesizedConfig } from "../../terraform";
import { projectFolder } from "../support/command";

const type = "aws_opensearchserverless_vpc_endpoint";

const accessFile = `version: 1
stacks:
  demo:
    region: eu-central-1
    account: "123456789012"
    endpoints:
      apps: { vpc: vpc-0a1b2c3d4e5f60718, subnets: [subnet-0a1b2c3d4e5f60711], allow: [{ cidr: 10.20.0.0/16 }] }
`;

/** What `deploy` prints where the endpoint was made and ec2:DescribeVpcEndpoints is denied after it. */
function explanation(): string {
  const words =
    "operation error EC2: DescribeVpcEndpoints, https response error StatusCode: 403, api error UnauthorizedOperation: " +
    "You are not authorized to perform this operation. User: arn:aws:sts::123456789012:assumed-role/deployer/ci is not " +
    "authorized to perform: ec2:DescribeVpcEndpoints because no identity-based policy allows the ec2:DescribeVpcEndpoints action";
  const summary = `reading AWS OpenSearch Serverless VPC Endpoint (vpce-0f86d63f2eca8ddd8): ${words}`;
  const endpoint = { name: "demo-apps", vpc_id: "vpc-0a1b2c3d4e5f60718" };
  const state = { format_version: "1.0", terraform_version: "1.11.4" };
  const found = explainFailure([{ severity: "error", summary, detail: words, address: `${type}.apps` }], {
    scope: permissionScopeOf(parseAccessFile(accessFile, "access.yaml").access.stacks),
    folder: "cdktf.out/stacks/demo",
    config: parseSynthesizedConfig(JSON.stringify({ resource: { [type]: { apps: endpoint } } }), "here"),
    state: parseState(JSON.stringify(state), "here"),
  });
  return denialText(found, { stack: "demo", wholePolicy: "aoss-privatelink permissions demo" });
}

test("what docs/commands.md shows of a lost endpoint is what deploy prints", () => {
  const page = readFileSync(path.join(projectFolder, "docs", "commands.md"), "utf8");
  const [, shown] = /```text\n(demo: denied: [\s\S]*?)\n```/.exec(page) ?? [];
  expect(shown).toBe(explanation());
});
