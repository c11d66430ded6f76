import {
  conflict,
  created,
  type HcpAnswer,
  list,
  notFound,
  nothing,
  ok,
  sentIn,
  unprocessable,
} from "./answer";
import { type HcpState, newId, type Organization, type Project, type Workspace } from "./hcp-state";

/** HashiCorp's documentation of HCP Terraform, "Workspace naming". */
const workspaceName = /^[A-Za-z0-9_-]{1,90}$/;

/** What the CLI reads of a workspace; it runs locally, as the default of the organization says here. */
const shown = ({
  id,
  organization,
  name,
  terraformVersion,
  tags,
  lockReason,
  projectId,
}: Workspace): object => ({
  id,
  type: "workspaces",
  attributes: {
    name,
    "execution-mode": "local",
    operations: false,
    locked: lockReason !== undefined,
    "terraform-version": terraformVersion,
    "tag-names": [...tags.keys()],
    "auto-apply": false,
    "structured-run-output-enabled": true,
    permissions: {
      "can-destroy": true,
      "can-force-unlock": true,
      "can-lock": true,
      "can-queue-apply": false,
      "can-queue-run": false,
      "can-read-settings": true,
      "can-unlock": true,
      "can-update": true,
    },
  },
  relationships: {
    organization: { data: { id: organization, type: "organizations" } },
    project: { data: { id: projectId, type: "projects" } },
  },
});

const shownProject = ({ id, name }: Project): object => ({ id, type: "projects", attributes: { name } });

/** The parts of an organization that the CLI asks for; undefined for a path that is not one of them. */
export function answerOrganization(
  state: HcpState,
  organizationName: string,
  method: string,
  rest: string,
  query: URLSearchParams,
  body: string,
): HcpAnswer | undefined {
  const organization = state.organization(organizationName);
  const { workspaces, projects } = organization;
  if (rest === "entitlement-set" && method === "GET") {
    return ok({
      id: organizationName,
      type: "entitlement-sets",
      attributes: { operations: true, "state-storage": true, "private-module-registry": false },
    });
  }
  if (rest === "workspaces" && method === "GET") {
    const wanted = (query.get("search[tags]") ?? "").split(",").filter((tag) => tag !== "");
    const project = query.get("filter[project][id]");
    return list(
      [...workspaces.values()]
        .filter(({ tags }) => wanted.every((tag) => tags.has(tag)))
        .filter(({ projectId }) => project === null || projectId === project)
        .map(shown),
    );
  }
  if (rest === "workspaces" && method === "POST") return createWorkspace(organization, body);
  if (rest === "projects" && method === "GET") {
    const names = query.get("filter[names]")?.split(",") ?? projects.map(({ name }) => name);
    return list(projects.filter(({ name }) => names.includes(name)).map(shownProject));
  }
  if (rest === "projects" && method === "POST") {
    const { name } = sentIn(body).attributes;
    if (typeof name !== "string" || name === "") throw unprocessable("Name can't be blank");
    if (projects.some((one) => one.name === name)) throw unprocessable("Name has already been taken");
    const project = { id: newId("prj"), name };
    projects.push(project);
    return created(shownProject(project));
  }
  const [, name] = /^workspaces\/([^/]+)$/.exec(rest) ?? [];
  if (name === undefined) return undefined;
  const workspace = workspaces.get(decodeURIComponent(name));
  if (!workspace) throw notFound();
  if (method === "GET") return ok(shown(workspace));
  if (method !== "DELETE") return undefined;
  workspaces.delete(workspace.name);
  return nothing;
}

function createWorkspace(
  { name: organization, projects, workspaces }: Organization,
  body: string,
): HcpAnswer {
  const { attributes, relationships } = sentIn(body);
  const { name, tags } = { name: attributes["name"], tags: relationships["tags"] };
  if (typeof name !== "string" || !workspaceName.test(name)) {
    throw unprocessable("Name can only include letters, numbers, -, and _.");
  }
  if (workspaces.has(name)) throw unprocessable("Name has already been taken");
  const project = (relationships["project"] as { data?: { id?: string } } | undefined)?.data?.id;
  if (project !== undefined && !projects.some(({ id }) => id === project)) throw notFound();
  const workspace: Workspace = {
    id: newId("ws"),
    organization,
    name,
    projectId: project ?? projects[0]?.id ?? "",
    terraformVersion: String(attributes["terraform-version"] ?? "latest"),
    tags: new Map(tagsIn([tags, relationships["tag-bindings"]].flatMap(dataOf))),
    lockReason: undefined,
    versions: [],
  };
  workspaces.set(name, workspace);
  return created(shown(workspace));
}

const dataOf = (relationship: unknown): readonly object[] => {
  const data = (relationship as { data?: unknown } | undefined)?.data;
  return Array.isArray(data) ? data : [];
};

/** Tags by name, and those with a value. */
function tagsIn(items: readonly object[]): [string, string][] {
  return items.map((item) => {
    const { name, key, value } = (item as { attributes?: Record<string, unknown> }).attributes ?? {};
    return [String(name ?? key), String(value ?? "")];
  });
}

/** What is done to a workspace by its id, but for its states; undefined for a path that is not of it. */
export function answerWorkspace(
  workspace: Workspace,
  method: string,
  rest: string,
  body: string,
): HcpAnswer | undefined {
  switch (`${method} ${rest}`) {
    case "GET ":
      return ok(shown(workspace));
    case "PATCH ": {
      const version = sentIn(body).attributes["terraform-version"];
      if (typeof version === "string") workspace.terraformVersion = version;
      return ok(shown(workspace));
    }
    case "POST actions/lock":
      if (workspace.lockReason !== undefined) {
        throw conflict("Unable to lock workspace. The workspace is already locked.");
      }
      workspace.lockReason = String((JSON.parse(body || "{}") as { reason?: unknown }).reason ?? "");
      return ok(shown(workspace));
    case "POST actions/unlock":
    case "POST actions/force-unlock":
      if (workspace.lockReason === undefined) {
        throw conflict("Unable to unlock workspace. The workspace is not locked.");
      }
      workspace.lockReason = undefined;
      return ok(shown(workspace));
    case "POST relationships/tags":
      for (const [name, value] of tagsIn(sentIn(body).items)) workspace.tags.set(name, value);
      return nothing;
    case "GET tag-bindings":
    case "GET effective-tag-bindings":
      return list(bindings(workspace, rest));
    case "PATCH tag-bindings":
      for (const [name, value] of tagsIn(sentIn(body).items)) workspace.tags.set(name, value);
      return list(bindings(workspace, rest));
    default:
      return undefined;
  }
}

const bindings = ({ tags }: Workspace, type: string): object[] =>
  [...tags].map(([key, value]) => ({ id: `tb-${key}`, type, attributes: { key, value } }));
