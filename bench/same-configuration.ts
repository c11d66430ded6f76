import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** What was synthesized, without what may differ: logical names, metadata, the order of resources. */
export interface Configuration {
  /** How many resources of each type, over all stacks. */
  readonly counts: Readonly<Record<string, number>>;
  /** One line for each provider, backend and resource, names of others in place of references. */
  readonly lines: readonly string[];
}

/** Reads all stacks below an output folder of CDKTF. */
export function readConfiguration(outdir: string): Configuration {
  const stacks = path.join(outdir, "stacks");
  const counts: Record<string, number> = {};
  const lines = readdirSync(stacks)
    .sort()
    .flatMap((stack) => {
      const { "//": _, ...config } = JSON.parse(
        readFileSync(path.join(stacks, stack, "cdk.tf.json"), "utf8"),
      ) as Readonly<Record<string, unknown>>;
      const { resource, ...others } = config;
      const resources = resource as Resources;
      const nameOf = names(resources);
      const ofResources = Object.entries(resources).flatMap(([type, byName]) =>
        Object.values(byName).map(({ "//": _metadata, ...attributes }) => {
          counts[type] = (counts[type] ?? 0) + 1;
          return `${stack} ${type} ${withNames(JSON.stringify(attributes), nameOf)}`;
        }),
      );
      return [`${stack} ${JSON.stringify(others)}`, ...ofResources.sort()];
    });
  return { counts, lines };
}

/** Throws at the first difference. */
export function assertSame(ours: Configuration, baseline: Configuration): void {
  const length = Math.max(ours.lines.length, baseline.lines.length);
  for (let index = 0; index < length; index++) {
    if (ours.lines[index] === baseline.lines[index]) continue;
    throw new Error(
      `the two do not synthesize the same\n  ours:     ${ours.lines[index]}\n  baseline: ${baseline.lines[index]}`,
    );
  }
}

/** What each resource is called in AWS, by its address; a name that two share tells nothing. */
function names(resources: Resources): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [type, byName] of Object.entries(resources)) {
    const taken = new Set<unknown>();
    for (const [logicalName, attributes] of Object.entries(byName)) {
      const name = attributes["name"] ?? attributes["name_prefix"];
      if (name === undefined) continue;
      if (taken.has(name)) throw new Error(`${type}: two are called ${String(name)}`);
      taken.add(name);
      found.set(`${type}.${logicalName}`, String(name));
    }
  }
  return found;
}

function withNames(attributes: string, nameOf: ReadonlyMap<string, string>): string {
  return attributes.replace(/\$\{(aws_\w+\.[\w-]+)\.(\w+)\}/g, (_reference, address: string, attribute) => {
    const name = nameOf.get(address);
    if (name === undefined) throw new Error(`nothing is called ${address}`);
    return `<${attribute} of ${address.split(".")[0]} ${name}>`;
  });
}
