import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseSynthesizedConfig, readSynthesizedConfig } from "../../terraform/synthesized-config";
import { removeTemporaryFolders, temporaryFolder } from "./fake-terraform";

afterEach(removeTemporaryFolders);

const stack = JSON.stringify({
  "//": { metadata: { version: "0.21.0" } },
  resource: {
    aws_security_group: {
      apps: {
        "//": { metadata: { path: "search/apps/sg" } },
        name: "apps",
        vpc_id: "${data.aws_vpc.main.id}",
      },
    },
  },
  data: { aws_vpc: { main: { id: "vpc-0a1b2c3d4e5f60718" } } },
});

test("a resource is found by type and name, with its arguments and the construct that made it", () => {
  const config = parseSynthesizedConfig(stack, "cdk.tf.json");
  expect(config.get("aws_security_group.apps")).toEqual({
    address: "aws_security_group.apps",
    mode: "managed",
    type: "aws_security_group",
    name: "apps",
    attributes: { name: "apps", vpc_id: "${data.aws_vpc.main.id}" },
    constructPath: "search/apps/sg",
  });
  expect(config.get("data.aws_vpc.main")?.attributes).toEqual({ id: "vpc-0a1b2c3d4e5f60718" });
  expect(config.ofType("aws_vpc")).toEqual([]);
});

test("lists of blocks, which Terraform's JSON syntax allows, are read like single ones", () => {
  const text = JSON.stringify({ resource: [{ a: [{ x: [{ v: 1 }] }] }, { a: { y: { v: 2 } } }] });
  expect(parseSynthesizedConfig(text, "f").resources.map(({ address }) => address)).toEqual(["a.x", "a.y"]);
});

test("a folder is read as Terraform reads it: all *.tf.json together", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "a.tf.json"), '{"resource":{"a":{"x":{}}}}');
  writeFileSync(join(folder, "b.tf.json"), '{"resource":{"a":{"y":{}}}}');
  writeFileSync(join(folder, "other.json"), "broken");
  expect(readSynthesizedConfig(folder).resources).toHaveLength(2);
});

test("a folder without a configuration is an error that says to synthesize", () => {
  const folder = temporaryFolder();
  expect(() => readSynthesizedConfig(folder)).toThrow("no *.tf.json in this folder");
  expect(() => readSynthesizedConfig(join(folder, "none"))).toThrow("cdktf synth");
});

test("a broken file is named", () => {
  const file = join(temporaryFolder(), "cdk.tf.json");
  writeFileSync(file, "{");
  expect(() => readSynthesizedConfig(file)).toThrow(expect.objectContaining({ where: file }));
});

test("outputs, locals, modules, providers with their aliases and the stack's name are read beside resources", () => {
  const root = {
    "//": { metadata: { stackName: "search" } },
    output: { id: { value: "${aws_x.y.id}", description: "d" } },
    locals: { a: 1 },
    module: { m: [{ source: "./m" }] },
    provider: { aws: [{ region: "eu-central-1" }, { alias: "us", region: "us-east-1" }] },
  };
  expect(parseSynthesizedConfig(JSON.stringify(root), "f").sections).toEqual({
    outputs: { id: "${aws_x.y.id}" },
    locals: { a: 1 },
    modules: { m: { source: "./m" } },
    providers: [
      { key: "aws", attributes: { region: "eu-central-1" } },
      { key: "aws.us", attributes: { region: "us-east-1" } },
    ],
    stackName: "search",
  });
});

test("what stands in a block's comment beside CDKTF's metadata is kept", () => {
  const root = {
    resource: { a: { x: { "//": { note: 1, metadata: { path: "s/x" } }, v: 1 }, y: { "//": {} } } },
  };
  const { resources } = parseSynthesizedConfig(JSON.stringify(root), "f");
  expect(resources.map(({ comment, attributes }) => [comment?.["note"], attributes])).toEqual([
    [1, { v: 1 }],
    [undefined, {}],
  ]);
});
