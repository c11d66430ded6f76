import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseDiagnosticsText } from "../../terraform/diagnostics";
import { Terraform } from "../../terraform/terraform";
import { TerraformError } from "../../terraform/terraform-error";
import { type Fake, fakeTerraform, removeTemporaryFolders, temporaryFolder } from "./fake-terraform";

afterEach(removeTemporaryFolders);

function terraformWith(fake: Fake, initialised = true) {
  const cwd = temporaryFolder();
  if (initialised) mkdirSync(join(cwd, ".terraform"));
  return new Terraform({ cwd, binary: { path: fake.path, version: "1.11.4" } });
}

const diagnostic = (summary: string, detail = "", rest = "") =>
  `say({ "@level": "error", "@message": "Error: x", type: "diagnostic", diagnostic: { severity: "error",
    summary: ${JSON.stringify(summary)}, detail: ${JSON.stringify(detail)} ${rest} } });`;

const PLAN = "plan -json -input=false -detailed-exitcode";
const INIT = "init -input=false -no-color";

describe("planning", () => {
  test("exit code 2 means changes, 0 means none", async () => {
    await expect(terraformWith(fakeTerraform("process.exit(2);")).plan()).resolves.toMatchObject({
      hasChanges: true,
    });
    await expect(terraformWith(fakeTerraform("")).plan()).resolves.toMatchObject({ hasChanges: false });
  });

  test("a plan is empty only without changes and without a move", async () => {
    const said = (type: string) => `say({ "@level": "info", "@message": "x", type: "${type}" });`;
    const isEmpty = async (script: string) => (await terraformWith(fakeTerraform(script)).plan()).isEmpty;
    expect(await isEmpty(said("resource_drift"))).toBe(true);
    expect(await isEmpty(said("planned_change"))).toBe(false);
    expect(await isEmpty("process.exit(2);")).toBe(false);
  });

  test("in a folder initialised before, planFresh starts Terraform once", async () => {
    const fake = fakeTerraform("");
    await terraformWith(fake).planFresh({ out: "plan.bin" });
    expect(fake.calls()).toEqual([`${PLAN} -out=plan.bin`]);
  });

  test("in a new folder, planFresh initialises first", async () => {
    const fake = fakeTerraform("");
    await terraformWith(fake, false).planFresh();
    expect(fake.calls()).toEqual([INIT, PLAN]);
  });

  test("TF_DATA_DIR is where it looks whether the folder was initialised", async () => {
    const fake = fakeTerraform("");
    const cwd = temporaryFolder();
    const binary = { path: fake.path, version: "1.11.4" };
    await new Terraform({ cwd, binary, env: { TF_DATA_DIR: temporaryFolder() } }).planFresh();
    expect(fake.calls()).toEqual([PLAN]);
  });

  // summaries and details as Terraform 1.11.4 prints them
  test.each([
    [
      "Required plugins are not installed",
      "there is no package for registry.terraform.io/hashicorp/aws 5.99.0",
    ],
    [
      "Inconsistent dependency lock file",
      "To make the initial dependency selections, run:\n  terraform init",
    ],
    [
      'Backend initialization required, please run "terraform init"',
      'Reason: Initial configuration of "local"',
    ],
    ["Module not installed", 'Run "terraform init" to install all modules required by this configuration.'],
    ["Module not installed", 'Run "tofu init" to install all modules required by this configuration.'],
  ])("%s: it initialises and plans again", async (summary, detail) => {
    const marker = join(temporaryFolder(), "initialised");
    const fake = fakeTerraform(`
const done = fs.existsSync(${JSON.stringify(marker)});
if (args[0] === "init") fs.writeFileSync(${JSON.stringify(marker)}, "");
else if (!done) { ${diagnostic(summary, detail)} process.exit(1); }
else process.exit(2);`);
    await expect(terraformWith(fake).planFresh()).resolves.toMatchObject({ hasChanges: true });
    expect(fake.calls()).toEqual([PLAN, INIT, PLAN]);
  });

  test("an error that init cannot mend is not retried", async () => {
    const fake = fakeTerraform(`${diagnostic("Unsupported argument")} process.exit(1);`);
    await expect(terraformWith(fake).planFresh()).rejects.toThrow("terraform plan: Unsupported argument");
    expect(fake.calls()).toHaveLength(1);
  });
});

describe("init", () => {
  const locked = `
Error: Failed to query available provider packages

Could not retrieve the list of available versions for provider hashicorp/aws:
locked provider registry.terraform.io/hashicorp/aws 5.99.0 does not match
configured version constraint >= 5.100.0; must use terraform init -upgrade to
allow selection of new versions
`;

  test("a constraint that left the lock file behind is met with -upgrade, and only then", async () => {
    const fake = fakeTerraform(
      `if (!args.includes("-upgrade")) { complain(${JSON.stringify(locked)}); process.exit(1); }`,
    );
    await expect(terraformWith(fake).init()).resolves.toEqual({ upgraded: true });
    expect(fake.calls()).toEqual([INIT, `${INIT} -upgrade`]);
  });

  test.each([
    'Error: Backend configuration changed\n\nUse "terraform init\n-migrate-state".',
    "Error: Can't ask approval for state migration when interactive input is disabled.",
  ])("a changed backend fails and migrates nothing: %j", async (text) => {
    const fake = fakeTerraform(`complain(${JSON.stringify(text)}); process.exit(1);`);
    await expect(terraformWith(fake).init()).rejects.toMatchObject({
      problem: expect.stringContaining("the backend differs"),
      remedy: expect.stringContaining("-migrate-state"),
    });
    expect(fake.calls()).toEqual([INIT]);
  });
});

describe("what a failure tells", () => {
  test("the error carries command, exit code, place, address and every diagnostic", async () => {
    const range = ', address: "aws_security_group.a", range: { filename: "cdk.tf.json", start: { line: 7 } }';
    const fake = fakeTerraform(`
${diagnostic("creating group", "AccessDenied: no.\n\nMore.", range)} ${diagnostic("second")} process.exit(1);`);
    const terraform = terraformWith(fake);
    const error = await terraform.apply("plan.bin").then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(TerraformError);
    expect(error).toMatchObject({
      problem: "terraform apply: creating group: AccessDenied: no.",
      where: `${terraform.cwd} cdk.tf.json:7 aws_security_group.a`,
      remedy: expect.stringContaining("lacks the permission"),
      command: "apply",
      exitCode: 1,
    });
    expect((error as TerraformError).diagnostics.map(({ summary }) => summary)).toEqual([
      "creating group",
      "second",
    ]);
  });

  test("usage errors in plain text are reported too", async () => {
    const fake = fakeTerraform(
      'complain("Error: Failed to parse command-line flags\\n\\nflag provided but not defined: -x"); process.exit(1);',
    );
    await expect(terraformWith(fake).plan({ args: ["-x"] })).rejects.toThrow(
      "terraform plan: Failed to parse command-line flags: flag provided but not defined: -x",
    );
  });

  test("warnings of a plan that works are handed over", async () => {
    const fake = fakeTerraform(
      'say({ "@message": "Warning", type: "diagnostic", diagnostic: { severity: "warning", summary: "old", detail: "" } });',
    );
    const { warnings } = await terraformWith(fake).plan();
    expect(warnings).toEqual([{ severity: "warning", summary: "old", detail: "" }]);
  });

  test("wrapped text with box characters, place and excerpt is read back", () => {
    const text = `╷
│ Warning: Old
│
│ Gone soon.
╵
╷
│ Error: Reference to undeclared resource
│
│   on main.tf line 3, in output "a":
│    3:   value = aws_vpc.x.id
│
│ A managed resource "aws_vpc" "x" has not been declared in the
│ root module.
╵`;
    expect(parseDiagnosticsText(text)).toEqual([
      { severity: "warning", summary: "Old", detail: "Gone soon." },
      {
        severity: "error",
        summary: "Reference to undeclared resource",
        detail: 'A managed resource "aws_vpc" "x" has not been declared in the root module.',
        file: "main.tf",
        line: 3,
      },
    ]);
  });
});

describe("everything started", () => {
  const printEnv = "say(JSON.stringify({ a: { value: env, sensitive: false } }));";
  const envOf = async (env: Record<string, string>) => {
    const fake = fakeTerraform(printEnv);
    const binary = { path: fake.path, version: "1.11.4" };
    const { a } = await new Terraform({ cwd: temporaryFolder(), binary, env }).output();
    return a?.value as Record<string, string>;
  };

  test("asks nobody and calls no version service", async () => {
    await expect(envOf({})).resolves.toMatchObject({
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
    });
  });

  test("is spared a TF_CLI_CONFIG_FILE that names a missing file", async () => {
    await expect(envOf({ TF_CLI_CONFIG_FILE: join(temporaryFolder(), "no") })).resolves.not.toHaveProperty(
      "TF_CLI_CONFIG_FILE",
    );
  });

  test("gets a relative TF_CLI_CONFIG_FILE as the path it was from here", async () => {
    await expect(envOf({ TF_CLI_CONFIG_FILE: "package.json" })).resolves.toHaveProperty(
      "TF_CLI_CONFIG_FILE",
      join(process.cwd(), "package.json"),
    );
  });

  test("a plan of many megabytes is read whole", async () => {
    const fake = fakeTerraform(`
const filler = "é".repeat(1000);
const changes = Array.from({ length: 8000 }, (_, i) => ({ address: "a." + i, type: "a", change: { actions: ["no-op"], filler } }));
fs.writeFileSync(1, JSON.stringify({ format_version: "1.2", planned_values: {}, resource_changes: changes }));`);
    const plan = await terraformWith(fake).show("plan.bin");
    expect(plan.resource_changes).toHaveLength(8000);
    expect(plan.resource_changes[7999]).toMatchObject({ change: { filler: "é".repeat(1000) } });
  });
});
