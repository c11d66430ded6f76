import { createHash } from "node:crypto";
import { type Hcp, startHcp } from "../../sandbox";

let hcp: Hcp;
beforeEach(async () => {
  hcp = await startHcp();
});
afterEach(() => hcp.close());

interface Answer {
  readonly status: number;
  readonly body: {
    readonly data?: { readonly id: string; readonly attributes: Record<string, unknown> };
    readonly errors?: readonly { readonly title: string; readonly detail: string }[];
  };
}

async function call(method: string, path: string, body?: unknown, token = hcp.token): Promise<Answer> {
  const response = await fetch(path.startsWith("http") ? path : `${hcp.url}/api/v2/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/vnd.api+json" },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? {} : JSON.parse(text) };
}

const workspace = async (name = "aoss-search", more: object = {}): Promise<string> => {
  const { body } = await call("POST", "organizations/acme/workspaces", {
    data: { type: "workspaces", attributes: { name }, ...more },
  });
  return String(body.data?.id);
};

const md5 = (text: string) => createHash("md5").update(text).digest("hex");
const stateFile = (serial: number, lineage = "l") =>
  JSON.stringify({ version: 4, serial, lineage, outputs: {}, resources: [] });
const announced = (content: string, more: object = {}) => {
  const { serial, lineage } = JSON.parse(content);
  return { data: { type: "state-versions", attributes: { serial, lineage, md5: md5(content), ...more } } };
};

/** Writes a state as Terraform does: locked, announced, uploaded, unlocked. */
async function write(id: string, content: string): Promise<Answer> {
  await call("POST", `workspaces/${id}/actions/lock`, { reason: "test" });
  const made = await call("POST", `workspaces/${id}/state-versions`, announced(content));
  const url = made.body.data?.attributes["hosted-state-upload-url"];
  if (typeof url === "string") await fetch(url, { method: "PUT", body: content });
  await call("POST", `workspaces/${id}/actions/unlock`);
  return made;
}

test("services are where the discovery says, and nothing but that is told without the token", async () => {
  const discovery = await fetch(`${hcp.url}/.well-known/terraform.json`);
  expect([discovery.headers.get("content-type"), await discovery.json()]).toEqual([
    "application/json",
    expect.objectContaining({ "tfe.v2": "/api/v2/" }),
  ]);
  for (const path of ["ping", "organizations/acme/entitlement-set", "organizations/acme/workspaces/x"]) {
    expect(await call("GET", path, undefined, "another")).toMatchObject({
      status: 401,
      body: { errors: [{ title: "unauthorized" }] },
    });
  }
});

test("a workspace is made once, in its project, and runs locally", async () => {
  const project = await call("POST", "organizations/acme/projects", {
    data: { type: "projects", attributes: { name: "search" } },
  });
  const id = await workspace("aoss-search", {
    relationships: { project: { data: { id: project.body.data?.id, type: "projects" } } },
  });
  const read = await call("GET", "organizations/acme/workspaces/aoss-search");
  expect(read.body.data).toMatchObject({ id, attributes: { "execution-mode": "local", locked: false } });
  expect(hcp.workspaces()).toEqual([
    expect.objectContaining({ organization: "acme", name: "aoss-search", project: "search", serials: [] }),
  ]);
  const again = await call("POST", "organizations/acme/workspaces", {
    data: { type: "workspaces", attributes: { name: "aoss-search" } },
  });
  expect([again.status, again.body.errors?.[0]?.detail]).toEqual([422, "Name has already been taken"]);
  expect((await call("GET", "organizations/acme/workspaces/none")).status).toBe(404);
  expect((await call("GET", "organizations/other/workspaces/aoss-search")).status).toBe(404);
});

test.each(["", "a b", "a/b", "x".repeat(91)])("a workspace is not called %p", async (name) => {
  const { status } = await call("POST", "organizations/acme/workspaces", {
    data: { type: "workspaces", attributes: { name } },
  });
  expect(status).toBe(422);
});

test("workspaces are found by all of the tags", async () => {
  const tags = (...names: string[]) => ({
    relationships: { tags: { data: names.map((name) => ({ type: "tags", attributes: { name } })) } },
  });
  await workspace("one", tags("aoss", "eu"));
  await workspace("two", tags("aoss"));
  const found = async (query: string) => {
    const { body } = await call("GET", `organizations/acme/workspaces?${query}`);
    return (body.data as unknown as { attributes: { name: string } }[]).map(
      ({ attributes }) => attributes.name,
    );
  };
  expect(await found("search%5Btags%5D=aoss")).toEqual(["one", "two"]);
  expect(await found("search%5Btags%5D=aoss%2Ceu")).toEqual(["one"]);
});

test("a lock is held by one, and without it no state is written", async () => {
  const id = await workspace();
  const unlocked = await call("POST", `workspaces/${id}/state-versions`, announced(stateFile(1)));
  expect([unlocked.status, unlocked.body.errors?.[0]?.detail]).toEqual([
    409,
    "The workspace was not locked by the user performing the operation",
  ]);
  expect((await call("POST", `workspaces/${id}/actions/lock`, { reason: "a" })).status).toBe(200);
  expect((await call("POST", `workspaces/${id}/actions/lock`, { reason: "b" })).status).toBe(409);
  expect((await call("POST", `workspaces/${id}/actions/unlock`)).status).toBe(200);
  expect((await call("POST", `workspaces/${id}/actions/unlock`)).status).toBe(409);
});

test("a state is read as it was written, and its serial only rises within one lineage", async () => {
  const id = await workspace();
  expect((await call("GET", `workspaces/${id}/current-state-version`)).status).toBe(404);
  expect((await write(id, stateFile(1))).status).toBe(201);
  expect((await write(id, stateFile(3))).status).toBe(201);
  expect((await write(id, stateFile(2))).status).toBe(409);
  expect((await write(id, stateFile(4, "another"))).status).toBe(409);
  const current = await call("GET", `workspaces/${id}/current-state-version`);
  const url = String(current.body.data?.attributes["hosted-state-download-url"]);
  expect(await (await fetch(url)).text()).toBe(stateFile(3));
  expect(hcp.workspaces()[0]).toMatchObject({ state: stateFile(3), serials: [1, 3], isLocked: false });
});

test("what is uploaded has to be what was announced, behind the path that was given out", async () => {
  const id = await workspace();
  await call("POST", `workspaces/${id}/actions/lock`, {});
  const { body } = await call("POST", `workspaces/${id}/state-versions`, announced(stateFile(1)));
  const url = String(body.data?.attributes["hosted-state-upload-url"]);
  const put = async (to: string, content: string) =>
    (await fetch(to, { method: "PUT", body: content })).status;
  expect(await put(url, stateFile(2))).toBe(422);
  expect(await put(`${url}x`, stateFile(1))).toBe(404);
  expect((await call("GET", `workspaces/${id}/current-state-version`)).status).toBe(404);
  expect(await put(url, stateFile(1))).toBe(204);
  expect((await call("GET", `workspaces/${id}/current-state-version`)).status).toBe(200);
});

test.each([
  ["GET", "workspaces/ws-none"],
  ["POST", "runs"],
  ["GET", "organizations/acme/registry-modules"],
  ["DELETE", "ping"],
])("%s %s is not served", async (method, path) => {
  expect((await call(method, path)).status).toBe(404);
});
