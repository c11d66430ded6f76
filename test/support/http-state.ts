import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A server of Terraform's `http` backend, as its documentation says one has to be: states and locks by path. */
export interface HttpState {
  readonly url: string;
  /** What stands at a path. */
  state(path: string): string | undefined;
  /** Methods and statuses, oldest first. */
  readonly calls: readonly string[];
  close(): Promise<void>;
}

/** @param password of the user `terraform`, without which nothing is answered */
export async function startHttpState(password: string): Promise<HttpState> {
  const states = new Map<string, string>();
  const locks = new Map<string, string>();
  const calls: string[] = [];
  const authorization = `Basic ${Buffer.from(`terraform:${password}`).toString("base64")}`;
  const server = createServer(async (request, response) => {
    const { method = "", url = "", headers } = request;
    const [path = "", query] = url.split("?");
    const body = await textOf(request);
    const answer = (status: number, text = "") => {
      calls.push(`${method} ${status}`);
      response.writeHead(status, { "content-type": "application/json" }).end(text);
    };
    const lock = locks.get(path);
    if (headers.authorization !== authorization) return answer(401);
    if (method === "LOCK") {
      if (lock !== undefined) return answer(423, lock);
      locks.set(path, body);
      return answer(200);
    }
    if (method === "UNLOCK") {
      locks.delete(path);
      return answer(200);
    }
    if (method === "GET") return answer(states.has(path) ? 200 : 404, states.get(path));
    if (method !== "POST") return answer(405);
    const id = new URLSearchParams(query).get("ID");
    if (lock !== undefined && JSON.parse(lock).ID !== id) return answer(409);
    states.set(path, body);
    return answer(200);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state: (path) => states.get(path),
    calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
