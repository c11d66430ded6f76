import type { WorldCollection } from "../../service";
import { type Doubt, placeOf, type SeenResource, text } from "./seen";

/**
 * The collections. The generation is a matter of the collection's group (`aws_opensearchserverless_collection_group`),
 * whose default is Classic, as it is for a collection in no group; the host of an endpoint that exists tells too.
 */
export function collectionsOf(resources: readonly SeenResource[], doubts: Doubt[]): WorldCollection[] {
  const groups = new Map<string, WorldCollection["generation"]>();
  for (const { type, values } of resources) {
    const name = text(values["name"]);
    if (type !== "aws_opensearchserverless_collection_group" || name === undefined) continue;
    groups.set(name, generationIn(values["generation"]) ?? "classic");
  }
  const collections = new Map<string, WorldCollection>();
  for (const resource of resources) {
    const { type, values, id } = resource;
    if (type !== "aws_opensearchserverless_collection") continue;
    const name = text(values["name"]);
    if (name === undefined) continue;
    const group = text(values["collection_group_name"]);
    const sure =
      generationIn(values["generation"]) ??
      generationOfHost(values["collection_endpoint"]) ??
      (group === undefined ? undefined : groups.get(group));
    if (group !== undefined && sure === undefined) {
      doubts.push({
        kind: "generation",
        text: `${placeOf(resource)}: the generation of ${name}, which its group ${group} has; taken to be Classic`,
        collections: [name],
      });
    }
    const before = collections.get(name);
    collections.set(name, {
      name,
      id: before?.id ?? id,
      generation: sure ?? before?.generation ?? "classic",
    });
  }
  return [...collections.values()];
}

function generationIn(value: unknown): WorldCollection["generation"] | undefined {
  const name = typeof value === "string" ? value.toLowerCase() : undefined;
  return name === "classic" || name === "nextgen" ? name : undefined;
}

/** `ID.REGION.aoss.amazonaws.com` is Classic, `ID.aoss.REGION.on.aws` NEXTGEN. */
function generationOfHost(endpoint: unknown): WorldCollection["generation"] | undefined {
  const host =
    text(endpoint)
      ?.replace(/^https:\/\//, "")
      .split(/[/:]/)[0] ?? "";
  if (/\.aoss(?:-fips)?\.[a-z0-9-]+\.on\.aws$/.test(host)) return "nextgen";
  return /\.aoss(?:-fips)?\.amazonaws\.com$/.test(host) ? "classic" : undefined;
}
