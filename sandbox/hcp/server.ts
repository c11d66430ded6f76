import { randomBytes } from "node:crypto";
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { type HcpAnswer, HcpError, notFound, nothing } from "./answer";
import { currentVersion, HcpState, type Workspace } from "./hcp-state";
import { answerStates, answerVersion, upload } from "./state-versions";
import { answerOrganization, answerWorkspace } from "./workspaces";

export interface HcpOptions {
  /** @default - a free one */
  readonly port?: number;
  /** Key and certificate in PEM. @default - plain HTTP */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** A request that was answered. */
export interface HcpCall {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** A workspace and what stands in it. */
export interface HcpWorkspace {
  readonly organization: string;
  readonly name: string;
  readonly project: string;
  readonly tags: readonly string[];
  readonly isLocked: boolean;
  /** as it was uploaded; undefined where there is none yet */
  readonly state: string | undefined;
  /** of every state that was ever written, oldest first */
  readonly serials: readonly number[];
}

/** HCP Terraform on loopback: workspaces, states and locks, as far as runs on one's own machine need them. */
export interface Hcp {
  /** `https://localhost:PORT` */
  readonly url: string;
  /** `localhost:PORT` */
  readonly host: string;
  /** What the only user signs in with. */
  readonly token: string;
  /** Services, as a `host` block of Terraform's CLI configuration names them. */
  readonly services: Readonly<Record<string, string>>;
  workspaces(): readonly HcpWorkspace[];
  calls(): readonly HcpCall[];
  close(): Promise<void>;
}

/** No state is larger in any test of ours; HCP Terraform itself has no such limit that is documented. */
const maxBodyBytes = 64 * 1024 * 1024;

const api = "/api/v2/";

/**
 * Starts a stand-in for HCP Terraform's API that listens on loopback and on nothing else. Workspaces execute locally:
 * it keeps states and locks, and runs nothing. Everything is gone with it.
 */
export async function startHcp({ port = 0, tls }: HcpOptions = {}): Promise<Hcp> {
  const state = new HcpState();
  const token = `sandbox.${randomBytes(16).toString("hex")}`;
  const calls: HcpCall[] = [];
  let base = "";
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    serve(request, response).catch(() => response.destroy());
  };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "", url: path = "", headers } = request;
    const body = await textOf(request);
    const answer = answered(() => {
      const open = answerOpen(state, method, path, body, api);
      if (open) return open;
      if (headers.authorization !== `Bearer ${token}`) throw new HcpError(401, "unauthorized");
      return answerSigned(state, method, path, body, base + api);
    });
    calls.push({ method, path, status: answer.status });
    send(response, answer);
  };
  const server = tls ? createHttpsServer(tls, listener) : createHttpServer(listener);
  await listen(server, port);
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  base = `${tls ? "https" : "http"}://${host}`;
  return {
    url: base,
    host,
    token,
    services: Object.fromEntries(
      ["tfe.v2", "tfe.v2.1", "tfe.v2.2", "state.v2"].map((name) => [name, base + api]),
    ),
    workspaces: () => workspacesIn(state),
    calls: () => calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    // The name is in the certificate, and it may lead to either address of loopback.
    server.listen(port, "localhost", resolve);
  });

function answered(work: () => HcpAnswer): HcpAnswer {
  try {
    return work();
  } catch (error) {
    const { status, title, message } =
      error instanceof HcpError ? error : new HcpError(500, "internal server error", String(error));
    return { status, body: { errors: [{ status: String(status), title, detail: message }] } };
  }
}

/** What takes no token: where the services are, and the states behind their secret paths. */
function answerOpen(
  state: HcpState,
  method: string,
  path: string,
  body: string,
  basePath: string,
): HcpAnswer | undefined {
  if (path === "/.well-known/terraform.json" && method === "GET") {
    const services = ["tfe.v2", "tfe.v2.1", "tfe.v2.2", "state.v2"].map((name) => [name, basePath]);
    return {
      status: 200,
      headers: { "content-type": "application/json" },
      body: Object.fromEntries(services),
    };
  }
  const [, what, id = "", secret, json] =
    /^\/api\/v2\/(uploads|downloads)\/([^/]+)\/([^/]+)(\/json)?$/.exec(path) ?? [];
  if (what === undefined) return undefined;
  const version = state.version(id);
  if (!version || version.secret !== secret) throw notFound();
  if (what === "uploads" && method === "PUT") return json === undefined ? upload(version, body) : nothing;
  if (what === "downloads" && method === "GET" && version.content !== undefined) {
    return { status: 200, body: version.content };
  }
  throw notFound();
}

/** @param base where the API is, with a slash at its end */
function answerSigned(state: HcpState, method: string, path: string, body: string, base: string): HcpAnswer {
  const [pathname = "", ...search] = path.split("?");
  const query = new URLSearchParams(search.join("?"));
  if (!pathname.startsWith(api)) throw notFound();
  const [kind = "", id = "", ...more] = pathname.slice(api.length).split("/");
  const rest = more.join("/");
  if (kind === "ping" && method === "GET") return nothing;
  if (kind === "organizations" && id !== "") {
    const answer = answerOrganization(state, decodeURIComponent(id), method, rest, query, body);
    if (answer) return answer;
  }
  if (kind === "workspaces") {
    const workspace = state.workspace(id);
    const answer =
      workspace &&
      (answerWorkspace(workspace, method, rest, body) ?? answerStates(workspace, method, rest, body, base));
    if (answer) return answer;
  }
  if (kind === "state-versions" && method === "GET" && rest === "") {
    const version = state.version(id);
    if (version) return answerVersion(version, base);
  }
  throw notFound();
}

function send(response: ServerResponse, { status, headers, body }: HcpAnswer): void {
  const text = typeof body === "object" ? JSON.stringify(body) : body;
  response
    .writeHead(status, {
      "content-type": "application/vnd.api+json",
      // The API of HCP Terraform; the CLI takes 2.5 and newer.
      "tfp-api-version": "2.6",
      "tfp-appname": "HCP Terraform",
      ...headers,
    })
    .end(text);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maxBodyBytes) chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

const workspacesIn = ({ organizations }: HcpState): readonly HcpWorkspace[] =>
  [...organizations.values()].flatMap(({ name: organization, projects, workspaces }) =>
    [...workspaces.values()].map((workspace: Workspace) => ({
      organization,
      name: workspace.name,
      project: projects.find(({ id }) => id === workspace.projectId)?.name ?? "",
      tags: [...workspace.tags.keys()],
      isLocked: workspace.lockReason !== undefined,
      state: currentVersion(workspace)?.content,
      serials: workspace.versions.flatMap(({ serial, content }) => (content === undefined ? [] : [serial])),
    })),
  );
