import { existsSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Testing } from "cdktf";
import { loadAccessFile, parseAccessFile } from "../../config";
import { addStacks } from "../../stacks";
import { aossPrivatelink, projectFolder } from "../support/command";
import { addressesOf, resourcesOf } from "../support/synthesized";

const folder = path.join(projectFolder, "examples");
const read = (name: string, file: string) => readFileSync(path.join(folder, name, file), "utf8");

/** How many resources of which type each stack of an example makes, counted by hand. */
const expected: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>> = {
  "bedrock-knowledge-base": {
    knowledge: {
      aws_opensearchserverless_access_policy: 1,
      aws_opensearchserverless_collection: 1,
      // the network policy, and the encryption policy
      aws_opensearchserverless_security_policy: 2,
      aws_opensearchserverless_vpc_endpoint: 1,
      aws_security_group: 1,
      aws_vpc_security_group_ingress_rule: 1,
    },
  },
  "deployer-role": {
    search: {
      aws_opensearchserverless_access_policy: 1,
      aws_opensearchserverless_security_policy: 1,
      aws_opensearchserverless_vpc_endpoint: 1,
      aws_security_group: 1,
      aws_vpc_security_group_ingress_rule: 1,
    },
  },
  "existing-endpoint": {
    search: {
      aws_opensearchserverless_access_policy: 1,
      aws_opensearchserverless_security_policy: 1,
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
  nextgen: {
    search: {
      aws_opensearchserverless_access_policy: 1,
      aws_opensearchserverless_security_policy: 1,
      aws_security_group: 1,
      aws_vpc_endpoint: 1,
      aws_vpc_security_group_ingress_rule: 1,
    },
  },
  "one-vpc": {
    search: {
      aws_opensearchserverless_security_policy: 1,
      aws_opensearchserverless_vpc_endpoint: 1,
      aws_security_group: 1,
      aws_vpc_security_group_ingress_rule: 2,
    },
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

/** Projects of another kind, without an access file: each has a test of its own. */
const others: readonly string[] = ["hcl-module", "own-app"];

const folders = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test("every example is known here, and stands in the list of them", () => {
  expect(folders.sort()).toEqual([...Object.keys(expected), ...others].sort());
  const list = readFileSync(path.join(folder, "README.md"), "utf8");
  const links = [...list.matchAll(/^\| \[[^\]]+\]\(([\w-]+)\/README\.md\)/gm)].map(([, name]) => name);
  expect(links.sort()).toEqual(folders.sort());
});

test("every file that a README of an example links to is there", () => {
  for (const name of ["", ...folders]) {
    const links = [...read(name, "README.md").matchAll(/\]\(([^)#:]+)\)/g)].map(([, link]) => String(link));
    for (const link of links) {
      expect([link, existsSync(path.join(folder, name, link))]).toEqual([link, true]);
    }
  }
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

describe.each(["one-vpc", "bedrock-knowledge-base"])("who gets through in the example %s", (name) => {
  test("is asked as its README says, and answered before anything is there", async () => {
    const [, args = ""] = read(name, "README.md").match(/^npx aoss-privatelink (reach .*)$/m) ?? [];
    const { exitCode, stdout } = await aossPrivatelink([...args.split(" "), "--require", "open"], {
      cwd: path.join(folder, name),
    });
    expect([exitCode, stdout.split("\n")[0]]).toEqual([0, expect.stringMatching(/: open$/)]);
  });
});

test("a knowledge base needs no endpoint: Bedrock comes by the network policy", async () => {
  const text = read("bedrock-knowledge-base", "access.yaml")
    .replace(/ {4}endpoints:\n(?: {6}.*\n)+/, "    endpoints: {}\n")
    .replace("        from: [jobs]\n", "");
  const [stack] = addStacks(Testing.app(), parseAccessFile(text, "access.yaml").access);
  if (stack === undefined) throw new Error("no stack");
  const policies = Object.values(resourcesOf(stack)["aws_opensearchserverless_security_policy"] ?? {});
  expect(
    policies.filter(({ type }) => type === "network").map(({ policy }) => JSON.parse(String(policy))),
  ).toEqual([
    [
      {
        AllowFromPublic: false,
        Rules: [{ Resource: ["collection/kb-products"], ResourceType: "collection" }],
        SourceServices: ["bedrock.amazonaws.com"],
      },
    ],
  ]);
});

test("the NEXTGEN collection is made too where its group is named, with a provider that knows groups", () => {
  const text = read("nextgen", "access.yaml").replace("exists: true", "group: vectors");
  const [stack] = addStacks(Testing.app(), parseAccessFile(text, "access.yaml").access);
  if (stack === undefined) throw new Error("no stack");
  const { terraform } = JSON.parse(Testing.synth(stack));
  expect(resourcesOf(stack)["aws_opensearchserverless_collection"]).toMatchObject({
    embeddings: { collection_group_name: "vectors" },
  });
  expect(terraform.required_providers.aws.version).toContain(">= 6.40.0");
});

test("the app of somebody else takes the releases that the constructs are tested with", () => {
  const { devDependencies: tested } = JSON.parse(
    readFileSync(path.join(projectFolder, "package.json"), "utf8"),
  );
  const { dependencies, devDependencies } = JSON.parse(read("own-app", "package.json"));
  const { "aoss-privatelink": _itself, ...taken } = { ...dependencies, ...devDependencies };
  expect(taken).toEqual(Object.fromEntries(Object.keys(taken).map((name) => [name, `^${tested[name]}`])));
});
