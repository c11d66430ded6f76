import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { isObject } from "./is-object";
import { decodeText, parseJsonObject } from "./json-text";
import type { Values } from "./plan-json";
import { TerraformError } from "./terraform-error";

const SYNTH = "synthesize it first (`cdktf synth`), and name the folder that holds cdk.tf.json";

/** One `resource` or `data` block of a configuration in JSON. */
export interface SynthesizedResource {
  /** As in a plan, without module and index: "aws_security_group.search_apps". */
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  /** The arguments as written; a value may be an expression such as "${aws_vpc.main.id}". */
  readonly attributes: Values;
  /** The construct that made it, by CDKTF's metadata: "search/access/apps/endpoint". */
  readonly constructPath?: string;
  /** What else stands in the comment of the block, `"//"`: Terraform passes over it. */
  readonly comment?: Values;
}

/** One `provider` block: `aws`, or `aws.ALIAS`. */
export interface SynthesizedProvider {
  readonly key: string;
  readonly attributes: Values;
}

/** What a configuration holds besides resources; expressions as written. */
export interface SynthesizedSections {
  readonly outputs: Values;
  readonly locals: Values;
  /** Arguments of `module` blocks, by name. */
  readonly modules: Values;
  readonly providers: readonly SynthesizedProvider[];
  /** The name of the stack, by CDKTF's metadata. */
  readonly stackName?: string;
  /** What else stands in the comment of the stack, `"//"`, as `"existing"`: Terraform passes over it. */
  readonly existing?: Values;
}

const noSections: SynthesizedSections = { outputs: {}, locals: {}, modules: {}, providers: [] };

/** A Terraform configuration in JSON: what CDKTF writes as `cdk.tf.json`, or a module in `*.tf.json`. */
export class SynthesizedConfig {
  private readonly byAddress: ReadonlyMap<string, SynthesizedResource>;

  constructor(
    readonly resources: readonly SynthesizedResource[],
    readonly sections: SynthesizedSections = noSections,
  ) {
    this.byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  }

  /** By type and name, data sources as "data.TYPE.NAME". */
  get(address: string): SynthesizedResource | undefined {
    return this.byAddress.get(address);
  }

  ofType(type: string): readonly SynthesizedResource[] {
    return this.resources.filter((resource) => resource.type === type && resource.mode === "managed");
  }
}

/**
 * Reads a configuration: a file, or a folder with one or more `*.tf.json`.
 *
 * @throws {TerraformError} if there is none, or one is no JSON
 */
export function readSynthesizedConfig(path: string): SynthesizedConfig {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new TerraformError({ problem: "no such configuration", where: path, remedy: SYNTH });
  const files = stat.isDirectory()
    ? readdirSync(path)
        .filter((name) => name.endsWith(".tf.json"))
        .sort()
        .map((name) => join(path, name))
    : [path];
  if (files.length === 0) {
    throw new TerraformError({ problem: "no *.tf.json in this folder", where: path, remedy: SYNTH });
  }
  const parts = files.map((file) => parseSynthesizedConfig(readFileSync(file), file));
  const joined = (section: "outputs" | "locals" | "modules"): Values =>
    Object.assign({}, ...parts.map(({ sections }) => sections[section]));
  const stackName = parts.map(({ sections }) => sections.stackName).find(Boolean);
  const existing = parts.map(({ sections }) => sections.existing).find(Boolean);
  return new SynthesizedConfig(
    parts.flatMap(({ resources }) => resources),
    {
      outputs: joined("outputs"),
      locals: joined("locals"),
      modules: joined("modules"),
      providers: parts.flatMap(({ sections }) => sections.providers),
      ...(stackName ? { stackName } : {}),
      ...(existing ? { existing } : {}),
    },
  );
}

/** Reads the content of one `*.tf.json`; `where` names it in errors. */
export function parseSynthesizedConfig(content: string | Uint8Array, where: string): SynthesizedConfig {
  const root = parseJsonObject(decodeText(content, where), where, SYNTH);
  const comment = objectsIn(root["//"])[0];
  const stackName = objectsIn(comment?.["metadata"])[0]?.["stackName"];
  const [existing] = objectsIn(comment?.["existing"]);
  const outputs = entriesOf(root["output"]).flatMap(([name, body]) =>
    objectsIn(body).map(({ value }) => [name, value]),
  );
  return new SynthesizedConfig([...blocks(root["resource"], "managed"), ...blocks(root["data"], "data")], {
    outputs: Object.fromEntries(outputs),
    locals: Object.fromEntries(entriesOf(root["locals"])),
    modules: Object.fromEntries(
      entriesOf(root["module"]).map(([name, body]) => [name, objectsIn(body)[0] ?? {}]),
    ),
    providers: entriesOf(root["provider"]).flatMap(([name, body]) =>
      objectsIn(body).map(({ alias, ...attributes }) => ({
        key: typeof alias === "string" ? `${name}.${alias}` : name,
        attributes,
      })),
    ),
    ...(typeof stackName === "string" ? { stackName } : {}),
    ...(existing ? { existing } : {}),
  });
}

function* blocks(section: unknown, mode: "managed" | "data"): Generator<SynthesizedResource> {
  for (const [type, named] of entriesOf(section)) {
    for (const [name, body] of entriesOf(named)) {
      for (const block of objectsIn(body)) {
        const { "//": comment, ...attributes } = block;
        const metadata = isObject(comment) && isObject(comment["metadata"]) ? comment["metadata"] : {};
        const path = metadata["path"];
        yield {
          address: `${mode === "data" ? "data." : ""}${type}.${name}`,
          mode,
          type,
          name,
          attributes,
          ...(typeof path === "string" ? { constructPath: path } : {}),
          ...(isObject(comment) && Object.keys(comment).some((key) => key !== "metadata") ? { comment } : {}),
        };
      }
    }
  }
}

function entriesOf(value: unknown): [string, unknown][] {
  return objectsIn(value).flatMap((object) => Object.entries(object).filter(([key]) => key !== "//"));
}

/** Terraform's JSON syntax takes a list of objects wherever it takes one. */
function objectsIn(value: unknown): Record<string, unknown>[] {
  return (Array.isArray(value) ? value : [value]).filter(isObject);
}
