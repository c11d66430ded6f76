import { Agent, request } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type Sandbox, startSandbox } from "../../sandbox";
import { services } from "../../sandbox/services";
import { randomFrom } from "./random-from";
import { randomRequests, type Sent } from "./random-requests";

const seed = 20_261_124;
const count = 20_000;
const requests = randomRequests(randomFrom(seed));

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

function send(
  sandbox: Sandbox,
  { method, path, headers, body }: Sent,
): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(sandbox.url);
  return new Promise((resolve, reject) => {
    const sent = request({ agent, hostname, port, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function heapMiB(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

describe("random requests", () => {
  let sandbox: Sandbox;
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  /** how often each operation did what it was asked for */
  const done = new Map<string, number>();

  beforeAll(async () => {
    process.on("unhandledRejection", note);
    process.on("uncaughtException", note);
    sandbox = await startSandbox({
      verifySignatures: false,
      openWorld: true,
      speed: Number.POSITIVE_INFINITY,
      onCall: ({ service, operation, status }) => {
        const name = `${service}:${operation}`;
        if (status >= 200 && status < 300) done.set(name, (done.get(name) ?? 0) + 1);
      },
    });
  });

  afterAll(async () => {
    process.off("unhandledRejection", note);
    process.off("uncaughtException", note);
    agent.destroy();
    await sandbox.close();
  });

  async function flood(count: number): Promise<Map<number, number>> {
    const statuses = new Map<number, number>();
    let left = count;
    const client = async () => {
      while (left-- > 0) {
        const sent = requests.request();
        const { status, text: answer } = await send(sandbox, sent);
        requests.learn(answer);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        // S3 says so of what the sandbox does not have of it.
        if (status >= 500 && status !== 501)
          throw new Error(`${status} ${answer}\n${JSON.stringify(sent).slice(0, 2_000)}`);
      }
    };
    await Promise.all(Array.from({ length: 8 }, client));
    return statuses;
  }

  test(`${count} of them (seed ${seed}): each answered, none by a failure, memory stays flat`, async () => {
    // First until the log and the tables of remembered tokens are as full as they get.
    await flood(count);
    const before = heapMiB();
    const statuses = await flood(count);
    const after = heapMiB();
    console.log(
      `statuses ${JSON.stringify(Object.fromEntries([...statuses].sort()))}, heap ${before.toFixed(0)} -> ${after.toFixed(0)} MiB`,
    );
    expect(unhandled).toEqual([]);
    // Both sides of the border were met: requests that are taken and requests that are refused.
    expect(statuses.get(200)).toBeGreaterThan(100);
    // Route 53 answers so where a hosted zone was made.
    expect(statuses.get(201)).toBeGreaterThan(50);
    expect(statuses.get(400)).toBeGreaterThan(1_000);
    expect(after - before).toBeLessThan(10);
    // Every operation of every service got beyond its checks.
    const served = Object.entries(services).flatMap(([service, { operations }]) =>
      operations.map((operation) => `${service}:${operation}`),
    );
    const rarest = served.map((name) => [name, done.get(name) ?? 0] as const).sort(([, a], [, b]) => a - b);
    console.log(`${served.length} operations done, the rarest: ${rarest.slice(0, 8).join("; ")}`);
    expect(rarest.filter(([, times]) => times === 0)).toEqual([]);
  }, 180_000);
});
