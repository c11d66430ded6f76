import { createHash } from "node:crypto";
import {
  conflict,
  created,
  type HcpAnswer,
  HcpError,
  list,
  notFound,
  nothing,
  ok,
  sentIn,
  unprocessable,
} from "./answer";
import { currentVersion, newId, type StateVersion, type Workspace } from "./hcp-state";

/** A state file, as far as it is looked at. */
interface StateFile {
  readonly serial?: number;
  readonly lineage?: string;
  readonly terraform_version?: string;
  readonly outputs?: Readonly<Record<string, { value: unknown; type: unknown; sensitive?: boolean }>>;
}

const parsed = (content: string | undefined): StateFile => JSON.parse(content ?? "{}") as StateFile;

/** @param base where the API is, with a slash at its end */
function shown({ id, serial, secret, content, createdAt }: StateVersion, base: string): object {
  const file = parsed(content);
  return {
    id,
    type: "state-versions",
    attributes: {
      serial,
      "created-at": createdAt,
      status: content === undefined ? "pending" : "finalized",
      "hosted-state-upload-url": `${base}uploads/${id}/${secret}`,
      "hosted-json-state-upload-url": `${base}uploads/${id}/${secret}/json`,
      "hosted-state-download-url": `${base}downloads/${id}/${secret}`,
      "resources-processed": true,
      "state-version": 4,
      "terraform-version": file.terraform_version ?? null,
    },
    relationships: {
      outputs: {
        data: Object.keys(file.outputs ?? {}).map((name) => ({
          id: `${id}-${name}`,
          type: "state-version-outputs",
        })),
      },
    },
  };
}

/** The outputs of a state, with their types, as data sources read them. */
const outputsOf = ({ id, content }: StateVersion): object[] =>
  Object.entries(parsed(content).outputs ?? {}).map(([name, { value, type, sensitive = false }]) => ({
    id: `${id}-${name}`,
    type: "state-version-outputs",
    attributes: {
      name,
      value,
      sensitive,
      type: typeof type === "string" ? type : "array",
      "detailed-type": type,
    },
  }));

/** What is done with the states of a workspace; undefined for a path that is not of them. */
export function answerStates(
  workspace: Workspace,
  method: string,
  rest: string,
  body: string,
  base: string,
): HcpAnswer | undefined {
  switch (`${method} ${rest}`) {
    case "GET current-state-version": {
      const current = currentVersion(workspace);
      if (!current) throw notFound();
      return ok(shown(current, base));
    }
    case "GET current-state-version-outputs": {
      const current = currentVersion(workspace);
      if (!current) throw notFound();
      return list(outputsOf(current));
    }
    case "POST state-versions": {
      const version = newVersion(workspace, body);
      workspace.versions.push(version);
      return created(shown(version, base));
    }
    default:
      return undefined;
  }
}

export const answerVersion = (version: StateVersion, base: string): HcpAnswer => ok(shown(version, base));

/** API documentation, "Create a state version": locked by whoever writes, of one lineage, with a higher serial. */
function newVersion(workspace: Workspace, body: string): StateVersion {
  const { serial, lineage, md5, state, force } = sentIn(body).attributes;
  if (typeof serial !== "number" || typeof md5 !== "string") {
    throw unprocessable("param is missing or the value is empty: serial, md5");
  }
  if (workspace.lockReason === undefined) {
    throw conflict("The workspace was not locked by the user performing the operation");
  }
  const current = currentVersion(workspace);
  if (current && force !== true) {
    if (lineage !== undefined && lineage !== current.lineage) throw conflict("the lineage is another");
    if (serial < current.serial || (serial === current.serial && md5 !== current.md5)) {
      throw conflict(`serial ${serial} is not higher than ${current.serial}`);
    }
  }
  const version: StateVersion = {
    id: newId("sv"),
    serial,
    lineage: typeof lineage === "string" ? lineage : undefined,
    md5,
    content: undefined,
    secret: newId("secret"),
    createdAt: new Date().toISOString(),
  };
  if (typeof state === "string") upload(version, Buffer.from(state, "base64").toString("utf8"));
  return version;
}

/** Takes the content of a state, which has to be what was announced. */
export function upload(version: StateVersion, content: string): HcpAnswer {
  if (createHash("md5").update(content).digest("hex") !== version.md5) {
    throw unprocessable("the MD5 hash is not that of the state");
  }
  let file: StateFile;
  try {
    file = parsed(content);
  } catch {
    throw new HcpError(422, "invalid attribute", "the state is not JSON");
  }
  if (file.serial !== version.serial) throw unprocessable("the serial is not that of the state");
  version.content = content;
  return nothing;
}
