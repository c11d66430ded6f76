import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { describeWithTerraform } from "../support/with-terraform";

const folder = mkdtempSync(join(tmpdir(), "terraform-signals-"));
const script = join(folder, "apply.js");

// what a command does with our class, in a process of its own that can be interrupted
const SOURCE = `
import { Interrupted, Terraform } from ${JSON.stringify(join(__dirname, "../../terraform"))};
const terraform = new Terraform({
  cwd: process.argv[2] ?? "",
  onProgress: ({ text }) => console.log(text),
});
terraform.apply().then(
  () => console.log("applied"),
  (error: unknown) => {
    console.log(String(error));
    process.exitCode = error instanceof Interrupted ? error.exitCode : 1;
  },
);
`;

beforeAll(() => {
  buildSync({
    stdin: { contents: SOURCE, loader: "ts", resolveDir: folder },
    bundle: true,
    platform: "node",
    outfile: script,
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A stack whose apply takes half a minute and needs no provider from outside. */
function slowStack(name: string): string {
  const cwd = join(folder, name);
  mkdirSync(cwd);
  const slow = { provisioner: { "local-exec": { command: "echo started; exec sleep 30" } } };
  writeFileSync(join(cwd, "main.tf.json"), JSON.stringify({ resource: { terraform_data: { slow } } }));
  return cwd;
}

interface Run {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

/** Starts an apply and waits until it is in the middle of its work, with the state locked. */
async function startApply(cwd: string, detached = false): Promise<Run> {
  const child = spawn(process.execPath, [script, cwd], { stdio: ["ignore", "pipe", "inherit"], detached });
  let output = "";
  const ended = new Promise<number | null>((done) => child.on("close", done));
  await new Promise<void>((started, failed) => {
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString("utf8");
      if (output.includes("(local-exec): started")) started();
    });
    child.on("close", () => failed(new Error(`ended too early:\n${output}`)));
  });
  expect(existsSync(join(cwd, LOCK))).toBe(true);
  return { child, output: () => output, ended };
}

const LOCK = ".terraform.tfstate.lock.info";

function expectOrderlyEnd(cwd: string, output: string): void {
  // Terraform's own words on its way out; on a second interrupt it would say "Two interrupts received"
  expect(output).toContain("Gracefully shutting down");
  expect(output).not.toContain("Two interrupts");
  expect(existsSync(join(cwd, LOCK))).toBe(false);
  const state = JSON.parse(readFileSync(join(cwd, "terraform.tfstate"), "utf8"));
  expect(state.resources[0].instances[0].status).toBe("tainted");
}

describeWithTerraform("interrupts of the real Terraform", () => {
  test("an interrupted apply ends with 130 after Terraform has saved the state and released its lock", async () => {
    const cwd = slowStack("one-process");
    const { child, output, ended } = await startApply(cwd);
    child.kill("SIGINT");
    expect(await ended).toBe(130);
    expectOrderlyEnd(cwd, output());
  });

  test("Ctrl-C on a terminal, which reaches the whole process group, counts once for Terraform", async () => {
    const cwd = slowStack("process-group");
    const { child, output, ended } = await startApply(cwd, true);
    process.kill(-(child.pid ?? 0), "SIGINT");
    expect(await ended).toBe(130);
    expectOrderlyEnd(cwd, output());
  });

  test("SIGTERM, as a CI runner sends it when a job is cancelled, ends Terraform in order too", async () => {
    const cwd = slowStack("terminated");
    const { child, output, ended } = await startApply(cwd);
    child.kill("SIGTERM");
    expect(await ended).toBe(130);
    expectOrderlyEnd(cwd, output());
  });
});
