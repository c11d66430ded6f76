import { type AccessRows, type Permit, permitsOf } from "../../service";

/** What a principal is permitted, added up over its policies. */
export interface PrincipalPermits {
  readonly principal: string;
  /** Equal where the same blocks say the same. */
  readonly digest: string;
  readonly permits: readonly Permit[];
}

export function permitsByPrincipal(
  matrix: AccessRows,
  keyOf: (principal: string) => string,
): ReadonlyMap<string, PrincipalPermits> {
  const sets = new Map(matrix.permissions.map((set) => [set.key, set]));
  return new Map(
    matrix.principals
      .filter(({ permissions }) => permissions.length > 0)
      .map((row) => {
        const own = row.permissions.flatMap((key) => sets.get(key) ?? []);
        const [only, ...others] = own;
        // within one block it is added up already
        const permits =
          only && others.length === 0
            ? only.permits
            : permitsOf({ ...matrix, principals: [row], permissions: own }, row.principal);
        return [
          keyOf(row.principal),
          { principal: row.principal, digest: row.permissions.join(" "), permits },
        ];
      }),
  );
}

const all = "aoss:*";

/** Permissions by resource, to be asked whether they cover others. */
export class Permitted {
  /** By type and collections, then by what is within. */
  private readonly places = new Map<string, Map<string, ReadonlySet<string>>>();

  constructor(private readonly permits: readonly Permit[]) {
    for (const { type, collections, within = "", permissions } of permits) {
      const key = `${type} ${collections}`;
      const place = this.places.get(key) ?? new Map<string, ReadonlySet<string>>();
      place.set(within, new Set(permissions));
      this.places.set(key, place);
    }
  }

  /** What is permitted here and not there. */
  without(other: Permitted): Permit[] {
    return this.permits.flatMap((permit) => {
      const permissions = permit.permissions.filter((permission) => !other.covers(permit, permission));
      return permissions.length === 0 ? [] : [{ ...permit, permissions }];
    });
  }

  private covers({ type, collections, within = "" }: Permit, permission: string): boolean {
    for (const pattern of patternsCovering(collections)) {
      const place = this.places.get(`${type} ${pattern}`);
      if (!place) continue;
      for (const inner of patternsCovering(within)) {
        const permitted = place.get(inner);
        if (permitted?.has(permission) || permitted?.has(all)) return true;
      }
    }
    return false;
  }
}

/** The name or pattern itself, and each pattern that covers it. */
function* patternsCovering(name: string): Generator<string> {
  yield name;
  const start = name.endsWith("*") ? name.slice(0, -1) : name;
  for (let length = start.length; length >= 0; length -= 1) {
    const pattern = `${start.slice(0, length)}*`;
    if (pattern !== name) yield pattern;
  }
}
