import fc from "fast-check";
import {
  type AccessFrom,
  type AccessMatrix,
  type AccessWorld,
  accessMatrix,
  type CollectionGroup,
  explain,
  permitsOf,
  reachByKey,
} from "../../../service";
import { block, foreigner, names, patterns, principals, services, world } from "./arbitrary-world";
import { endpointReaches, matches, type Name, publicReaches, serviceIsNamed } from "./naive-model";
import { shuffledAll } from "./shuffled-world";

const runs = { numRuns: 1_000 };
const kinds = ["collection", "dashboard"] as const;

/** What stands in the matrix for a name or a pattern: each must stand in one group and no other. */
function groupOf({ groups }: AccessMatrix, text: string, known: boolean): CollectionGroup | undefined {
  const found = groups.filter((group) => group.known === known && group.collections.includes(text));
  expect(found.length).toBeLessThan(2);
  return found[0];
}

const privateBlocks = (world: AccessWorld) =>
  world.networkPolicies.flatMap(({ document }) => document).filter((block) => !block.AllowFromPublic);

/** The endpoints of a world: known ones, and those that policies name. */
function endpointsOf(world: AccessWorld): string[] {
  const named = privateBlocks(world).flatMap(({ SourceVPCEs = [] }) => SourceVPCEs);
  return [...new Set([...world.endpoints.map(({ id }) => id), ...named])].sort();
}

const servicesOf = (world: AccessWorld) =>
  services.filter((service) =>
    privateBlocks(world).some(({ SourceServices = [] }) => SourceServices.includes(service)),
  );

/** The texts of all resources of network policies, without `collection/`. */
const resourcesOf = (world: AccessWorld) =>
  world.networkPolicies
    .flatMap(({ document }) => document.flatMap(({ Rules }) => Rules.flatMap(({ Resource }) => Resource)))
    .map((resource) => resource.slice("collection/".length));

function naively(world: AccessWorld, name: Name) {
  const reachedBy = (kind: (typeof kinds)[number]) => ({
    public: publicReaches(world, kind, name),
    endpoints: endpointsOf(world).filter((id) => endpointReaches(world, id, kind, name) !== "no"),
    services: servicesOf(world)
      .filter((service) => serviceIsNamed(world, service, kind, name))
      .sort(),
  });
  return { collection: reachedBy("collection"), dashboard: reachedBy("dashboard") };
}

describe("the matrix agrees with a model that tries every name", () => {
  test("for every known collection, of which each stands in one group", () => {
    fc.assert(
      fc.property(world, (world) => {
        const matrix = accessMatrix(world);
        for (const { name, generation = "classic" } of world.collections) {
          const group = groupOf(matrix, name, true);
          expect(group?.generation).toBe(generation);
          expect({ collection: group?.collection, dashboard: group?.dashboard }).toEqual(
            naively(world, { name, generation }),
          );
        }
        const listed = matrix.groups.filter(({ known }) => known).flatMap(({ collections }) => collections);
        expect(listed.sort()).toEqual(world.collections.map(({ name }) => name).sort());
      }),
      runs,
    );
  });

  test("for every pattern and name of policies that no known collection matches", () => {
    fc.assert(
      fc.property(world, (world) => {
        const matrix = accessMatrix(world);
        const free = [...new Set(resourcesOf(world))].filter(
          (text) => !world.collections.some(({ name }) => matches(text, name)),
        );
        for (const text of free) {
          const group = groupOf(matrix, text, false);
          expect({ collection: group?.collection, dashboard: group?.dashboard }).toEqual(
            // a collection to come that this pattern covers and no narrower one does
            naively(world, { name: text.replace(/\*$/, "~"), generation: undefined }),
          );
        }
        const listed = matrix.groups.filter(({ known }) => !known).flatMap(({ collections }) => collections);
        expect(listed.sort()).toEqual(free.sort());
      }),
      runs,
    );
  });

  test("for every principal and what it is permitted", () => {
    fc.assert(
      fc.property(world, (world) => {
        const matrix = accessMatrix(world);
        for (const principal of [...principals, foreigner]) {
          const isForeign = principal === foreigner && world.account !== undefined;
          const naive = new Map<string, Set<string>>();
          for (const { document } of isForeign ? [] : world.dataPolicies) {
            for (const { Principal, Rules } of document) {
              if (!Principal.includes(principal)) continue;
              for (const { Resource, Permission } of Rules) {
                for (const resource of Permission.length > 0 ? Resource : []) {
                  const before = naive.get(resource) ?? [];
                  naive.set(resource, new Set([...before, ...Permission]));
                }
              }
            }
          }
          const told = permitsOf(matrix, principal).map(({ type, collections, within, permissions }) => [
            [type, collections, ...(within === undefined ? [] : [within])].join("/"),
            permissions,
          ]);
          expect(told).toEqual([...naive].sort().map(([resource, some]) => [resource, [...some].sort()]));
        }
      }),
      runs,
    );
  });
});

test("the matrix agrees with explain, for whoever asks for whatever", () => {
  const asked = fc.constantFrom(...names, ...patterns);
  fc.assert(
    fc.property(world, fc.constantFrom(...kinds), asked, (world, kind, name) => {
      const isKnown = world.collections.some((one) => one.name === name);
      const group = groupOf(accessMatrix(world), name, isKnown);
      fc.pre(group !== undefined);
      const { public: isPublic, endpoints, services: named } = group[kind];
      const isOpen = (from: AccessFrom) => explain(world, from, { kind, name }).verdict === "open";
      expect(isOpen({ kind: "public" })).toBe(isPublic);
      for (const { id } of world.endpoints) {
        expect([id, isOpen({ kind: "endpoint", id })]).toEqual([id, endpoints.includes(id)]);
      }
      for (const service of services) {
        const isListed = named.includes(service) || (kind === "collection" && isPublic);
        expect([service, isOpen({ kind: "service", service })]).toEqual([service, isListed]);
      }
    }),
    { numRuns: 2_000 },
  );
});

test("an endpoint that is only named in policies stands in the matrix where explain does not know", () => {
  fc.assert(
    fc.property(world, fc.constantFrom(...kinds), (world, kind) => {
      const matrix = accessMatrix(world);
      for (const { id } of matrix.endpoints.filter(({ known }) => !known)) {
        for (const { name } of world.collections) {
          const { verdict } = explain(world, { kind: "endpoint", id }, { kind, name });
          const isListed = groupOf(matrix, name, true)?.[kind].endpoints.includes(id);
          expect([id, name, verdict]).toEqual([id, name, isListed ? "unknown" : "shut"]);
        }
      }
    }),
    runs,
  );
});

test("the matrix is the same whatever the order of the world, within documents too", () => {
  fc.assert(
    fc.property(world, fc.nat(), (world, seed) => {
      expect(accessMatrix(shuffledAll(world, seed))).toEqual(accessMatrix(world));
    }),
    runs,
  );
});

/** In order and each once. */
const inOrder = (texts: readonly string[]) => [...new Set(texts)].sort();

test("keys and lists are in order with nothing twice, and what refers to a key finds it", () => {
  fc.assert(
    fc.property(world, (world) => {
      const { endpoints, services, groups, principals, permissions } = accessMatrix(world);
      const sources = endpoints.map((endpoint) => endpoint.sources);
      for (const rows of [endpoints, services, groups, principals, permissions, ...sources]) {
        const keys = rows.map(({ key }) => key);
        expect(keys).toEqual(inOrder(keys));
      }
      const ids = endpoints.map(({ id }) => id);
      for (const group of groups) {
        for (const { endpoints: reached, services: named } of [group.collection, group.dashboard]) {
          for (const list of [group.collections, reached, named]) expect(list).toEqual(inOrder(list));
          expect(ids).toEqual(expect.arrayContaining([...reached]));
          expect(services.map(({ service }) => service)).toEqual(expect.arrayContaining([...named]));
        }
      }
      const sets = permissions.map(({ key }) => key);
      for (const { permissions: keys } of principals) {
        expect(keys).toEqual(inOrder(keys));
        expect(sets).toEqual(expect.arrayContaining([...keys]));
      }
    }),
    runs,
  );
});

test("read from the other side, the matrix says the same", () => {
  fc.assert(
    fc.property(world, (world) => {
      const matrix = accessMatrix(world);
      const reach = reachByKey(matrix);
      const triples = (lines: readonly string[]) => [...lines].sort();
      const told = [...reach].flatMap(([key, reached]) =>
        kinds.flatMap((kind) => reached[kind].map((group) => `${key} ${kind} ${group.key}`)),
      );
      const listed = matrix.groups.flatMap((group) =>
        kinds.flatMap((kind) => [
          ...(group[kind].public ? [`public ${kind} ${group.key}`] : []),
          ...group[kind].endpoints.map((id) => `endpoint/${id} ${kind} ${group.key}`),
          ...group[kind].services.map((service) => `service/${service} ${kind} ${group.key}`),
        ]),
      );
      expect(triples(told)).toEqual(triples(listed));
    }),
    runs,
  );
});

test("the same access has the same key in every matrix, and another access another", () => {
  fc.assert(
    fc.property(world, world, (one, other) => {
      const groups = [...accessMatrix(one).groups, ...accessMatrix(other).groups];
      const accessOf = ({ known, generation, collection, dashboard }: CollectionGroup) =>
        JSON.stringify([known, generation, collection, dashboard]);
      const keys = new Map(groups.map((group) => [accessOf(group), group.key]));
      for (const group of groups) expect(group.key).toBe(keys.get(accessOf(group)));
      expect(new Set(keys.values()).size).toBe(keys.size);
    }),
    runs,
  );
});

test("a source of an endpoint passes its security groups, and whatever passes has a source or an unknown one", () => {
  fc.assert(
    fc.property(world, block, (world, cidr) => {
      const groupsPassed = (from: AccessFrom, id: string) =>
        explain(world, from, { kind: "collection", name: "orders" })
          .paths.find((path) => path.endpoint === id)
          ?.gates.find(({ gate }) => gate === "security-group")?.verdict;
      for (const { id, known, sources, unknownSources } of accessMatrix(world).endpoints) {
        if (!known) continue;
        for (const { kind, value } of sources) {
          const from = kind === "cidr" ? { kind, cidr: value } : { kind, id: value };
          expect([kind, value, groupsPassed(from, id)]).toEqual([kind, value, "open"]);
        }
        const isTold = sources.length + unknownSources.length > 0;
        if (!isTold) expect(groupsPassed({ kind: "cidr", cidr }, id)).toBe("shut");
      }
    }),
    runs,
  );
});
