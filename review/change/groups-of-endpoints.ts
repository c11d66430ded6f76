import type { NamesAlike } from "./opened-names";
import type { WhoTable } from "./who-table";

/** For each endpoint, the names that are open to it, so that nobody has to go through all names for each. */
export class GroupsOfEndpoints {
  private groups: readonly (readonly NamesAlike[])[] | undefined;

  constructor(
    private readonly alike: readonly NamesAlike[],
    private readonly who: WhoTable,
  ) {}

  /** The names that are open to an endpoint of the table before the step, grouped by what becomes of them. */
  before(index: number): readonly NamesAlike[] {
    this.groups ??= this.index();
    return this.groups[index] ?? [];
  }

  /** The names that an endpoint opens before and after. */
  kept(index: number) {
    const bit = this.who.bitOfEndpoint(index);
    const kept = (kind: "collection" | "dashboard") =>
      this.before(index)
        .flatMap(({ names, before, after }) => ((before[kind] & after[kind] & bit) === 0n ? [] : names))
        .sort();
    return { collection: kept("collection"), dashboard: kept("dashboard") };
  }

  private index(): NamesAlike[][] {
    const groups: NamesAlike[][] = this.who.endpoints.map(() => []);
    for (const group of this.alike) {
      // dashboards are open to nobody to whom the collection is not
      for (const index of this.who.endpointsIn(group.before.collection)) groups[index]?.push(group);
    }
    return groups;
  }
}
