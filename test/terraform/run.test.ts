import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { run } from "../../terraform/run";
import { Interrupted, TerraformError } from "../../terraform/terraform-error";
import { fakeTerraform, removeTemporaryFolders, temporaryFolder } from "./fake-terraform";

afterEach(removeTemporaryFolders);

/** Says how often it was interrupted, and ends `milliseconds` after the first time. */
const patient = (milliseconds: number) => `
let count = 0;
process.on("SIGTERM", () => say("terminated"));
process.on("SIGINT", () => {
  say("interrupt " + ++count);
  if (count === 1) setTimeout(() => { say("unlocked"); process.exit(1); }, ${milliseconds});
});
say("ready");
setInterval(() => {}, 1000);`;

function start(body: string, signals = new EventEmitter()) {
  const lines: string[] = [];
  let onReady = () => {};
  const ready = new Promise<void>((resolve) => {
    onReady = resolve;
  });
  const ended = run({
    binary: fakeTerraform(body).path,
    args: ["apply", "-json"],
    cwd: temporaryFolder(),
    env: {},
    signals,
    onLine: (line) => {
      lines.push(line);
      if (line === "ready") onReady();
    },
  });
  // looked at by the test later; a rejection before that is not unhandled
  ended.catch(() => {});
  return { signals, lines, ready, ended };
}

const listeners = (signals: EventEmitter) =>
  ["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => signals.listenerCount(signal));

test.each(["SIGINT", "SIGTERM", "SIGHUP"])("%s reaches the child once, as an interrupt", async (signal) => {
  const { signals, lines, ready, ended } = start(patient(50));
  await ready;
  signals.emit(signal);
  await expect(ended).rejects.toBeInstanceOf(Interrupted);
  expect(lines).toEqual(["ready", "interrupt 1", "unlocked"]);
});

test("the promise is rejected only after the child has ended, with the exit code for an interrupt", async () => {
  const { signals, lines, ready, ended } = start(patient(300));
  await ready;
  signals.emit("SIGINT");
  await expect(ended).rejects.toMatchObject({ exitCode: 130, forced: false });
  expect(lines.at(-1)).toBe("unlocked");
});

test("signals at the same moment, as npm sends them, are one interrupt", async () => {
  const { signals, lines, ready, ended } = start(patient(200));
  await ready;
  signals.emit("SIGINT");
  await sleep(50);
  signals.emit("SIGTERM");
  await expect(ended).rejects.toMatchObject({ forced: false });
  expect(lines).toEqual(["ready", "interrupt 1", "unlocked"]);
});

test("a second Ctrl-C is passed on as a second one", async () => {
  const { signals, lines, ready, ended } = start(patient(1500));
  await ready;
  signals.emit("SIGINT");
  await sleep(700);
  signals.emit("SIGINT");
  await expect(ended).rejects.toMatchObject({
    forced: true,
    remedy: expect.stringContaining("force-unlock"),
  });
  expect(lines).toEqual(["ready", "interrupt 1", "interrupt 2", "unlocked"]);
});

test("however many children run, each signal has one listener, and none afterwards", async () => {
  const signals = new EventEmitter();
  const runs = Array.from({ length: 3 }, () => start("say('ready'); setTimeout(() => {}, 200);", signals));
  await Promise.all(runs.map(({ ready }) => ready));
  expect(listeners(signals)).toEqual([1, 1, 1]);
  await Promise.all(runs.map(({ ended }) => ended));
  expect(listeners(signals)).toEqual([0, 0, 0]);
});

test("a binary that cannot be started is an error, and no listener stays", async () => {
  const signals = new EventEmitter();
  const options = { binary: "/no/such/terraform", args: ["plan"], cwd: temporaryFolder(), env: {}, signals };
  await expect(run(options)).rejects.toThrow("cannot start Terraform");
  expect(listeners(signals)).toEqual([0, 0, 0]);
});

test("a child that was killed is an error that speaks of memory", async () => {
  const { ended } = start("process.kill(process.pid, 'SIGKILL');");
  const error = await ended.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TerraformError);
  expect(error).toMatchObject({ problem: "terraform apply was killed by SIGKILL" });
});

test("a grandchild that keeps the pipe open does not keep us", async () => {
  const { ended } = start(`
require("node:child_process").spawn("sleep", ["18"], { stdio: ["ignore", "inherit", "ignore"], detached: true }).unref();
say("done"); process.exit(0);`);
  const started = Date.now();
  await expect(ended).resolves.toMatchObject({ exitCode: 0 });
  expect(Date.now() - started).toBeLessThan(15_000);
});

test("a listener that throws fails the run once the child has ended", async () => {
  const options = {
    binary: fakeTerraform("say('a'); say('b');").path,
    args: ["plan"],
    cwd: temporaryFolder(),
    env: {},
  };
  const onLine = () => {
    throw new Error("broken progress bar");
  };
  await expect(run({ ...options, onLine })).rejects.toThrow("broken progress bar");
});
