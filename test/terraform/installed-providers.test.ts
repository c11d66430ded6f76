import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Terraform } from "../../terraform";
import { fakeTerraform, removeTemporaryFolders, temporaryFolder } from "./fake-terraform";

afterEach(removeTemporaryFolders);

/** Plans, and answers `show` with the CLI configuration that it was given. */
const telling = (showBegin = "") =>
  fakeTerraform(`
if (args[0] === "version") say({ terraform_version: "1.11.4" });
if (args[0] === "plan") process.exit(2);
if (args[0] === "show") {
  const file = env.TF_CLI_CONFIG_FILE;
  ${showBegin}
  const variables = { file: { value: file }, content: { value: file && fs.readFileSync(file, "utf8") } };
  say({ format_version: "1.2", planned_values: {}, resource_changes: [], variables });
}`);

function terraformIn(cwd: string, path: string, env: Record<string, string> = {}): Terraform {
  return new Terraform({
    cwd,
    env: { ...env, HOME: cwd, PATH: process.env["PATH"] },
    binary: { path } as never,
  });
}

function withProvider(...releases: string[]): string {
  const cwd = temporaryFolder();
  const packages = join(cwd, ".terraform/providers/example.com/hashicorp/aws");
  for (const release of releases) mkdirSync(join(packages, release), { recursive: true });
  return cwd;
}

async function configurationOfShow(terraform: Terraform): Promise<{ file?: string; content?: string }> {
  const { variables } = (await terraform.show("plan")) as unknown as {
    readonly variables: Record<"file" | "content", { readonly value?: string }>;
  };
  const { file, content } = variables;
  return {
    ...(file.value === undefined ? {} : { file: file.value }),
    ...(content.value === undefined ? {} : { content: content.value }),
  };
}

test("show right after a plan starts the provider that the plan verified, and leaves no file", async () => {
  const cwd = withProvider("5.100.0");
  const elsewhere = join(temporaryFolder(), "linux_amd64");
  mkdirSync(elsewhere);
  const release = join(cwd, ".terraform/providers/example.com/hashicorp/aws/5.100.0/linux_amd64");
  symlinkSync(elsewhere, release);
  const terraform = terraformIn(cwd, telling().path);
  await terraform.plan();
  const { file, content } = await configurationOfShow(terraform);
  expect(JSON.parse(String(content))).toEqual({
    provider_installation: [{ dev_overrides: [{ "example.com/hashicorp/aws": release }], direct: [{}] }],
  });
  expect(existsSync(String(file))).toBe(false);
});

test("show without a plan before it has Terraform verify the provider", async () => {
  const terraform = terraformIn(withProvider("5.100.0/linux_amd64"), telling().path);
  await expect(configurationOfShow(terraform)).resolves.toEqual({});
});

test("two releases side by side are told apart by Terraform, which knows its lock file", async () => {
  const terraform = terraformIn(withProvider("5.100.0/linux_amd64", "6.0.0/linux_amd64"), telling().path);
  await terraform.plan();
  await expect(configurationOfShow(terraform)).resolves.toEqual({});
});

test("a user's own dev_overrides stay in force", async () => {
  const cwd = withProvider("5.100.0/linux_amd64");
  const file = join(cwd, "user.tfrc");
  writeFileSync(file, 'provider_installation {\n  dev_overrides { "hashicorp/aws" = "/tmp" }\n}\n');
  const terraform = terraformIn(cwd, telling().path, { TF_CLI_CONFIG_FILE: file });
  await terraform.plan();
  await expect(configurationOfShow(terraform)).resolves.toMatchObject({ file });
});

test("a show that fails this way is tried as the user configured it", async () => {
  const { path, calls } = telling("if (file) process.exit(1);");
  const terraform = terraformIn(withProvider("5.100.0/linux_amd64"), path);
  await terraform.plan();
  await expect(configurationOfShow(terraform)).resolves.toEqual({});
  expect(calls().filter((call) => call.startsWith("show"))).toHaveLength(2);
});
