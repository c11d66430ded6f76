import { reachFolder } from "../support/reach-folder";

const { put, reach } = reachFolder();

const vpc = "vpc-0a1b2c3d4e5f60718";
const other = "vpc-0a1b2c3d4e5f60729";
const endpoint = "vpce-0a1b2c3d4e5f60718";

const policy = {
  securityPolicyDetail: {
    type: "network",
    name: "apps",
    policy: [
      {
        Rules: [{ ResourceType: "collection", Resource: ["collection/orders"] }],
        AllowFromPublic: false,
        SourceVPCEs: [endpoint],
      },
    ],
  },
};
const collections = {
  collectionDetails: [
    { id: "1a2b", name: "orders", arn: "arn:aws:aoss:eu-central-1:123456789012:collection/1a2b" },
  ],
};
const endpoints = { vpcEndpointDetails: [{ id: endpoint, vpcId: vpc, status: "ACTIVE" }] };
const vpcs = { Vpcs: [{ VpcId: "vpc-0a1b2c3d4e5f60728", CidrBlock: "10.30.0.0/16" }] };

function putExport(...answers: readonly object[]): void {
  put("export.json", [policy, collections, ...answers].map((one) => JSON.stringify(one)).join("\n"));
}

const ask = (from: string, ...more: readonly string[]) =>
  reach("--policies", "export.json", "--from", from, "--to", "collection/orders", ...more);

describe("a VPC that is none of those listed", () => {
  test("does not pass for shut where that is required, and is told what was meant", async () => {
    putExport(endpoints, vpcs);
    const { exitCode, stderr } = await ask("10.30.0.0/24", "--vpc", other, "--require", "shut");
    expect(exitCode).toBe(2);
    expect(stderr).toBe(
      [
        `error: ${other} is none of the VPCs that were read: it would be shut under any name`,
        `  --from 10.30.0.0/24 --vpc ${other} --require shut`,
        '  did you mean "vpc-0a1b2c3d4e5f60728"? name one of them, or read the VPCs of its account and Region too\n',
      ].join("\n"),
    );
  });

  test("is noted in the answer", async () => {
    putExport(endpoints, vpcs);
    const { exitCode, stdout } = await ask("10.30.0.0/24", "--vpc", other, "--json");
    const { verdict, notes } = JSON.parse(stdout);
    expect([exitCode, verdict]).toEqual([0, "shut"]);
    expect(notes).toEqual([
      `${other} is none of the VPCs that were read; did you mean "vpc-0a1b2c3d4e5f60728"?`,
    ]);
  });

  test.each([
    ["it is listed", "vpc-0a1b2c3d4e5f60728", [endpoints, vpcs]],
    ["none are listed", other, [endpoints]],
  ])("but one may be required to be shut where %s", async (_what, asked, answers) => {
    putExport(...answers);
    const { exitCode, stderr } = await ask("10.30.0.0/24", "--vpc", asked, "--require", "shut");
    expect([exitCode, stderr]).toEqual([0, ""]);
  });
});

describe("who can sign no request", () => {
  test.each([["--from"], ["--as"]])("an IAM group, is refused as %s", async (option) => {
    putExport();
    const group = "arn:aws:iam::123456789012:group/admins";
    const { exitCode, stderr } =
      option === "--from" ? await ask(group, "--require", "shut") : await ask("public", "--as", group);
    expect(exitCode).toBe(2);
    expect(stderr).toBe(
      [
        `error: principal "${group}": an IAM group cannot be a principal`,
        `  ${option} ${group}`,
        "  name its users, or a role that they assume\n",
      ].join("\n"),
    );
  });

  test("a role of another partition than the Region, is refused with the one that may be meant", async () => {
    putExport();
    const { exitCode, stderr } = await ask("arn:aws-cn:iam::123456789012:role/reader");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("is of partition aws-cn, Region eu-central-1 of aws: no account is in both");
    expect(stderr).toContain('write "arn:aws:iam::123456789012:role/reader" if that is meant');
  });
});
