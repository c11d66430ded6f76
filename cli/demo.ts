import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type PlanSummary, summarisePlan } from "../review";
import { startSandbox } from "../sandbox";
import { findTerraform, readSynthesizedConfig, Terraform } from "../terraform";
import { CommandError } from "./command-error";
import { demoAccessFile, widened } from "./demo-access-file";
import { planText } from "./plan-text";
import { progressLine } from "./progress-line";
import { synthesize } from "./run-app";

/** `demo`: create, look again, change in place, destroy, each step told and checked. */
export async function demoCommand(app: readonly string[]): Promise<void> {
  const say = (text: string) => console.log(text);
  const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-demo-"));
  const sandbox = await startSandbox();
  try {
    const file = path.join(folder, "access.yaml");
    const outdir = path.join(folder, "cdktf.out");
    const binary = await findTerraform();
    say(
      `Sandbox on ${sandbox.url}: it answers as AWS would, to the real Terraform ${binary.version} and AWS provider.`,
    );
    const synth = async () => {
      const [stack] = await synthesize({ command: app, outdir, context: {}, builtIn: app }, { file });
      if (!stack) throw new CommandError("no stack was synthesized", file, "report this", 1);
      return stack.folder;
    };
    writeFileSync(file, demoAccessFile);
    const cwd = await synth();
    say(
      `\n1. From an access file of ${demoAccessFile.trim().split("\n").length} lines to Terraform JSON: one endpoint, who may connect, what it opens.`,
    );
    const progress = progressLine("demo");
    const terraform = new Terraform({
      cwd,
      binary,
      env: { ...process.env, ...sandbox.environment() },
      onProgress: progress.show,
    });
    const plan = async (): Promise<PlanSummary> => {
      await terraform.planFresh({ out: "plan" });
      const summary = summarisePlan(await terraform.show("plan"), readSynthesizedConfig(cwd));
      progress.end();
      return summary;
    };
    const apply = async () => {
      await terraform.apply("plan");
      progress.end();
    };

    say("\n2. The plan, with the policy as it will stand once the endpoint has its id:");
    const first = await plan();
    say(indent(planText("demo", first)));
    expect(
      first.changes.every(({ action }) => action === "create"),
      "the first plan only creates",
    );
    await apply();
    const made = sandbox.contents();
    expect(
      made.vpcEndpoints.length === 1 && made.securityPolicies.length === 1,
      "endpoint and policy are made",
    );
    say("   Applied: the endpoint is active and the network policy names its id.");

    const again = await plan();
    expect(again.changes.length === 0, "a second plan has no changes");
    say("\n3. Planned again: no changes.");

    writeFileSync(file, widened(demoAccessFile));
    await synth();
    const second = await plan();
    say("\n4. A second subnet, a second source and one more collection:");
    say(indent(planText("demo", second)));
    expect(
      second.changes.every(({ action }) => action === "update" || action === "create"),
      "nothing is replaced or deleted",
    );
    await apply();
    expect(sandbox.contents().vpcEndpoints.length === 1, "it is still the same one endpoint");
    say("   Applied in place: nobody was cut off.");

    await terraform.destroy();
    progress.end();
    const left = Object.values(sandbox.contents()).flat();
    expect(left.length === 0, "nothing is left");
    say("\n5. Destroyed: nothing is left in the sandbox.");
    say("\nNext: edit access.yaml, then npx aoss-privatelink sandbox -- npx aoss-privatelink plan");
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const indent = (text: string) => text.replace(/^/gm, "   ");

function expect(holds: boolean, claim: string): void {
  if (!holds) {
    throw new CommandError(
      `the demo's claim does not hold: ${claim}`,
      "aoss-privatelink demo",
      "please report this",
      1,
    );
  }
}
