import type { BoxIds } from "./box-ids";
import type { Attributes } from "./markup";
import type { ReachedRow } from "./reached-rows";

/**
 * Where rows of tables are in the picture: the box of each, and the lines that say what the row says. Boxes hold more
 * than one row where they are folded.
 */
export class RowPlaces {
  private readonly reachedFrom = new Map<string, string[]>();

  constructor(
    private readonly boxes: BoxIds,
    rows: readonly ReachedRow[],
  ) {
    for (const { groups, by } of rows) {
      for (const key of by) this.reachedFrom.set(key, [...(this.reachedFrom.get(key) ?? []), groups[0].key]);
    }
  }

  ofReached({ groups: [{ key }], by }: ReachedRow): Attributes {
    return this.of(
      key,
      by.map((from) => this.way(from, key)),
    );
  }

  ofEndpoint(key: string): Attributes {
    return this.of(
      key,
      (this.reachedFrom.get(key) ?? []).map((to) => this.way(key, to)),
    );
  }

  private of(key: string, ways: readonly string[]): Attributes {
    return { "data-own": this.boxes.get(key), "data-ways": [...new Set(ways)].join(" ") };
  }

  private way(from: string, to: string): string {
    return `${this.boxes.get(from)}-${this.boxes.get(to)}`;
  }
}
