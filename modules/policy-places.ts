/** One policy of a set, as it is compiled: its place in the set and its text with stand-ins. */
export interface SetPolicy {
  /** "" for the first, else `[a-z0-9-]{1,12}`. */
  readonly slot: string;
  readonly text: string;
}

/** A collection, or a pattern of collections, as policies name it, also before the index: `"index/orders/*"`. */
const named = /"(?:collection|index)\/((?:[^"\\/]|\\.)+)/g;

/** In which policies of a set a collection is named, by name or by a prefix. */
export class PolicyPlaces {
  private readonly slots = new Map<string, string[]>();

  constructor(policies: readonly SetPolicy[]) {
    for (const { slot, text } of policies) {
      for (const pattern of new Set([...text.matchAll(named)].map(([, pattern = ""]) => pattern))) {
        const others = this.slots.get(pattern);
        if (others) others.push(slot);
        else this.slots.set(pattern, [slot]);
      }
    }
  }

  /** The policy that names the collection, else one with the longest prefix of it; of several the one at `index`. */
  slotFor(collection: string, index: number): string | undefined {
    const inJson = JSON.stringify(collection).slice(1, -1);
    const slots = this.slots.get(inJson) ?? this.byPrefix(inJson);
    return slots[index % slots.length];
  }

  private byPrefix(collection: string): readonly string[] {
    for (let length = collection.length; length >= 0; length -= 1) {
      const slots = this.slots.get(`${collection.slice(0, length)}*`);
      if (slots) return slots;
    }
    // An expression with a "/" in it is found nowhere; some policy of the set then has to do.
    return [...this.slots.values()][0] ?? [];
  }
}
