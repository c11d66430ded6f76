/** One policy of a set, as it is compiled: its place in the set and its text with stand-ins. */
export interface SetPolicy {
  /** "" for the first, else `[a-z0-9-]{1,12}`. */
  readonly slot: string;
  readonly text: string;
  /** The slot of the policy that Terraform has to change before this one. */
  readonly after?: string;
}

/** A collection, or a pattern of collections, as policies name it, also before the index: `"index/orders/*"`. */
const named = /"(?:collection|index)\/((?:[^"\\/]|\\.)+)/g;

/** In which policies of a set a collection is named, by name or by a prefix. */
export class PolicyPlaces {
  private readonly slots = new Map<string, string[]>();

  constructor(private readonly policies: readonly SetPolicy[]) {
    for (const { slot, text } of policies) {
      for (const pattern of new Set([...text.matchAll(named)].map(([, pattern = ""]) => pattern))) {
        const others = this.slots.get(pattern);
        if (others) others.push(slot);
        else this.slots.set(pattern, [slot]);
      }
    }
  }

  /**
   * The policy that names the collection, else one with the longest prefix of it. Of several it is the one that names
   * all of `beside` in the same block: who is let in, where others are let in elsewhere.
   */
  slotFor(collection: string, beside: readonly string[]): string | undefined {
    const inJson = JSON.stringify(collection).slice(1, -1);
    const slots = this.slots.get(inJson) ?? this.byPrefix(inJson);
    if (slots.length < 2 || beside.length === 0) return slots[0];
    const most = slots.map((slot) => [slot, this.namedTogether(slot, inJson, beside)] as const);
    return most.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
  }

  /** How many of `beside` stand in one block with the collection; a block with too many of them is split. */
  private namedTogether(slot: string, collection: string, beside: readonly string[]): number {
    const text = this.policies.find((policy) => policy.slot === slot)?.text ?? "[]";
    const blocks = [JSON.parse(text) as unknown].flat().map((block) => JSON.stringify(block));
    const counts = blocks.map((block) =>
      [...block.matchAll(named)].some(([, pattern]) => pattern === collection)
        ? beside.filter((word) => block.includes(JSON.stringify(word))).length
        : 0,
    );
    return Math.max(0, ...counts);
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
