import type { AccessPath, Who } from "./access-path";

/** What is told of a path besides. */
interface More {
  /** Set where it is not known what the endpoint opens. */
  readonly untold?: true;
  /** What stays, of which the paths that are covered by a pattern among the names are its exceptions. */
  readonly staying?: () => readonly string[];
  /** Exceptions that are known already. */
  readonly except?: readonly string[];
}

/** Gathers paths: what one has of the same kind becomes one path with all its collections. */
export class PathList {
  private readonly paths = new Map<
    string,
    { who: Who; kind: AccessPath["kind"]; names: (readonly string[])[]; more: More[] }
  >();

  /** @param known names of the collections that are told although a pattern covers them */
  constructor(private readonly known: ReadonlySet<string> = new Set()) {}

  add(who: Who, kind: AccessPath["kind"], names: readonly string[], more: More = {}): void {
    const key = `${keyOf(who)} ${kind}`;
    const path = this.paths.get(key);
    if (path) {
      path.names.push(names);
      path.more.push(more);
    } else this.paths.set(key, { who, kind, names: [names], more: [more] });
  }

  /**
   * In the order of who: the public, endpoints, their sources, services, principals. What a wider pattern of the same
   * path covers is left out, but for collections that are known.
   */
  all(): AccessPath[] {
    return [...this.paths]
      .map(([key, { who, kind, names, more }]) => {
        const collections = this.told(names);
        const except = exceptions(collections, more);
        const untold = more.some((one) => one.untold) ? { untold: true as const } : {};
        return {
          key,
          path: { who, kind, collections, ...untold, ...(except.length > 0 ? { except } : {}) },
        };
      })
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ path }) => path);
  }

  private told(names: readonly (readonly string[])[]): string[] {
    const all = [...new Set(names.flat())].sort();
    if (!all.some((name) => name.endsWith("*"))) return all;
    // by what stands before the "*", a pattern comes right before all that it covers
    const inOrder = [...all].sort((a, b) => compare(startOf(a), startOf(b)) || b.length - a.length);
    const told: string[] = [];
    let cover: string | undefined;
    for (const name of inOrder) {
      const isCovered = cover !== undefined && startOf(name).startsWith(cover);
      if (!isCovered || this.known.has(name)) told.push(name);
      if (!isCovered && name.endsWith("*")) cover = startOf(name);
    }
    return told.sort();
  }
}

/** What stays of what the patterns cover; of nested ones the widest. */
function exceptions(collections: readonly string[], more: readonly More[]): string[] {
  const known = [...new Set(more.flatMap(({ except = [] }) => except))].sort();
  const patterns = collections.filter((name) => name.endsWith("*")).map(startOf);
  if (patterns.length === 0 || known.length > 0) return known;
  // one list of what stays is given for many names
  const staying = [...new Set(more.flatMap((one) => one.staying ?? []))].flatMap((names) => names());
  const within = [...new Set(staying)].filter((name) =>
    patterns.some((start) => name !== `${start}*` && startOf(name).startsWith(start)),
  );
  const wide = new Set(within.filter((name) => name.endsWith("*")));
  return within.filter((name) => !isWithinOneOf(name, wide)).sort();
}

function isWithinOneOf(name: string, patterns: ReadonlySet<string>): boolean {
  const start = startOf(name);
  for (let length = start.length; length >= 0; length -= 1) {
    const pattern = `${start.slice(0, length)}*`;
    if (pattern !== name && patterns.has(pattern)) return true;
  }
  return false;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const startOf = (name: string): string => (name.endsWith("*") ? name.slice(0, -1) : name);

const places: Readonly<Record<Who["kind"], number>> = {
  public: 0,
  endpoint: 1,
  source: 2,
  service: 3,
  principal: 4,
};

function keyOf(who: Who): string {
  const parts =
    who.kind === "endpoint"
      ? [who.name ?? who.id, who.id]
      : who.kind === "source"
        ? [who.endpoint.name ?? who.endpoint.id, who.endpoint.id, who.source.kind, who.source.value]
        : who.kind === "service"
          ? [who.service]
          : who.kind === "principal"
            ? [who.principal, who.on, who.within ?? "", ...who.permissions]
            : [];
  return JSON.stringify([places[who.kind], ...parts]);
}

/** The VPCs of the endpoints that paths lead through. */
export const vpcsIn = (paths: readonly AccessPath[]): string[] => [
  ...new Set(paths.flatMap(({ who }) => (who.kind === "endpoint" ? (who.vpcId ?? []) : []))),
];
