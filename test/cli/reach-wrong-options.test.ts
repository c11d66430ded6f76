import { mkdirSync, readFileSync } from "node:fs";
import { fixture, reachFolder, state } from "../support/reach-folder";

const { at, put, reach, putState } = reachFolder();

const question = ["--from", "apps", "--to", "collection/orders"];

test.each([
  [["--plan", "none.json"], "there is no such file", "none.json", "name a file that can be read"],
  [["--plan", "."], "this is a folder, not a file", ".", "name a file that can be read"],
  [
    ["--plan", "binary"],
    "this is a plan in Terraform's own format, not JSON",
    "binary",
    "terraform show -json FILE",
  ],
  [["--plan", "truncated.json"], "not JSON: ", "truncated.json", "make one with"],
  [["--plan", "state.json"], "this is a state, not a plan", "state.json", "make one with"],
  [
    ["--plan", "newer.json"],
    "format_version 2.0: only version 1 is understood",
    "newer.json",
    "update this program",
  ],
  [
    ["--state", "plan.json"],
    "this is a plan, not a state",
    "plan.json",
    "make one with `terraform show -json >",
  ],
  [
    ["--state", "terraform.tfstate"],
    "this is a state file, not the output of",
    "terraform.tfstate",
    "make one with",
  ],
  [["--state", "empty.json"], "not JSON: it is empty", "empty.json", "make one with"],
  [["--state", "list.json"], "not a JSON object", "list.json", "make one with"],
  [["--state", "other.json"], "this is JSON, but not a Terraform state", "other.json", "make one with"],
  [["--policies", "none"], "there is no such file", "none", "name a file that can be read"],
  [["--policies", "nothing"], "no *.json in this folder", "nothing", "put what the AWS CLI prints there"],
  [
    ["--policies", "others"],
    "nothing in this folder tells who reaches what",
    "others",
    "put what the AWS CLI",
  ],
  [
    ["--policies", "other.json"],
    "nothing in this file tells who reaches what",
    "other.json",
    "put what the AWS CLI",
  ],
  [["--policies", "state.json"], "this is a Terraform state", "state.json", "name it with --state"],
  [["--policies", "plan.json"], "this is a Terraform plan", "plan.json", "name it with --plan"],
  [["--policies", "truncated.json"], "not JSON: ", "truncated.json:152:29", "mend it, or leave the file out"],
  [
    [...state, "--file", "access.yaml"],
    "--file beside state.json, and no stack is named: the access file would not be read",
    "--file access.yaml",
    "name the stacks that are to be read too",
  ],
  [
    ["--plan", "plan.json", "--config", "other.json"],
    "no configuration: it has neither resources nor modules",
    "--config other.json",
    "name the cdk.tf.json that the plan was made of",
  ],
  [
    ["--plan", "plan.json", "--config", "config.json"],
    "the plan was not made of this configuration: it has no ",
    "--config config.json",
    "name the cdk.tf.json that the plan was made of",
  ],
  [
    ["--file", "access.yaml", "--file", "other.yaml"],
    "option '--file <file>' argument 'other.yaml' is invalid",
    "the command line",
    "it is given already, as access.yaml: stacks of one access file are read",
  ],
  [
    ["--plan", "plan.json", "--config", "a", "--config", "b"],
    "option '--config <path>' argument 'b' is invalid",
    "the command line",
    "it is given already, as a: name one",
  ],
  [
    [...state, "--out", "a.svg", "--out", "b.svg"],
    "option '--out <file>' argument 'b.svg' is invalid",
    "the command line",
    "it is given already, as a.svg: name one",
  ],
  [["--config", "x"], "--config without --plan", "the command line", "add --plan"],
  [["--plan", "plan.json", "--config", "none"], "no such configuration", "none", "synthesize it first"],
  [[...state, "--from", "apps"], "--from without --to", "the command line", "add --to collection/NAME"],
  [[...state, "--to", "collection/x"], "--to without --from", "the command line", "add --from"],
  [
    [...state, "--require", "open"],
    "--require without --from and --to",
    "the command line",
    "add --from and --to",
  ],
  [[...state, "--vpc", "vpc-1"], "--vpc without --from and --to", "the command line", "add --from and --to"],
  [
    [...state, "--format", "svg", ...question],
    "--format svg draws the whole matrix",
    "the command line",
    "leave out --from and --to",
  ],
  [
    [...state, "--json", "--format", "svg"],
    "--json and --format svg are two formats",
    "the command line",
    "give one",
  ],
  [
    [...state, "--format", "png"],
    "option '--format <format>' argument 'png' is invalid",
    "the command line",
    "Allowed choices are table, json, mermaid, svg, html",
  ],
  [
    [...state, "--out", "reach.png"],
    ".png is no format that is written here",
    "--out reach.png",
    "name a file that ends in .svg",
  ],
  [
    [...state, "--out", "reach.SVG", "--format", "html"],
    ".svg is the ending of another format than --format html",
    "--out reach.SVG",
    "leave out --format for svg",
  ],
  [
    [...state, "--out", "reach.svg", "--json"],
    ".svg is the ending of another format than --format json",
    "--out reach.svg",
    "leave out --format for svg",
  ],
  [
    [...state, "--out", "none/reach.svg"],
    "there is no such folder",
    "--out none/reach.svg",
    "name a file that can be written",
  ],
  [
    [...state, "--from", "appss", "--to", "collection/orders"],
    "nobody is called so",
    "--from appss",
    'did you mean "apps"? give a CIDR block, sg-…',
  ],
  [
    [...state, "--from", "10.20.3.7/24", "--to", "collection/orders"],
    'cidr "10.20.3.7/24": host bits are set',
    "--from 10.20.3.7/24",
    'did you mean "10.20.3.0/24"?',
  ],
  [
    [...state, "--from", "sg-1", "--to", "collection/orders"],
    '"sg-1" is not a security group id',
    "--from sg-1",
    "give one such as",
  ],
  [
    [...state, "--from", "apps", "--to", "orders"],
    "neither a collection nor dashboards",
    "--to orders",
    'did you mean "collection/orders"?',
  ],
  [
    [...state, "--from", "apps", "--to", "collection/lo*"],
    'collection "lo*": 2 before "*", a prefix has at least 3 characters',
    "--to collection/lo*",
    "use a longer prefix",
  ],
  [
    [...state, ...question, "--vpc", "vpc-0a1b2c3d4e5f60718"],
    "--vpc belongs to an address block or a security group",
    "--from apps --vpc vpc-0a1b2c3d4e5f60718",
    "leave it out",
  ],
  [
    [...state, "--from", "10.0.0.0/8", "--vpc", "vpc-9", "--to", "collection/orders"],
    '"vpc-9" is not a VPC id',
    "--vpc vpc-9",
    "give one such as",
  ],
  [
    [...state, "--from", "10.20.3.999", "--to", "collection/orders"],
    '"10.20.3.999" is no address',
    "--from 10.20.3.999",
    "give one such as 10.20.3.4, or a block",
  ],
  [
    [...state, "--from", "bedrok", "--to", "collection/orders"],
    "nobody is called so",
    "--from bedrok",
    'did you mean "bedrock.amazonaws.com"? give a CIDR block',
  ],
  [
    [...state, "--from", "arn:aws:s3:::x", "--to", "collection/orders"],
    "this is no principal",
    "--from arn:aws:s3:::x",
    "give the ARN of a role or user",
  ],
  [
    [...state, ...question, "--as", "reader"],
    "this is no principal",
    "--as reader",
    "give the ARN of a role or user",
  ],
])("%j ends with 2: what is wrong, where, how to mend it", async (args, problem, where, remedy) => {
  putState();
  put("plan.json", readFileSync(fixture("new.plan.json")));
  put("binary", Buffer.from("PK\u0003\u0004rest"));
  put("truncated.json", readFileSync(fixture("new.plan.json"), "utf8").slice(0, 5000));
  put("newer.json", '{"format_version":"2.0","planned_values":{}}');
  put("terraform.tfstate", '{"version":4,"lineage":"x","resources":[]}');
  put("empty.json", "");
  put("list.json", "[]");
  put("other.json", '{"a":1}');
  put("config.json", '{"resource":{"aws_vpc":{"other":{}}}}');
  put("others/other.json", '{"a":1}');
  mkdirSync(at("nothing"));
  const { exitCode, stdout, stderr } = await reach(...args);
  expect([exitCode, stdout]).toEqual([2, ""]);
  const lines = stderr.split("\n").filter((line) => !line.startsWith("not seen: "));
  expect(lines).toEqual([
    expect.stringContaining(`error: ${problem}`),
    `  ${where}`,
    expect.stringContaining(`  ${remedy}`),
    "",
  ]);
});
