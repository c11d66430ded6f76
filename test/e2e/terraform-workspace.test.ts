import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Terraform } from "../../terraform";
import { describeWithTerraform } from "../support/with-terraform";

const root = mkdtempSync(join(tmpdir(), "terraform-workspace-"));
const cwd = join(root, "out", "stacks", "search");
const state = join(root, "terraform.search.tfstate");

// the local backend with a path that leaves the stack's folder, as cdktf puts it, and no provider from outside
const stack = {
  terraform: { backend: { local: { path: "../../../terraform.search.tfstate" } } },
  resource: { terraform_data: { it: { input: "${terraform.workspace}" } } },
  output: { workspace: { value: "${terraform_data.it.output}" } },
};

beforeAll(() => {
  mkdirSync(cwd, { recursive: true });
  writeFileSync(join(cwd, "cdk.tf.json"), JSON.stringify(stack));
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

const inWorkspace = (name?: string) => new Terraform({ cwd, env: { ...process.env, TF_WORKSPACE: name } });

async function applyPlanned(terraform: Terraform): Promise<unknown> {
  await terraform.planFresh({ out: "plan.bin" });
  await terraform.apply("plan.bin");
  return (await terraform.output())["workspace"]?.value;
}

describeWithTerraform("workspaces of the real Terraform", () => {
  test("TF_WORKSPACE=sandbox in a folder used before leaves the default workspace's state as it is", async () => {
    expect(await applyPlanned(inWorkspace())).toBe("default");
    const before = readFileSync(state);
    const sandbox = inWorkspace("sandbox");
    expect(await applyPlanned(sandbox)).toBe("sandbox");
    expect((await sandbox.planFresh()).hasChanges).toBe(false);
    await sandbox.destroy();
    expect(readFileSync(state).equals(before)).toBe(true);
    expect((await inWorkspace().planFresh()).hasChanges).toBe(false);
  });

  test("a folder that saw only the sandbox has no state for the default workspace", async () => {
    rmSync(join(cwd, ".terraform"), { recursive: true, force: true });
    rmSync(join(cwd, "terraform.tfstate.d"), { recursive: true, force: true });
    rmSync(state, { force: true });
    expect(await applyPlanned(inWorkspace("sandbox"))).toBe("sandbox");
    expect(existsSync(state)).toBe(false);
  });
});
