import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answer, type SandboxCall, type World } from "./answer";
import { contentsOf, type SandboxContents } from "./contents";
import { sandboxAccountId } from "./credential-scope";
import { sandboxEnvironment } from "./environment";
import { settle } from "./state";

export interface SandboxOptions {
  /** @default - a free one */
  readonly port?: number;
  /** How long an endpoint is PENDING or DELETING, in milliseconds. @default 50 */
  readonly transitionMs?: number;
  /** Called after each answer. */
  readonly onCall?: (call: SandboxCall) => void;
}

/** AWS on loopback: what it takes to create, read, update, import and destroy what this project deploys. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly accountId: string;
  /** What to set (a string) or unset (undefined) in the environment of whatever shall talk to the sandbox. */
  environment(region?: string): Record<string, string | undefined>;
  /** What exists now, in all Regions. */
  contents(): SandboxContents;
  /** Ends open connections too. */
  close(): Promise<void>;
}

const maxBodyBytes = 1024 * 1024;

/** Starts a sandbox that listens on 127.0.0.1 and on nothing else. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const world: World = {
    transitionMs: options.transitionMs ?? 50,
    regions: new Map(),
    issuedGroupIds: new Set(),
  };
  const server = createServer((request, response) => {
    serve(world, request, response)
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
    accountId: sandboxAccountId,
    environment: (region = "us-east-1") => sandboxEnvironment(url, region, workspace, process.env),
    contents: () => {
      for (const state of world.regions.values()) settle(state, Date.now());
      return contentsOf(world.regions);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(world: World, request: IncomingMessage, response: ServerResponse): Promise<SandboxCall> {
  const body = await readBody(request);
  const {
    status,
    headers,
    body: text,
    call,
  } = answer(world, {
    method: request.method ?? "",
    path: request.url ?? "",
    headers: request.headers,
    body,
  });
  response.writeHead(status, headers).end(text);
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
