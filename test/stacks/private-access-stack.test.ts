import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { App, type TerraformStack, Testing } from "cdktf";
import { parseAccessFile } from "../../config";
import { addStacks } from "../../stacks";
import { goodAccessFile } from "../support/bad-access-files";
import { addressesOf } from "../support/synthesized";

function stacksOf(text: string) {
  return addStacks(Testing.app(), parseAccessFile(text, "access.yaml").access);
}

function synthesized(text: string) {
  const [stack] = stacksOf(text);
  if (!stack) throw new Error("no stack");
  return JSON.parse(Testing.synth(stack, true));
}

test("the addresses of a stack are part of the contract: another one would replace what people deployed", () => {
  const [stack] = stacksOf(goodAccessFile);
  expect(stack && addressesOf(stack)).toEqual([
    "aws_opensearchserverless_security_policy.network_policy",
    "aws_opensearchserverless_vpc_endpoint.apps",
    "aws_security_group.apps_clients",
    "aws_vpc_security_group_ingress_rule.apps_clients_cidr-10-20-0-0-16",
  ]);
});

test("region, account and tags go to the provider, whose version range covers both majors", () => {
  const text = goodAccessFile.replace(
    "    endpoints:",
    '    account: "123456789012"\n    tags: { team: "${x}" }\n    endpoints:',
  );
  const { provider, terraform } = synthesized(text);
  expect(provider.aws).toEqual([
    {
      region: "eu-central-1",
      allowed_account_ids: ["123456789012"],
      default_tags: [{ tags: { team: "$${x}" } }],
    },
  ]);
  expect(terraform.required_providers.aws).toEqual({ source: "aws", version: ">= 5.100.0, < 7.0.0" });
});

test("state stays beside the access file, by a relative path", () => {
  expect(synthesized(goodAccessFile).terraform.backend).toEqual({
    local: { path: "../../../terraform.search.tfstate" },
  });
});

test.each([
  ["cdktf.out", "../../../terraform.search.tfstate"],
  ["build/terraform", "../../../../terraform.search.tfstate"],
])("with the output folder %s the state still stands beside the access file", (outdir, expected) => {
  const here = process.cwd();
  const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-outdir-"));
  mkdirSync(path.join(folder, "build"));
  process.chdir(folder);
  try {
    const [stack] = addStacks(new App({ outdir }), parseAccessFile(goodAccessFile, "access.yaml").access);
    expect(JSON.parse(Testing.synth(stack as TerraformStack)).terraform.backend.local.path).toBe(expected);
  } finally {
    process.chdir(here);
    rmSync(folder, { recursive: true });
  }
});

test("outputs hold endpoint ids, security group ids and policy names", () => {
  const { output } = synthesized(
    goodAccessFile.replace("    grants:", "      shared: { id: vpce-0a1b2c3d4e5f60731 }\n    grants:"),
  );
  expect(output.endpoint_ids.value).toEqual({
    apps: "${aws_opensearchserverless_vpc_endpoint.apps.id}",
    shared: "vpce-0a1b2c3d4e5f60731",
  });
  expect(output.security_group_ids.value).toEqual({
    apps: "${aws_security_group.apps_clients.id}",
  });
  expect(output.network_policy_names.value).toEqual(["search-private-access"]);
});

test("each stack of the file is a stack of the app", () => {
  const two =
    goodAccessFile +
    goodAccessFile.split("stacks:\n")[1]?.replace("search:", "logs:").replace("vpc-0a1b", "vpc-0a1c");
  expect(stacksOf(two).map(({ node }) => node.id)).toEqual(["search", "logs"]);
});
