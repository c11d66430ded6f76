import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { answerControl, isControlPath } from "./control";
import type { Engine } from "./engine";
import { answer } from "./pipeline";
import { type HttpRequest, maxBodyBytes } from "./protocol/http-request";

/** Serves on 127.0.0.1 and on nothing else. */
export async function listen(engine: Engine, port: number): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    serve(engine, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Ends open connections too. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function serve(engine: Engine, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const request: HttpRequest = {
    method: incoming.method ?? "",
    path: incoming.url ?? "",
    headers: incoming.headers,
    body: await readBody(incoming),
  };
  if (isControlPath(request.path)) {
    const { status, headers, body } = answerControl(engine, request);
    await engine.store?.save(engine.world);
    response.writeHead(status, headers).end(body);
    return;
  }
  const { answer: made, delayMs, call } = answer(engine, request);
  try {
    // Nothing is acknowledged, nor shown to a reader, before it is kept.
    await engine.store?.save(engine.world);
    engine.observe(call);
  } catch (error) {
    engine.onFailure(error as Error);
    const body = `Sandbox failure: ${(error as Error).message}`;
    response
      .writeHead(500, { "content-type": "text/plain", "x-amzn-errortype": "InternalFailure" })
      .end(body);
    return;
  }
  if (delayMs > 0) await setTimeout(delayMs);
  if (made) response.writeHead(made.status, made.headers).end(made.body);
  else incoming.socket.resetAndDestroy();
}

/** Reads to the end, so that the client gets to see the refusal, but keeps only what may be answered. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  const most = maxBodyBytes(request);
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= most) chunks.push(chunk);
  }
  return bytes > most ? undefined : Buffer.concat(chunks);
}
