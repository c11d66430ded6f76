import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseState } from "../../../sandbox/state/state-text";
import { authorization } from "../../sandbox/raw-aws";

const rounds = 100;
const projectFolder = path.join(__dirname, "../../..");

describe("a sandbox with --state, killed at a random moment under a fast client", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-kill-"));
  const file = path.join(folder, "state.json");
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What the client was told, by policy: there with this description, or gone; unknown while a call is open. */
  const told = new Map<string, string | undefined>();
  const open = new Set<string>();

  test(`${rounds} times: the file is never torn, and nothing acknowledged is lost`, async () => {
    const acknowledged: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const { child, url } = await start(file);
      const count = { answered: 0 };
      const clients = Array.from({ length: 6 }, (_, index) => keepCalling(url, `c${index}-${round}`, count));
      // Up to so many answers and some milliseconds: a random moment, on a slow machine too.
      const answers = Math.floor(Math.random() * 80);
      while (count.answered < answers) await setTimeout(1);
      await setTimeout(Math.random() * 10);
      child.kill("SIGKILL");
      await once(child, "exit");
      await Promise.all(clients);
      acknowledged.push(count.answered);
      expect(lost()).toEqual([]);
    }
    // 0 to 79 of them in each round: a client that nobody answers would show nothing.
    expect(acknowledged.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(20 * rounds);
    console.log(
      `killed ${rounds} times, ${acknowledged.reduce((sum, count) => sum + count, 0)} calls acknowledged`,
    );
  }, 240_000);

  test("however often it was killed, one copy that was being written is left at most", async () => {
    const { child } = await start(file);
    child.kill("SIGTERM");
    await once(child, "exit");
    expect(readdirSync(folder).filter((name) => !/^state\.json(\.lock|\.writing)?$/.test(name))).toEqual([]);
  });

  /** Creates, updates and deletes policies of its own until nobody answers; counts how often somebody did. */
  async function keepCalling(url: string, prefix: string, count: { answered: number }): Promise<void> {
    for (let index = 0; ; index++) {
      const name = `${prefix}-${index}`;
      const policy = JSON.stringify([
        { Rules: [{ ResourceType: "collection", Resource: ["collection/*"] }], AllowFromPublic: true },
      ]);
      const key = { type: "network", name };
      open.add(name);
      try {
        const made = await ask(url, "CreateSecurityPolicy", { ...key, policy, description: "one" });
        told.set(name, "one");
        count.answered++;
        if (index % 2 === 0) {
          const { policyVersion } = made["securityPolicyDetail"] as { readonly policyVersion: string };
          await ask(url, "UpdateSecurityPolicy", { ...key, policyVersion, description: "two" });
          told.set(name, "two");
          count.answered++;
        }
        await ask(url, "DeleteSecurityPolicy", key);
        told.set(name, undefined);
        count.answered++;
      } catch (error) {
        // fetch fails with a TypeError, of another realm than this; the call that was cut off had its effect or not.
        if ((error as Error).name === "TypeError") return;
        throw error;
      }
      open.delete(name);
    }
  }

  function lost(): readonly string[] {
    if (!readdirSync(folder).includes("state.json")) return [...told.keys()];
    const account = parseState(readFileSync(file, "utf8")).accounts.get("123456789012");
    const kept = account?.regions.get("us-east-1")?.policies ?? new Map();
    const order = ["one", "two", undefined];
    return [...told].flatMap(([name, description]) => {
      const found: string | undefined = kept.get(`network/${name}`)?.description;
      // A call that was open may be one step further than what was told.
      const reached = open.has(name)
        ? order.indexOf(found) >= order.indexOf(description)
        : found === description;
      return reached ? [] : [`${name}: told ${description}, kept ${found}`];
    });
  }
});

async function start(file: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ["bin/run.js", "test/support/sandbox-child.ts", file], {
    cwd: projectFolder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`the sandbox ended with ${code} before it listened`);
  });
  ended.catch(() => {});
  const listening = once(child.stdout as NonNullable<typeof child.stdout>, "data");
  const [line] = (await Promise.race([listening, ended])) as [Buffer];
  return { child, url: line.toString().trim() };
}

async function ask(url: string, operation: string, input: object): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      authorization: authorization("aoss"),
      "x-amz-target": `OpenSearchServerless.${operation}`,
      "content-type": "application/x-amz-json-1.0",
    },
    body: JSON.stringify(input),
  });
  const body = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(`${operation}: ${JSON.stringify(body)}`);
  return body;
}
