import type { PrivateAccessWish } from "../../../service";

/** The only way in that is asked about: who, to what, of which collection. */
type Asked = readonly [source: string, type: "collection" | "dashboard", name: string];

function covers(pattern: string, name: string): boolean {
  if (pattern.endsWith("*")) return name.startsWith(pattern.slice(0, -1));
  return pattern === name;
}

/** What was wished, word for word. */
export const wished =
  (wishes: readonly PrivateAccessWish[]) =>
  ([source, type, name]: Asked): boolean =>
    wishes.some(
      (wish) =>
        wish.collections.some((pattern) => covers(pattern, name)) &&
        (wish.endpoints.includes(source) || (wish.services.includes(source) && type === "collection")) &&
        (type === "collection" || wish.dashboards),
    );

interface Block {
  readonly Rules: readonly { readonly ResourceType: string; readonly Resource: readonly string[] }[];
  readonly AllowFromPublic: unknown;
  readonly SourceVPCEs?: readonly string[];
  readonly SourceServices?: readonly string[];
}

/** What AWS makes of the texts: policies and blocks add up, services never reach dashboards, public reaches all. */
export function granted(texts: readonly string[]): (asked: Asked) => boolean {
  const blocks = texts.flatMap((text) => JSON.parse(text) as Block[]);
  return ([source, type, name]) =>
    blocks.some(
      (block) =>
        (block.AllowFromPublic !== false ||
          block.SourceVPCEs?.includes(source) ||
          (type === "collection" && block.SourceServices?.includes(source))) &&
        block.Rules.some(
          (rule) =>
            rule.ResourceType === type &&
            rule.Resource.some((resource) => covers(resource.slice("collection/".length), name)),
        ),
    );
}

/** Names that tell patterns apart: each itself, just beside it, and what no pattern but "*" can mean. */
export function probes(wishes: readonly PrivateAccessWish[]): string[] {
  const patterns = new Set(wishes.flatMap(({ collections }) => collections));
  const names = [...patterns].flatMap((pattern) => {
    const stem = pattern.replace("*", "");
    return [stem, `${stem}0`, `${stem}x`, stem.slice(0, -1)];
  });
  return [...new Set([...names, "zebra"])];
}

/** All that differs between what was wished and what is granted. */
export function differences(
  wishes: readonly PrivateAccessWish[],
  texts: readonly string[],
  sources: readonly string[],
): string[] {
  const [want, have] = [wished(wishes), granted(texts)];
  return probes(wishes).flatMap((name) =>
    sources.flatMap((source) =>
      (["collection", "dashboard"] as const).flatMap((type) => {
        const asked = [source, type, name] as const;
        if (want(asked) === have(asked)) return [];
        return [`${want(asked) ? "missing" : "too much"}: ${asked.join(" ")}`];
      }),
    ),
  );
}
