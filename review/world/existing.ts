import type { SynthesizedConfig, SynthesizedResource } from "../../terraform";
import { type ConfigContext, ConfigReader } from "./config-reader";
import { type Doubt, members, type Scope, type SeenInput, type SeenResource, text } from "./seen";

const collectionType = "aws_opensearchserverless_collection";

/**
 * Reads what a stack tells of collections and endpoints that exist already, in its comment `"//".existing`: no resource
 * of it tells of them. The generation of a collection counts only where it is said.
 */
export function readExisting(config: SynthesizedConfig, reader: ConfigReader, label: string): SeenInput {
  const { existing = {} } = config.sections;
  const { account, region } = reader.scopeOf(anything);
  const found = (type: string, id: string, values: SeenResource["values"], scope: Scope): SeenResource => ({
    label,
    rank: 2,
    mode: "data",
    type,
    values,
    id,
    scope,
  });
  const collections = Object.entries(members(existing["collections"])).map(([name, told]) =>
    found(collectionType, name, { name, generation: members(told)["generation"] }, { account, region }),
  );
  const endpoints = Object.entries(members(existing["endpoints"])).map(([id, told]) => {
    const { generation, name } = members(told);
    const key = text(name);
    // it may be of another account
    if (generation === "classic") {
      return { ...found("aws_opensearchserverless_vpc_endpoint", id, { name }, { region }), key };
    }
    // its id does not tell what it serves
    const service = generation === "nextgen" ? `com.amazonaws.${region ?? "REGION"}.aoss-data` : undefined;
    const values = { tags: { Name: name }, service_name: service };
    return { ...found("aws_vpc_endpoint", id, values, { region }), key };
  });
  return {
    label,
    resources: [...collections, ...endpoints],
    notSeen: [],
    doubts: doubtsOn(collections, label),
  };
}

/** The same of a stack of which nothing else is read, since a plan tells it. */
export function readOnlyExisting(config: SynthesizedConfig, context: ConfigContext): SeenInput {
  return readExisting(config, new ConfigReader(config, context), context.label);
}

function doubtsOn(collections: readonly SeenResource[], label: string): Doubt[] {
  const names = collections.flatMap(({ id, values }) => (text(values["generation"]) ? [] : [id]));
  if (names.length === 0) return [];
  const [first, ...others] = names;
  const which = others.length > 0 ? `${first} and ${others.length} more that exist already` : first;
  return [
    {
      kind: "generation",
      text: `${label}: the generation of ${which}, which is not said (generation: classic or nextgen); taken to be Classic`,
      collections: names,
    },
  ];
}

/** Belongs to the default provider. */
const anything: SynthesizedResource = { address: "", mode: "data", type: "", name: "", attributes: {} };
