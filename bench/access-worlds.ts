import type { PrivateAccessWish } from "../service";

const teams = 40;

type Below = (most: number) => number;

/** A small generator: the same numbers on every machine and in every run. */
function numbers(seed: number): Below {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const collection = (number: number) =>
  `${["orders", "logs", "billing", "search", "audit"][number % 5]}-${number.toString(36)}-${number % 3 ? "production" : "staging"}`;

function endpointIds(below: Below): string[] {
  const hex = () =>
    below(2 ** 32)
      .toString(16)
      .padStart(8, "0");
  return upTo(50).map(() => `vpce-0${hex()}${hex()}`);
}

const upTo = (count: number) => Array.from({ length: count }, (_, number) => number);

function one<T>(items: readonly T[], below: Below): T {
  return items[below(items.length)] as T;
}

function some<T>(items: readonly T[], count: number, below: Below): T[] {
  const chosen = new Set<T>();
  while (chosen.size < count) chosen.add(one(items, below));
  return [...chosen];
}

const grant = (
  wish: Partial<PrivateAccessWish> & Pick<PrivateAccessWish, "collections">,
): PrivateAccessWish => ({ dashboards: false, endpoints: [], services: [], ...wish });

/** Ways in which a platform grants access to a number of collections over 50 endpoints; another world by each seed. */
export const accessWorlds = {
  "each collection to one endpoint": (count, seed) => {
    const below = numbers(seed);
    const ids = endpointIds(below);
    return upTo(count).map((number) =>
      grant({ collections: [collection(number)], endpoints: [one(ids, below)] }),
    );
  },
  "each collection to 1 to 3 endpoints": (count, seed) => {
    const below = numbers(seed);
    const ids = endpointIds(below);
    return upTo(count).map((number) =>
      grant({ collections: [collection(number)], endpoints: some(ids, 1 + below(3), below) }),
    );
  },
  "one list for each endpoint": (count, seed) => {
    const below = numbers(seed);
    const ids = endpointIds(below);
    const lists = new Map<string, string[]>(ids.map((id) => [id, []]));
    for (const number of upTo(count)) lists.get(one(ids, below))?.push(collection(number));
    return [...lists].map(([id, collections]) => grant({ collections, endpoints: [id] }));
  },
  "teams with prefixes, dashboards, services": (count, seed) => {
    const below = numbers(seed);
    const ids = endpointIds(below);
    const sources = upTo(teams).map(() => some(ids, 1 + below(4), below));
    return upTo(count).map((number) => {
      const team = below(teams);
      return grant({
        collections: [below(5) === 0 ? `${collection(number)}-*` : collection(number)],
        dashboards: below(3) === 0,
        endpoints: sources[team] as string[],
        services: team % 8 === 0 ? ["bedrock.amazonaws.com"] : [],
        description: `team ${team}`,
      });
    });
  },
} as const satisfies Record<string, (count: number, seed: number) => PrivateAccessWish[]>;

export type AccessWorld = keyof typeof accessWorlds;

/** A grant as the others of a world, of one collection more. */
export function oneGrantMore(wishes: readonly PrivateAccessWish[], number: number): PrivateAccessWish {
  const like = one(wishes, numbers(number));
  return { ...like, collections: [`new-${collection(number)}`] };
}

/**
 * The same access with each collection named once, in one grant with all collections that the very same sources
 * reach, without descriptions.
 */
export function byCollection(wishes: readonly PrivateAccessWish[]): PrivateAccessWish[] {
  const sources = new Map<string, Map<string, Set<string>>>();
  for (const wish of wishes) {
    for (const name of wish.collections) {
      const ofName = sources.get(name) ?? new Map<string, Set<string>>();
      sources.set(name, ofName);
      const key = String(wish.dashboards);
      ofName.set(key, new Set([...(ofName.get(key) ?? []), ...wish.endpoints, ...wish.services]));
    }
  }
  const grants = new Map<string, { collections: string[]; dashboards: boolean; all: string[] }>();
  for (const [name, ofName] of sources) {
    for (const [dashboards, set] of ofName) {
      const all = [...set].sort();
      const key = JSON.stringify([dashboards, all]);
      const known = grants.get(key) ?? { collections: [], dashboards: dashboards === "true", all };
      grants.set(key, known);
      known.collections.push(name);
    }
  }
  return [...grants.values()].map(({ collections, dashboards, all }) =>
    grant({
      collections,
      dashboards,
      endpoints: all.filter((one) => one.startsWith("vpce-")),
      services: all.filter((one) => !one.startsWith("vpce-")),
    }),
  );
}
