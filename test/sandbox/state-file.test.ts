import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  FaultSwitch,
  OtherWorld,
  type Sandbox,
  type SandboxOptions,
  StateInUse,
  startSandbox,
  UnreadableState,
} from "../../sandbox";
import { parseState, stateText } from "../../sandbox/state/state-text";
import { seed } from "../../sandbox/world/seed";
import { worldSchema } from "../../sandbox/world/world";
import { authorization } from "./raw-aws";

let folder: string;
let file: string;
const open: Sandbox[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-state-"));
  mkdirSync(path.join(folder, "deep"));
  file = path.join(folder, "deep", "state.json");
});

afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close();
  rmSync(folder, { recursive: true });
});

async function start(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ state: file, verifySignatures: false, ...options });
  open.push(sandbox);
  return sandbox;
}

async function createEndpoint(sandbox: Sandbox): Promise<void> {
  const input = { name: "apps", vpcId: "vpc-0a1b2c3d4e5f60718", subnetIds: ["subnet-0a1b2c3d4e5f60711"] };
  const response = await fetch(sandbox.url, {
    method: "POST",
    headers: {
      authorization: authorization("aoss"),
      "x-amz-target": "OpenSearchServerless.CreateVpcEndpoint",
    },
    body: JSON.stringify(input),
  });
  if (!response.ok) throw new Error(await response.text());
}

test("what was made is there after a restart, and so is the Terraform workspace that knows of it", async () => {
  const first = await start();
  await createEndpoint(first);
  const { vpcEndpoints } = first.contents();
  const workspace = first.environment()["TF_WORKSPACE"];
  await first.close();
  const second = await start();
  expect(second.contents().vpcEndpoints.map(({ id }) => id)).toEqual(vpcEndpoints.map(({ id }) => id));
  expect(second.environment()["TF_WORKSPACE"]).toBe(workspace);
});

test("a status change that was under way goes on", async () => {
  const first = await start({ speed: 500 });
  await createEndpoint(first);
  expect(first.contents().vpcEndpoints[0]?.status).toBe("PENDING");
  await first.close();
  await new Promise((resolve) => setTimeout(resolve, 310));
  expect((await start()).contents().vpcEndpoints[0]?.status).toBe("ACTIVE");
});

test("a second sandbox on the same file is refused while the first runs, and taken afterwards", async () => {
  const first = await start();
  await expect(start()).rejects.toBeInstanceOf(StateInUse);
  await first.close();
  await expect(start()).resolves.toBeDefined();
});

test("the lock of a process that is gone holds nobody up", async () => {
  const first = await start();
  await first.close();
  writeFileSync(`${file}.lock`, "999999999");
  await expect(start()).resolves.toBeDefined();
});

/** Runs a shell script that prints the id of a process, while that process is there. */
async function whilePresent(script: string, use: (pid: number) => Promise<void>): Promise<void> {
  const shell = spawn("sh", ["-c", script], { stdio: ["ignore", "pipe", "ignore"] });
  try {
    const [line] = (await once(shell.stdout, "data")) as [Buffer];
    await use(Number(line));
  } finally {
    shell.kill("SIGKILL");
  }
}

const onLinux = process.platform === "linux" ? test : test.skip;

onLinux("the lock of a killed process that nobody has waited for holds nobody up", async () => {
  await (await start()).close();
  // The child ends once its parent has become a program that waits for nobody; before, the shell would.
  const child = `sh -c 'until grep -q sleep /proc/$PPID/comm; do :; done'`;
  await whilePresent(`${child} & echo $!; exec sleep 30`, async (pid) => {
    const isZombie = () => / Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
    while (!isZombie()) await new Promise((resolve) => setTimeout(resolve, 10));
    writeFileSync(`${file}.lock`, String(pid));
    await expect(start()).resolves.toBeDefined();
  });
});

onLinux("a later process with the id of the one that had the lock holds nobody up", async () => {
  const first = await start();
  const [, startedAt] = readFileSync(`${file}.lock`, "utf8").split(" ");
  expect(startedAt).toMatch(/^\d+$/);
  await first.close();
  await whilePresent("echo $$; exec sleep 30", async (pid) => {
    // Its own start is not known here: this is that of another process, in a lock and in one of an older version.
    writeFileSync(`${file}.lock`, `${pid}`);
    await expect(start()).rejects.toBeInstanceOf(StateInUse);
    writeFileSync(`${file}.lock`, `${pid} ${startedAt}`);
    await expect(start()).resolves.toBeDefined();
  });
});

test.each([
  ["half a file", '{"version":1,"state":{"acc', /^not JSON/],
  ["another version", '{"version":2,"state":{}}', /^version 2, 1 is read/],
  ["something else", "[]", /^version undefined/],
  ["no accounts", '{"version":1,"state":{"accounts":[]}}', /^no accounts/],
])("%s is refused, left as it is, and not locked", async (_what, text, message) => {
  await (await start()).close();
  writeFileSync(file, text);
  await expect(start()).rejects.toThrow(message);
  await expect(start()).rejects.toBeInstanceOf(UnreadableState);
  expect(readFileSync(file, "utf8")).toBe(text);
  expect(existsSync(`${file}.lock`)).toBe(false);
});

test("a file made in another world is refused, one made in the same world is not", async () => {
  const world = { version: 1, accounts: { "111122223333": { regions: {} } } } as const;
  const first = await start({ world });
  await fetch(first.url, { method: "POST" });
  // Nothing was changed, so nothing is kept yet.
  expect(existsSync(file)).toBe(false);
  await first.close();
  const second = await start();
  await createEndpoint(second);
  await second.close();
  await expect(start({ world })).rejects.toBeInstanceOf(OtherWorld);
  await expect(start()).resolves.toBeDefined();
});

test("files of the user's beside it stay, and a copy that a killed process was writing is written over", async () => {
  await (await start()).close();
  const others = ["state.json.1", "state.json.20261123", "state.json.backup"];
  for (const name of others) writeFileSync(path.join(path.dirname(file), name), "the user's");
  writeFileSync(`${file}.writing`, "half");
  const sandbox = await start();
  await createEndpoint(sandbox);
  await sandbox.close();
  expect(readdirSync(path.dirname(file)).sort()).toEqual(["state.json", ...others]);
});

test("a lock with the id of this very process, as after a kill in a container, holds nobody up", async () => {
  await (await start()).close();
  writeFileSync(`${file}.lock`, String(process.pid));
  const sandbox = await start();
  await expect(start()).rejects.toBeInstanceOf(StateInUse);
  await sandbox.close();
});

test("a state that cannot be written is told, answered with 500, and written as soon as it can be", async () => {
  const failures: Error[] = [];
  const sandbox = await start({ onFailure: (error) => failures.push(error) });
  rmSync(path.dirname(file), { recursive: true });
  await expect(createEndpoint(sandbox)).rejects.toThrow("Sandbox failure: ENOENT");
  expect(failures).toHaveLength(1);
  mkdirSync(path.dirname(file));
  // The endpoint was made, as it can be in AWS when an answer is lost: it is kept with the next answer.
  await expect(createEndpoint(sandbox)).rejects.toThrow("ConflictException");
  await sandbox.close();
  expect((await start()).contents().vpcEndpoints).toHaveLength(1);
});

test("texts that look like the form of the file come back as they were", () => {
  const state = seed(worldSchema.parse({ version: 1, accounts: { "111122223333": { regions: {} } } }), "w");
  const account = state.accounts.get("111122223333");
  account?.issuedIds.add('{"set":[]}');
  expect(parseState(stateText(state))).toEqual(state);
});

test("an endpoint that a fault held back is let go for good when the fault is lifted, and by a restart", async () => {
  const faults = () =>
    new FaultSwitch({ version: 1, faults: [{ on: "aoss:CreateVpcEndpoint", what: "endpoint-pending" }] });
  const lifted = async (sandbox: Sandbox) =>
    (await fetch(new URL("/_sandbox/faults", sandbox.url), { method: "DELETE" })).status;
  const settled = () => new Promise((resolve) => setTimeout(resolve, 80));

  const first = await start({ faults: faults() });
  await createEndpoint(first);
  await settled();
  expect(first.contents().vpcEndpoints[0]?.status).toBe("PENDING");
  expect(await lifted(first)).toBe(200);
  await first.close();
  const second = await start();
  await settled();
  expect(second.contents().vpcEndpoints[0]?.status).toBe("ACTIVE");
  await second.close();
  rmSync(file);

  const third = await start({ faults: faults() });
  await createEndpoint(third);
  await third.close();
  const fourth = await start();
  await settled();
  expect(fourth.contents().vpcEndpoints[0]?.status).toBe("ACTIVE");
});
