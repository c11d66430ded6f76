import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Testing } from "cdktf";
import { loadAccessFile } from "../../config";
import { addStacks } from "../../stacks";
import { projectFolder } from "../support/command";
import { addressesOf } from "../support/synthesized";

const folder = path.join(projectFolder, "examples");
const read = (name: string, file: string) => readFileSync(path.join(folder, name, file), "utf8");

/** How many resources of which type each stack of an example makes, counted by hand. */
const expected: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>> = {
  "deployer-role": {
    search: {
      aws_opensearchserverless_access_policy: 1,
      aws_opensearchserverless_security_policy: 1,
      aws_opensearchserverless_vpc_endpoint: 1,
      aws_security_group: 1,
      aws_vpc_security_group_ingress_rule: 1,
    },
  },
  "hcp-terraform": {
    network: {
      aws_opensearchserverless_security_policy: 1,
      aws_opensearchserverless_vpc_endpoint: 1,
      aws_security_group: 1,
      aws_vpc_security_group_ingress_rule: 1,
    },
    orders: { aws_opensearchserverless_security_policy: 1 },
  },
  "private-collections": {
    search: {
      aws_opensearchserverless_access_policy: 1,
      aws_opensearchserverless_collection: 3,
      aws_opensearchserverless_lifecycle_policy: 1,
      // the network policy, and encryption policies for two keys
      aws_opensearchserverless_security_policy: 3,
      aws_opensearchserverless_vpc_endpoint: 1,
      aws_security_group: 1,
      aws_vpc_security_group_ingress_rule: 1,
    },
  },
  "two-vpcs": {
    batch: {
      aws_ec2_tag: 1,
      aws_opensearchserverless_access_policy: 1,
      aws_opensearchserverless_security_policy: 1,
      aws_opensearchserverless_vpc_endpoint: 1,
      aws_security_group: 1,
      aws_vpc_endpoint: 1,
      aws_vpc_security_group_ingress_rule: 1,
    },
    search: {
      aws_opensearchserverless_security_policy: 1,
      aws_opensearchserverless_vpc_endpoint: 1,
      aws_security_group: 1,
      aws_vpc_security_group_ingress_rule: 1,
    },
  },
};

test("every example is known here", () => {
  expect(readdirSync(folder).sort()).toEqual(Object.keys(expected));
});

describe.each(Object.keys(expected))("the example %s", (name) => {
  const { access, warnings } = loadAccessFile(path.join(folder, name, "access.yaml"));

  test("is right, and none of what it says is likely a mistake", () => {
    expect(warnings.map(({ problem }) => problem)).toEqual([]);
    expect(read(name, "access.yaml").split("\n")[0]).toBe(
      "# yaml-language-server: $schema=../../access.schema.json",
    );
  });

  test("makes what it says, and no path of this machine is in it", () => {
    const stacks = addStacks(Testing.app(), access);
    const counts = stacks.map((stack) => {
      const byType = new Map<string, number>();
      for (const address of addressesOf(stack)) {
        const [type = ""] = address.split(".");
        byType.set(type, (byType.get(type) ?? 0) + 1);
      }
      return [stack.node.id, Object.fromEntries(byType)];
    });
    expect(Object.fromEntries(counts)).toEqual(expected[name]);
    for (const stack of stacks) {
      const text = Testing.synth(stack, true);
      for (const place of [projectFolder, process.cwd(), tmpdir()]) expect(text).not.toContain(place);
    }
  });

  test("has a README that names its folder and what it makes", () => {
    const readme = read(name, "README.md");
    expect(readme).toContain(`cd examples/${name}\n`);
    for (const { collections } of Object.values(access.stacks)) {
      for (const collection of Object.keys(collections)) expect(readme).toContain(`\`${collection}\``);
    }
  });
});
