import type { AccessWorld } from "../../service";
import { text } from "../world";
import type { RuleInput } from "./rule";

/** The collections of a world that Terraform keeps, by name, with their addresses. */
export function managedCollections(
  { after }: RuleInput,
  { collections }: AccessWorld,
): ReadonlyMap<string, string | undefined> {
  const known = new Set(collections.map(({ name }) => name));
  return new Map(
    after("aws_opensearchserverless_collection").flatMap(({ mode, values, address }) => {
      const name = text(values["name"]);
      return mode === "managed" && name !== undefined && known.has(name) ? [[name, address] as const] : [];
    }),
  );
}
