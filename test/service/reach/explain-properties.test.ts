import fc from "fast-check";
import { type AccessFrom, explain } from "../../../service";
import {
  addresses,
  block,
  endpointIds,
  foreigner,
  names,
  patterns,
  principals,
  services,
  world,
} from "./arbitrary-world";
import {
  all,
  any,
  type Client,
  carriersOf,
  clientReaches,
  elsewhere,
  endpointReaches,
  inBlock,
  isPermitted,
  type Name,
  namesAsked,
  publicReaches,
  serviceIsNamed,
  type Three,
  verdictOn,
  verdictOnNames,
  yesIf,
} from "./naive-model";
import { shuffledLists } from "./shuffled-world";

const runs = { numRuns: 1_000 };
const kind = fc.constantFrom("collection" as const, "dashboard" as const);
const asked = fc.constantFrom(...patterns);
const principal = fc.constantFrom(...principals, foreigner);
const signer = fc.option(principal, { nil: undefined });
const vpcId = fc.option(fc.constantFrom("vpc-a", "vpc-b", "vpc-unknown"), { nil: undefined, freq: 1 });

const source = fc.oneof(
  fc.record({ kind: fc.constant("cidr" as const), cidr: block, vpcId }),
  fc.constantFrom("sg-1", "sg-2", "sg-far").map((id) => ({ kind: "security-group" as const, id })),
  fc.constantFrom("pl-1", "pl-unknown").map((id) => ({ kind: "prefix-list" as const, id })),
);
const from: fc.Arbitrary<AccessFrom> = fc.oneof(
  fc.tuple(source, signer).map(([one, as]) => ({ ...one, as })),
  fc.constantFrom(...endpointIds, "vpce-far").map((id) => ({ kind: "endpoint" as const, id })),
  fc.constantFrom(...services).map((service) => ({ kind: "service" as const, service })),
  principal.map((one) => ({ kind: "principal" as const, principal: one })),
  fc.constant({ kind: "public" as const }),
);

/** The answers for each name, with data access as the last gate where someone signs. */
const forEachName = (asked: readonly Name[], answer: (name: Name) => Three, permits: (name: Name) => Three) =>
  asked.map((name) => all(answer(name), permits(name)));

describe("explain agrees with a model that tries every address and every name", () => {
  test("for address blocks, in a VPC or anywhere, signed or not", () => {
    fc.assert(
      fc.property(world, block, vpcId, signer, kind, asked, (world, cidr, vpcId, as, kind, name) => {
        const home = world.vpcs.find(({ id, cidrs }) => id === vpcId && cidrs.length > 0)?.cidrs;
        const isAbsurd = (address: string) => home && !home.some((one) => inBlock(address, one));
        const expected = verdictOnNames(world, name, (names) =>
          addresses
            .filter((address) => inBlock(address, cidr))
            .flatMap((address) =>
              forEachName(
                names,
                (one) => (isAbsurd(address) ? "no" : clientReaches(world, [{ address, vpcId }], kind, one)),
                (one) => (as === undefined ? "yes" : isPermitted(world, as, one)),
              ),
            ),
        );
        const { verdict } = explain(world, { kind: "cidr", cidr, vpcId, as }, { kind, name });
        expect(verdict).toBe(expected);
      }),
      runs,
    );
  });

  test("for the addresses that get in by one path", () => {
    fc.assert(
      fc.property(world, block, kind, fc.constantFrom(...names), (world, cidr, kind, name) => {
        const [one] = namesAsked(world, name) as [Name];
        for (const path of explain(world, { kind: "cidr", cidr }, { kind, name }).paths) {
          if (path.verdict !== "partly" || path.via !== "endpoint") continue;
          const alone = { ...world, endpoints: world.endpoints.filter(({ id }) => id === path.endpoint) };
          const sure = addresses.filter(
            (address) => inBlock(address, cidr) && clientReaches(alone, [{ address }], kind, one) === "yes",
          );
          const told = addresses.filter((address) => path.cidrs?.some((part) => inBlock(address, part)));
          expect(told).toEqual(sure);
        }
      }),
      runs,
    );
  });

  test("for security groups", () => {
    fc.assert(
      fc.property(world, signer, kind, asked, (world, as, kind, name) => {
        for (const id of ["sg-1", "sg-2", "sg-far"]) {
          const carriers = carriersOf(world, id, addresses);
          const expected = verdictOnNames(world, name, (names) =>
            forEachName(
              names,
              (one) => clientReaches(world, carriers, kind, one),
              (one) => (as === undefined ? "yes" : isPermitted(world, as, one)),
            ),
          );
          const { verdict } = explain(world, { kind: "security-group", id, as }, { kind, name });
          expect([id, verdict]).toEqual([id, expected]);
        }
      }),
      runs,
    );
  });

  test("for prefix lists, with and without known entries", () => {
    fc.assert(
      fc.property(world, kind, asked, (world, kind, name) => {
        const onList = addresses.filter((address) =>
          world.prefixLists[0]?.cidrs.some((entry) => inBlock(address, entry)),
        );
        const each = verdictOnNames(world, name, (names) =>
          onList.flatMap((address) => names.map((one) => clientReaches(world, [{ address }], kind, one))),
        );
        expect(explain(world, { kind: "prefix-list", id: "pl-1" }, { kind, name }).verdict).toBe(each);
        const anywhere: Client[] = [...addresses, ...elsewhere].map((address) => ({
          address,
          isOn: "pl-unknown",
        }));
        const one = verdictOnNames(world, name, (names) =>
          names.map((one) => clientReaches(world, anywhere, kind, one)),
        );
        expect(explain(world, { kind: "prefix-list", id: "pl-unknown" }, { kind, name }).verdict).toBe(one);
      }),
      runs,
    );
  });

  test("for endpoints, services and the public, signed or not", () => {
    fc.assert(
      fc.property(world, signer, kind, asked, (world, as, kind, name) => {
        const expectVerdict = (from: AccessFrom, answer: (name: Name) => Three) => {
          const expected = verdictOnNames(world, name, (names) =>
            forEachName(names, answer, (one) => (as === undefined ? "yes" : isPermitted(world, as, one))),
          );
          expect([from, explain(world, from, { kind, name }).verdict]).toEqual([from, expected]);
        };
        const isPublic = (one: Name) => yesIf(publicReaches(world, kind, one));
        for (const id of [...endpointIds, "vpce-far"]) {
          expectVerdict({ kind: "endpoint", id, as }, (one) => endpointReaches(world, id, kind, one));
        }
        for (const service of services) {
          expectVerdict({ kind: "service", service, as }, (one) =>
            any(
              yesIf(serviceIsNamed(world, service, kind, one)),
              kind === "collection" ? isPublic(one) : "no",
            ),
          );
        }
        expectVerdict({ kind: "public", as }, isPublic);
      }),
      runs,
    );
  });

  test("for principals wherever they are", () => {
    fc.assert(
      fc.property(world, principal, kind, asked, (world, principal, kind, name) => {
        const answers = namesAsked(world, name).map((one) => isPermitted(world, principal, one));
        const { verdict } = explain(world, { kind: "principal", principal }, { kind, name });
        expect(verdict).toBe(verdictOn(answers));
      }),
      runs,
    );
  });
});

test("an answer is the same, word for word, whatever the order of the world's lists", () => {
  fc.assert(
    fc.property(world, from, kind, asked, fc.nat(), (world, from, kind, name, seed) => {
      expect(explain(shuffledLists(world, seed), from, { kind, name })).toEqual(
        explain(world, from, { kind, name }),
      );
    }),
    runs,
  );
});

test("an answer hangs together: verdicts, first shut gates, remedies and what is not known", () => {
  const order = ["route", "security-group", "generation", "network-policy", "data-access"];
  fc.assert(
    fc.property(world, from, kind, asked, (world, from, kind, name) => {
      const { verdict, paths, unknown } = explain(world, from, { kind, name });
      const verdicts = paths.map((path) => path.verdict);
      // ways add up: together they let in at least what the best of them does
      expect(verdicts.includes("open") ? verdict : "open").toBe("open");
      expect(verdict === "shut").toBe(verdicts.every((one) => one === "shut"));
      expect(verdict === "unknown" ? unknown.length : 1).toBeGreaterThan(0);
      for (const path of paths) {
        const gates = path.gates.map(({ gate }) => gate);
        expect(gates).toEqual(order.filter((gate) => gates.some((one) => one === gate)));
        expect(path.shutAt !== undefined).toBe(path.verdict === "shut");
        expect(path.verdict === "open").toBe(path.gates.every((gate) => gate.verdict === "open"));
        if (path.gates.some((gate) => gate.verdict === "shut")) expect(path.verdict).toBe("shut");
        for (const gate of path.gates) {
          expect(gate.reason).not.toBe("");
          expect(gate.verdict === "open" && gate.remedy !== undefined).toBe(false);
        }
      }
    }),
    runs,
  );
});
