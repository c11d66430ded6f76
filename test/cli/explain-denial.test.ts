import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { aossPrivatelink } from "../support/command";

const log = `╷
│ Error: creating AWS OpenSearch Serverless VPC Endpoint ("demo-apps")
│ 
│   with aws_opensearchserverless_vpc_endpoint.apps,
│ 
│ operation error OpenSearchServerless: CreateVpcEndpoint, api error
│ AccessDeniedException: User:
│ arn:aws:sts::123456789012:assumed-role/deployer/run-1 is not authorized to
│ perform: ec2:DeleteSecurityGroup on resource:
│ arn:aws:ec2:eu-central-1:123456789012:security-group/sg-0a1b2c3d4e5f60713
│ because no identity-based policy allows the ec2:DeleteSecurityGroup action
╵
`;

/** An access file of two accounts. */
const accessFile = `version: 1
stacks:
  demo:
    region: eu-central-1
    account: "123456789012"
    endpoints:
      apps:
        vpc: vpc-0a1b2c3d4e5f60718
        subnets: [subnet-0a1b2c3d4e5f60711]
        allow: [{ cidr: 10.20.0.0/16 }]
  other:
    region: eu-west-1
    account: "210987654321"
    endpoints:
      apps:
        vpc: vpc-0a1b2c3d4e5f60719
        subnets: [subnet-0a1b2c3d4e5f60721]
        allow: [{ cidr: 10.20.0.0/16 }]
`;

jest.setTimeout(30_000);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "explain-denial-"));
  writeFileSync(path.join(folder, "run.log"), log);
  writeFileSync(path.join(folder, "utf16.log"), Buffer.from(`\uFEFF${log}`, "utf16le"));
  writeFileSync(path.join(folder, "demo.yaml"), accessFile);
});
afterAll(() => rmSync(folder, { recursive: true }));

const explain = (args: readonly string[], input?: string) =>
  aossPrivatelink(["explain-denial", ...args], { cwd: folder, ...(input === undefined ? {} : { input }) });

describe("explain-denial", () => {
  test("says of a file, of standard input and of UTF-16 the same", async () => {
    const fromFile = await explain(["run.log"]);
    expect(fromFile).toMatchObject({ exitCode: 0, stderr: "" });
    expect(fromFile.stdout).toMatch(
      /^denied: ec2:DeleteSecurityGroup\n {2}who: {3}role deployer of account 123456789012, session run-1\n/,
    );
    // without an access file: any security group of the account and Region
    expect(fromFile.stdout).toContain('"Resource": "arn:aws:ec2:eu-central-1:123456789012:security-group/*"');
    expect(fromFile.stdout).not.toContain("ec2:Vpc");
    for (const again of [await explain([], log), await explain(["-"], log), await explain(["utf16.log"])]) {
      expect(again).toEqual(fromFile);
    }
  });

  test("takes the statement from the access file, of the stacks in the account that was denied", async () => {
    const { exitCode, stdout } = await explain(["run.log", "--file", "demo.yaml"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('"ec2:Vpc": "arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-0a1b2c3d4e5f60718"');
    expect(stdout).not.toContain("vpc-0a1b2c3d4e5f60719");
    expect(stdout).toContain("\n  aoss-privatelink permissions --file demo.yaml\n");
  });

  test("prints JSON with a version", async () => {
    const { stdout, exitCode } = await explain(["--json"], log);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      denied: [
        {
          action: "ec2:DeleteSecurityGroup",
          principal: { name: "role deployer", account: "123456789012", session: "run-1" },
          resource: "arn:aws:ec2:eu-central-1:123456789012:security-group/sg-0a1b2c3d4e5f60713",
          policy: "identity-based policy",
          isExplicit: false,
          addresses: ["aws_opensearchserverless_vpc_endpoint.apps"],
        },
      ],
      endpoints: [],
    });
  });

  test("says so where nothing was denied, which is no failure", async () => {
    expect(await explain(["--json"], "Apply complete!")).toMatchObject({
      exitCode: 0,
      stdout: `${JSON.stringify({ version: 1, denied: [], endpoints: [] }, null, 2)}\n`,
    });
    expect(await explain([], "Apply complete!")).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: "standard input: AWS denied nothing in this text, and no endpoint was lost\n",
    });
  });

  test("says that nothing was denied only where that can be told", async () => {
    expect(await explain([], "\n")).toEqual({
      exitCode: 0,
      stdout: "",
      stderr:
        "standard input: it is empty; Terraform and cdktf print errors to standard error: add 2>&1 to what writes the log\n",
    });
    for (const cut of [
      "AccessDenied",
      "Error: Access denied by the proxy",
      "api error UnauthorizedOperation",
    ]) {
      expect((await explain([], cut)).stderr).toMatch(
        /^standard input: something was denied, but not in words of AWS that are known here; give the whole error/,
      );
    }
  });

  test("reads a log of a hundred thousand lines in seconds", async () => {
    const line =
      "2026-11-25T14:57:59.123Z aws_security_group.apps: Still creating... [10s elapsed] User: arn:\n";
    const { exitCode, stdout } = await explain([], line.repeat(100_000) + log);
    expect({ exitCode, told: stdout.slice(0, 32) }).toEqual({
      exitCode: 0,
      told: "denied: ec2:DeleteSecurityGroup\n",
    });
  });

  test.each([
    [[""], "no text is named", "the command line"],
    [["none.log"], "there is no such file", "none.log"],
    [["."], "this is a folder, not a file", "."],
    [["run.log", "--file", ""], "--file is empty", "the command line"],
    [["run.log", "--file", "none.yaml"], "there is no access file here", "none.yaml"],
    [
      ["run.log", "more.log"],
      "too many arguments for 'explain-denial': expected 1 argument but got 2",
      "the command line",
    ],
  ])("with %j is refused with 2", async (args, problem, where) => {
    const { exitCode, stdout, stderr } = await explain(args);
    expect({ exitCode, stdout, lines: stderr.trimEnd().split("\n").length }).toEqual({
      exitCode: 2,
      stdout: "",
      lines: 3,
    });
    expect(stderr).toContain(problem);
    expect(stderr.split("\n")[1]).toContain(where);
  });
});
