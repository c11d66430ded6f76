import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { App, Manifest, Testing } from "cdktf";
import { parseAccessFile } from "../../config";
import { addStacks } from "../../stacks";

const endpoint = (vpc: string) =>
  `{ vpc: vpc-${vpc}, subnets: [subnet-0a1b2c3d4e5f60711], allow: [{ cidr: 10.20.0.0/16 }] }`;

/** `search` names endpoints of `zone-a`, which stands behind it in the file and in the alphabet. */
const accessFile = `version: 1
stacks:
  search:
    region: eu-central-1
    endpoints:
      own: ${endpoint("0a1b2c3d4e5f60718")}
    grants:
      - { collections: [orders], from: [own, zone-a.my-apps, zone-a.batch, zone-a.partner] }
      - { collections: [logs], from: [zone-a.my-apps, search.own] }
  zone-a:
    region: eu-central-1
    endpoints:
      my-apps: ${endpoint("0a1b2c3d4e5f60728")}
      batch: ${endpoint("0a1b2c3d4e5f60738")}
      partner: { id: vpce-0a1b2c3d4e5f60731 }
`;

test("a stack comes after those whose endpoints it names, and says so to cdktf", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-other-stacks-"));
  try {
    const app = new App({ outdir: folder });
    const stacks = addStacks(app, parseAccessFile(accessFile, "access.yaml").access);
    expect(stacks.map(({ node }) => node.id)).toEqual(["zone-a", "search"]);
    app.synth();
    const manifest = JSON.parse(readFileSync(path.join(folder, Manifest.fileName), "utf8"));
    expect(manifest.stacks.search.dependencies).toEqual(["zone-a"]);
    expect(manifest.stacks["zone-a"].dependencies).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("ids are read from the state of the other stack, by a relative path and in the same workspace", () => {
  const [, search] = addStacks(Testing.app(), parseAccessFile(accessFile, "access.yaml").access);
  if (!search) throw new Error("no stack");
  const { data, resource } = JSON.parse(Testing.synth(search, true));
  expect(data).toEqual({
    terraform_remote_state: {
      "zone-a": {
        backend: "local",
        workspace: "${terraform.workspace}",
        config: {
          path: "../../../terraform.zone-a.tfstate",
          workspace_dir: "../zone-a/terraform.tfstate.d",
        },
      },
    },
  });
  const policy = JSON.parse(resource.aws_opensearchserverless_security_policy.network_policy.policy);
  const sources = policy.map(({ Rules, SourceVPCEs }: Record<string, { Resource: string[] }[]>) => [
    Rules?.[0]?.Resource,
    [...(SourceVPCEs ?? [])].sort(),
  ]);
  const [batch, apps] = ["batch", "my-apps"].map(
    (key) => `\${data.terraform_remote_state.zone-a.outputs.endpoint_ids.${key}}`,
  );
  const own = "${aws_opensearchserverless_vpc_endpoint.own.id}";
  expect(sources).toHaveLength(2);
  expect(sources).toEqual(
    expect.arrayContaining([
      [["collection/orders"], [own, batch, apps, "vpce-0a1b2c3d4e5f60731"]],
      [["collection/logs"], [own, apps]],
    ]),
  );
});
