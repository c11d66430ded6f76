import type { NamesAlike } from "./opened-names";
import type { SideName, WhoTable } from "./who-table";

/** For each endpoint, the names that are open to it, so that nobody has to go through all names for each. */
export class GroupsOfEndpoints {
  private readonly groups: Partial<Record<SideName, readonly (readonly NamesAlike[])[]>> = {};

  constructor(
    private readonly alike: readonly NamesAlike[],
    private readonly who: WhoTable,
  ) {}

  /** The names that are open to an endpoint of the table before the step, grouped by what becomes of them. */
  before = (index: number): readonly NamesAlike[] => this.on("before", index);

  /** The names that an endpoint opens on one side. */
  opened(side: SideName, index: number) {
    return this.names(index, side, (group, kind) => group[side][kind]);
  }

  /** The names that an endpoint opens before and after. */
  kept(index: number) {
    return this.names(index, "before", ({ before, after }, kind) => before[kind] & after[kind]);
  }

  private names(
    index: number,
    side: SideName,
    bitsOf: (group: NamesAlike, kind: "collection" | "dashboard") => bigint,
  ) {
    const bit = this.who.bitOfEndpoint(index);
    const of = (kind: "collection" | "dashboard") =>
      this.on(side, index)
        .flatMap((group) => ((bitsOf(group, kind) & bit) === 0n ? [] : group.names))
        .sort();
    return { collection: of("collection"), dashboard: of("dashboard") };
  }

  private on(side: SideName, index: number): readonly NamesAlike[] {
    this.groups[side] ??= this.index(side);
    return this.groups[side][index] ?? [];
  }

  private index(side: SideName): NamesAlike[][] {
    const groups: NamesAlike[][] = this.who.endpoints.map(() => []);
    for (const group of this.alike) {
      // dashboards are open to nobody to whom the collection is not
      for (const index of this.who.endpointsIn(group[side].collection)) groups[index]?.push(group);
    }
    return groups;
  }
}
