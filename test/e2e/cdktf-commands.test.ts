import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { goodAccessFile } from "../support/bad-access-files";
import { aossPrivatelink, projectFolder } from "../support/command";
import { describeWithTerraform } from "../support/with-terraform";

describeWithTerraform("the cdktf commands in the sandbox", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-cdktf-"));
    const app = `node ${path.join(projectFolder, "bin", "run.js")} ${path.join(projectFolder, "main.ts")}`;
    writeFileSync(
      path.join(folder, "cdktf.json"),
      JSON.stringify({ language: "typescript", app, sendCrashReports: "false" }),
    );
    writeFileSync(path.join(folder, "access.yaml"), goodAccessFile);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test("deploy creates, diff then sees no changes, destroy takes all away", async () => {
    const cdktf = `"${path.join(projectFolder, "node_modules", ".bin", "cdktf")}"`;
    const steps = [
      `${cdktf} deploy --auto-approve --skip-provider-lock`,
      "echo ---- diff",
      `${cdktf} diff --skip-provider-lock`,
      "echo ---- destroy",
      `${cdktf} destroy --auto-approve --skip-provider-lock`,
    ];
    const { exitCode, stdout, stderr } = await aossPrivatelink(
      ["sandbox", "--", "sh", "-c", steps.join(" && ")],
      {
        cwd: folder,
        env: { CI: "1", FORCE_COLOR: "0" },
      },
    );
    const [deploy = "", diff = "", destroy = ""] = stdout.split(/---- \w+/);
    expect({ exitCode, stderr: exitCode === 0 ? "" : stderr + stdout }).toEqual({ exitCode: 0, stderr: "" });
    expect(deploy).toContain("Apply complete! Resources: 4 added, 0 changed, 0 destroyed.");
    expect(diff).toContain("No changes. Your infrastructure matches the configuration.");
    expect(destroy).toContain("Destroy complete! Resources: 4 destroyed.");
  });

  test("sandboxes one after another, as the README has them, do not meet each other's workspaces", async () => {
    const options = { cwd: folder, env: { CI: "1", FORCE_COLOR: "0" } };
    const inSandbox = (...command: string[]) => aossPrivatelink(["sandbox", "--", ...command], options);
    const command = [process.execPath, path.join(projectFolder, "bin", "aoss-privatelink.js"), "plan"];
    const planned = await inSandbox(...command);
    expect(planned).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("4 to add") });
    const cdktf = path.join(projectFolder, "node_modules", ".bin", "cdktf");
    const { stdout } = await inSandbox(cdktf, "deploy", "--auto-approve", "--skip-provider-lock");
    expect(stdout).toContain("Apply complete! Resources: 4 added, 0 changed, 0 destroyed.");
  }, 120_000);
});
