import type { SynthesizedConfig } from "../../terraform";
import { type ConfigContext, ConfigReader } from "./config-reader";
import { readExisting } from "./existing";
import { type SeenInput, type SeenResource, seenTypes } from "./seen";

/** Reads a synthesized configuration: what the apply makes is known by its arguments, ids as marks. */
export function readSynthesis(
  config: SynthesizedConfig,
  context: ConfigContext,
): { read: () => SeenInput; reader: ConfigReader } {
  const reader = new ConfigReader(config, context);
  return { read: () => seenIn(config, reader, context.label), reader };
}

function seenIn(config: SynthesizedConfig, reader: ConfigReader, label: string): SeenInput {
  const notSeen: string[] = [];
  const resources = config.resources.flatMap((resource): SeenResource[] => {
    if (!seenTypes.has(resource.type)) return [];
    const instances = reader.instances(resource);
    const [first] = instances;
    if (first?.suffix === "[*]") {
      const argument = resource.attributes["count"] === undefined ? "for_each" : "count";
      notSeen.push(`${label}: ${resource.address}: how many there are (${argument}): one is shown for all`);
    }
    return instances.map((instance) => ({
      label,
      rank: 0,
      address: `${resource.address}${instance.suffix}`,
      key: `${reader.shortName(resource)}${instance.suffix}`,
      mode: resource.mode,
      type: resource.type,
      values: reader.values(resource, instance),
      id: reader.idOf(resource, instance),
      scope: reader.scopeOf(resource),
    }));
  });
  for (const [name, body] of Object.entries(config.sections.modules)) {
    const source = (body as { source?: unknown }).source;
    notSeen.push(
      `${label}: module.${name} (${typeof source === "string" ? source : "no source"}): what it makes; a plan tells`,
    );
  }
  const hasModules = Object.keys(config.sections.modules).length > 0;
  const doubts = hasModules
    ? (["network", "data"] as const).map((kind) => ({
        kind,
        text: `${label}: policies that its modules make`,
      }))
    : [];
  const existing = readExisting(config, reader, label);
  return {
    label,
    resources: [...resources, ...existing.resources],
    notSeen,
    doubts: [...doubts, ...existing.doubts],
  };
}
