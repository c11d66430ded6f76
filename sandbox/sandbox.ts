import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import type { Identity } from "./access/identity";
import { durationsAt, type Speed } from "./durations";
import type { Engine } from "./engine";
import { sandboxEnvironment } from "./environment";
import { type Faults, noFaults } from "./faults/faults";
import { Journal, type SandboxCall } from "./journal";
import { answer } from "./pipeline";
import { contentsOf, type SandboxContents } from "./state/contents";
import { settle } from "./state/settle";
import { defaultWorld } from "./world/default-world";
import { seed } from "./world/seed";
import { type WorldFile, worldSchema } from "./world/world";

export interface SandboxOptions {
  /** @default - a free one */
  readonly port?: number;
  /** What stands there before anything is deployed. @default - the built-in world */
  readonly world?: WorldFile;
  /** Takes ids that are not in the world as they come. @default false */
  readonly openWorld?: boolean;
  /** How fast endpoints and collections change status. @default "instant", 50 ms */
  readonly speed?: Speed;
  /** Whether requests must be signed with what the sandbox hands out. @default true */
  readonly verifySignatures?: boolean;
  /** What the caller may do. @default - everything */
  readonly identity?: Identity;
  /** What goes wrong on purpose. @default - nothing */
  readonly faults?: Faults;
  /** Called after each answer. */
  readonly onCall?: (call: SandboxCall) => void;
}

/** AWS on loopback: what it takes to create, read, update, import and destroy what this project deploys. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly accountId: string;
  /** What to set (a string) or unset (undefined) in the environment of whatever shall talk to the sandbox. */
  environment(region?: string, account?: string): Record<string, string | undefined>;
  /** What was made and is there now, in all accounts and Regions; what the world gave is left out. */
  contents(): SandboxContents;
  /** The calls so far, oldest first. */
  calls(): readonly SandboxCall[];
  /** Ends open connections too. */
  close(): Promise<void>;
}

const maxBodyBytes = 1024 * 1024;

/** Starts a sandbox that listens on 127.0.0.1 and on nothing else. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const world = worldSchema.parse(options.world ?? defaultWorld);
  const engine: Engine = {
    world: seed(world),
    openWorld: options.openWorld ?? false,
    verifySignatures: options.verifySignatures ?? true,
    duration: durationsAt(options.speed ?? "instant"),
    journal: new Journal(),
    identity: options.identity,
    faults: options.faults ?? noFaults,
  };
  const [accountId = ""] = Object.keys(world.accounts);
  const server = createServer((request, response) => {
    serve(engine, request, response)
      // Only a client that went away gets here as an error.
      .then(options.onCall, () => request.destroy())
      // An observer that throws is no failure of the sandbox.
      .catch(() => {});
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const workspace = `sandbox-${randomBytes(4).toString("hex")}`;
  return {
    url,
    accountId,
    environment: (region = "us-east-1", account = accountId) =>
      sandboxEnvironment({ url, region, account, workspace }, process.env),
    contents: () => {
      for (const { regions } of engine.world.accounts.values()) {
        for (const state of regions.values()) settle(state, Date.now());
      }
      return contentsOf(engine.world);
    },
    calls: () => engine.journal.calls(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  engine: Engine,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<SandboxCall> {
  const body = await readBody(request);
  const {
    answer: made,
    delayMs,
    call,
  } = answer(engine, {
    method: request.method ?? "",
    path: request.url ?? "",
    headers: request.headers,
    body,
  });
  engine.journal.add(call);
  if (delayMs > 0) await setTimeout(delayMs);
  if (made) response.writeHead(made.status, made.headers).end(made.body);
  else request.socket.resetAndDestroy();
  return call;
}

/** Reads to the end, so that the client gets to see the refusal, but keeps only what may be answered. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maxBodyBytes) chunks.push(chunk);
  }
  return bytes > maxBodyBytes ? undefined : Buffer.concat(chunks);
}
