import { createHash } from "node:crypto";
import { collectionOf } from "../name-pattern";
import { compareText } from "../policy-document";
import type { CollectionGroup, EndpointRow, ReachedBy, ServiceRow } from "./access-matrix";
import { generationOf } from "./generation-gate";
import { type Bits, type Opened, PatternSweep, type SweptName } from "./pattern-sweep";
import type { AccessWorld, Generation } from "./world";

const publicBit: Bits = 1n;

/** The known collections by who reaches them, and the patterns that match none; `endpoints` and `services` are those of the matrix. */
export function collectionGroups(
  world: AccessWorld,
  endpoints: readonly EndpointRow[],
  services: readonly ServiceRow[],
): CollectionGroup[] {
  const bits = new WhoBits(endpoints, services);
  const sweep = new PatternSweep();
  for (const { document } of world.networkPolicies) {
    for (const block of document) {
      const who = block.AllowFromPublic
        ? publicBit
        : bits.of(block.SourceVPCEs ?? [], block.SourceServices ?? []);
      for (const rule of block.Rules) {
        for (const resource of rule.Resource) {
          const pattern = collectionOf(resource);
          if (pattern !== undefined) sweep.open(pattern, rule.ResourceType, who);
        }
      }
    }
  }
  const generations = new Map(world.collections.map((one) => [one.name, generationOf(one)]));
  const { collections, withoutCollection } = sweep.sweep([...generations.keys()]);
  return [
    ...grouped(collections, bits, true, ({ text }) => generations.get(text)),
    ...grouped(withoutCollection, bits, false, () => undefined),
  ].sort((a, b) => compareText(a.key, b.key));
}

function grouped(
  names: readonly SweptName[],
  bits: WhoBits,
  known: boolean,
  generationOfName: (name: SweptName) => Generation | undefined,
): CollectionGroup[] {
  const byAccess = new Map<string, { opened: Opened; generation: Generation | undefined; texts: string[] }>();
  for (const name of names) {
    const generation = generationOfName(name);
    const { collection, dashboard } = name.opened;
    const access = `${generation} ${collection.toString(36)} ${dashboard.toString(36)}`;
    const group = byAccess.get(access);
    if (group) group.texts.push(name.text);
    else byAccess.set(access, { opened: name.opened, generation, texts: [name.text] });
  }
  const groups = new Map<string, CollectionGroup>();
  for (const { opened, generation, texts } of byAccess.values()) {
    const reached = bits.reachedBy(opened, generation);
    const digest = createHash("sha256")
      .update(JSON.stringify([generation ?? null, reached]))
      .digest("hex");
    const key = `${known ? "group" : "patterns"}/${digest.slice(0, 16)}`;
    // different grants can come to the same access: an endpoint of the other generation, dashboards alone
    const same = groups.get(key)?.collections ?? [];
    groups.set(key, {
      key,
      known,
      collections: [...same, ...texts].sort(),
      ...(generation ? { generation } : {}),
      ...reached,
    });
  }
  return [...groups.values()];
}

/** Which bit stands for whom, and who a set of bits lets in. */
class WhoBits {
  private readonly endpointBits: Map<string, Bits>;
  private readonly serviceBits: Map<string, Bits>;
  /** The bits of the endpoints that serve a generation; those not known may serve either. */
  private readonly serving: Record<Generation | "any", Bits>;

  constructor(
    private readonly endpoints: readonly EndpointRow[],
    private readonly services: readonly ServiceRow[],
  ) {
    const bitOf = (place: number) => 1n << BigInt(place + 1);
    this.endpointBits = new Map(endpoints.map(({ id }, place) => [id, bitOf(place)]));
    this.serviceBits = new Map(
      services.map(({ service }, place) => [service, bitOf(endpoints.length + place)]),
    );
    const all = (generation?: Generation) =>
      this.of(
        endpoints
          .filter((one) => !generation || (one.generation ?? generation) === generation)
          .map(({ id }) => id),
        [],
      );
    this.serving = { any: all(), classic: all("classic"), nextgen: all("nextgen") };
  }

  of(endpointIds: readonly string[], services: readonly string[]): Bits {
    let bits: Bits = 0n;
    for (const id of endpointIds) bits |= this.endpointBits.get(id) ?? 0n;
    for (const service of services) bits |= this.serviceBits.get(service) ?? 0n;
    return bits;
  }

  /** Public beats private, for each resource type; dashboards also need the collection. */
  reachedBy(
    { collection, dashboard }: Opened,
    generation: Generation | undefined,
  ): { collection: ReachedBy; dashboard: ReachedBy } {
    const serving = this.serving[generation ?? "any"];
    const isPublic = (bits: Bits) => (bits & publicBit) !== 0n;
    const endpointsOf = (bits: Bits) => (isPublic(bits) ? serving : bits & serving);
    return {
      collection: {
        public: isPublic(collection),
        endpoints: this.endpointsIn(endpointsOf(collection)),
        services: this.services
          .filter(({ service }) => collection & this.of([], [service]))
          .map((one) => one.service),
      },
      dashboard: {
        public: isPublic(collection) && isPublic(dashboard),
        endpoints: this.endpointsIn(endpointsOf(collection) & endpointsOf(dashboard)),
        services: [],
      },
    };
  }

  private endpointsIn(bits: Bits): string[] {
    // as text, since shifting a long number bit by bit costs its length each time
    const digits = bits.toString(2);
    return this.endpoints.filter((_, place) => digits[digits.length - 2 - place] === "1").map(({ id }) => id);
  }
}
