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

/** Permissions that are lost, but for these resources. */
interface Exceptions {
  readonly permissions: readonly string[];
  readonly except: readonly string[];
}

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

  /**
   * The permissions of a permit that is lost by what of its resource is still permitted: those of which the same stays
   * together.
   */
  staying({ type, collections, within, permissions }: Permit): Exceptions[] {
    const nested = this.permits.flatMap((permit) => {
      const name = permit.type === type ? narrower(permit.collections, collections) : undefined;
      const inner = narrower(permit.within ?? "", within ?? "");
      if (name === undefined || inner === undefined) return [];
      const resource = within === undefined ? name : `${name}/${inner}`;
      return [{ resource, permissions: new Set(permit.permissions) }];
    });
    if (nested.length === 0) return [{ permissions, except: [] }];
    const groups = new Map<string, { permissions: string[]; except: string[] }>();
    for (const permission of permissions) {
      const staying = nested.filter((one) => one.permissions.has(permission) || one.permissions.has(all));
      const except = [...new Set(staying.map(({ resource }) => resource))].sort();
      const key = JSON.stringify(except);
      const group = groups.get(key);
      if (group) group.permissions.push(permission);
      else groups.set(key, { permissions: [permission], except });
    }
    return [...groups.values()];
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

/** Of two names or patterns the one that the other covers; undefined where none does. */
function narrower(a: string, b: string): string | undefined {
  const isCovered = (one: string, by: string) =>
    one === by || (by.endsWith("*") && one.startsWith(by.slice(0, -1)));
  return isCovered(a, b) ? a : isCovered(b, a) ? b : undefined;
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
