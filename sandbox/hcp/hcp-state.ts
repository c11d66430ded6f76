import { randomBytes } from "node:crypto";

export interface StateVersion {
  readonly id: string;
  readonly serial: number;
  readonly lineage: string | undefined;
  readonly md5: string;
  /** undefined until it is uploaded */
  content: string | undefined;
  /** in the path of its URLs, which are read and written without a token */
  readonly secret: string;
  /** ISO 8601 */
  readonly createdAt: string;
}

export interface Workspace {
  readonly id: string;
  readonly organization: string;
  readonly name: string;
  readonly projectId: string;
  terraformVersion: string;
  readonly tags: Map<string, string>;
  lockReason: string | undefined;
  /** oldest first */
  readonly versions: StateVersion[];
}

export interface Project {
  readonly id: string;
  readonly name: string;
}

export interface Organization {
  readonly name: string;
  readonly projects: Project[];
  readonly workspaces: Map<string, Workspace>;
}

/** All that is kept of an HCP Terraform: organizations are taken as they come, each with its default project. */
export class HcpState {
  readonly organizations = new Map<string, Organization>();

  organization(name: string): Organization {
    const known = this.organizations.get(name);
    if (known) return known;
    const projects = [{ id: newId("prj"), name: "Default Project" }];
    const made = { name, projects, workspaces: new Map<string, Workspace>() };
    this.organizations.set(name, made);
    return made;
  }

  workspace(id: string): Workspace | undefined {
    return [...this.organizations.values()]
      .flatMap(({ workspaces }) => [...workspaces.values()])
      .find((workspace) => workspace.id === id);
  }

  version(id: string): StateVersion | undefined {
    return [...this.organizations.values()]
      .flatMap(({ workspaces }) => [...workspaces.values()].flatMap(({ versions }) => versions))
      .find((version) => version.id === id);
  }
}

/** `ws-` and 16 letters and digits. */
export const newId = (prefix: string): string =>
  `${prefix}-${randomBytes(12).toString("base64").replaceAll(/[+/]/g, "x")}`;

/** The newest that was uploaded. */
export const currentVersion = ({ versions }: Workspace): StateVersion | undefined =>
  versions.findLast(({ content }) => content !== undefined);
