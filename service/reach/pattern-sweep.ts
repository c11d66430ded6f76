/** Who is let in, one bit for each. */
export type Bits = bigint;

/** What policies open at one place, by resource type. */
export interface Opened {
  readonly collection: Bits;
  readonly dashboard: Bits;
}

type Adding = { -readonly [Type in keyof Opened]: Opened[Type] };

/** A name or a prefix with what is opened to it in all. */
export interface SweptName {
  /** A name, or a pattern such as `logs-*`. */
  readonly text: string;
  readonly opened: Opened;
}

/** What of the resources of all policies, known collections and patterns that cover none of them. */
export interface Swept {
  readonly collections: readonly SweptName[];
  readonly withoutCollection: readonly SweptName[];
}

interface Place {
  exact?: Adding;
  wildcard?: Adding;
  collection?: true;
}

interface OpenPrefix {
  readonly prefix: string;
  readonly opened: Opened;
  readonly isPattern: boolean;
  matched: boolean;
}

const nobody: Opened = { collection: 0n, dashboard: 0n };

const both = (a: Opened, b: Opened | undefined): Opened =>
  b ? { collection: a.collection | b.collection, dashboard: a.dashboard | b.dashboard } : a;

/**
 * Adds up what patterns open to names. The names that a prefix covers stand together once sorted, so one pass
 * with the prefixes that are open at the time meets each pattern and each name once: n log n, however many
 * policies cover a name.
 */
export class PatternSweep {
  private readonly places = new Map<string, Place>();

  /** Adds one resource of a policy: a name, `PREFIX*` or `*`, for one resource type, open to `who`. */
  open(pattern: string, type: keyof Opened, who: Bits): void {
    const wildcard = pattern.endsWith("*");
    const place = this.placeOf(wildcard ? pattern.slice(0, -1) : pattern);
    const key = wildcard ? "wildcard" : "exact";
    const opened = place[key] ?? { ...nobody };
    opened[type] |= who;
    place[key] = opened;
  }

  /** What is open to each of the collections, and to each pattern that covers none of them; sorted. */
  sweep(collections: readonly string[]): Swept {
    for (const name of collections) this.placeOf(name).collection = true;
    const known: SweptName[] = [];
    const without: SweptName[] = [];
    const stack: OpenPrefix[] = [{ prefix: "", opened: nobody, isPattern: false, matched: false }];
    const top = () => stack.at(-1) as OpenPrefix;
    const close = () => {
      const closed = stack.pop() as OpenPrefix;
      if (stack.length > 0 && closed.matched) top().matched = true;
      if (closed.isPattern && !closed.matched) {
        without.push({ text: `${closed.prefix}*`, opened: closed.opened });
      }
    };
    for (const text of [...this.places.keys()].sort()) {
      const { exact, wildcard, collection } = this.places.get(text) as Place;
      while (!text.startsWith(top().prefix)) close();
      if (wildcard) {
        stack.push({ prefix: text, opened: both(top().opened, wildcard), isPattern: true, matched: false });
      }
      if (collection) {
        top().matched = true;
        known.push({ text, opened: both(top().opened, exact) });
      } else if (exact) without.push({ text, opened: both(top().opened, exact) });
    }
    while (stack.length > 0) close();
    return { collections: known, withoutCollection: without };
  }

  private placeOf(text: string): Place {
    let place = this.places.get(text);
    if (!place) {
      place = {};
      this.places.set(text, place);
    }
    return place;
  }
}
