import fc from "fast-check";
import { createPolicy } from "../../sandbox/aoss/policies";
import type { Call } from "../../sandbox/call";
import { AwsError } from "../../sandbox/protocol/aws-error";
import { emptyRegion } from "../../sandbox/state/state";
import { type PolicyKind, parsePolicy } from "../../service";
import { damagedDocument } from "./damaged-policies";
import { account, documents, region } from "./random-policies";

/** A call of CreateSecurityPolicy and the like, of a Region where nothing is. */
const call = (): Call => ({
  account,
  region,
  now: 0,
  openWorld: true,
  state: emptyRegion(),
  accountState: {
    regions: new Map(),
    world: { regions: {} },
    issuedIds: new Set(),
    hostedZones: new Map(),
    hostedZoneChanges: new Map(),
    serviceLinkedRoles: new Map(),
  },
  duration: () => 0,
  forward: () => undefined,
});

/** What the sandbox says has its source in AWS's answers and documentation, not in the validators that are judged. */
function refusedBySandbox(kind: PolicyKind, policy: string): string | undefined {
  try {
    createPolicy(call(), { type: kind, name: "judged", policy });
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return error.message;
    throw error;
  }
}

const weTake = (kind: PolicyKind, text: string) => "document" in parsePolicy(kind, text, { account, region });

const kinds: readonly PolicyKind[] = ["network", "encryption", "data", "retention"];

test.each(kinds)(
  "every %s policy that the generator calls right is taken, here and by the sandbox",
  (kind) => {
    fc.assert(
      fc.property(documents[kind] as fc.Arbitrary<unknown>, (document) => {
        const text = JSON.stringify(document);
        expect(refusedBySandbox(kind, text)).toBeUndefined();
        expect(weTake(kind, text)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  },
);

test.each(kinds)("a damaged %s policy is taken by both or refused by both", (kind) => {
  const taken = { count: 0 };
  fc.assert(
    fc.property(damagedDocument(kind), (document) => {
      const text = JSON.stringify(document);
      const refusal = refusedBySandbox(kind, text);
      taken.count += refusal === undefined ? 1 : 0;
      expect({ refusal, taken: weTake(kind, text) }).toEqual({ refusal, taken: refusal === undefined });
    }),
    { numRuns: 5000 },
  );
  // Some damage does no harm; a generator whose documents are all refused would compare nothing.
  expect(taken.count).toBeGreaterThan(500);
  expect(taken.count).toBeLessThan(4500);
});

test.each(kinds)("%s: a policy of 10,240 bytes is taken by both, one of a byte more by neither", (kind) => {
  const resource = kind === "data" || kind === "retention" ? "index/orders/a" : "collection/a";
  const rule = (names: readonly string[]) => ({
    ...{ ResourceType: resource.split("/")[0], Resource: names },
    ...(kind === "data" ? { Permission: ["aoss:ReadDocument"] } : {}),
    ...(kind === "retention" ? { NoMinIndexRetention: true } : {}),
  });
  const documentOf = (names: readonly string[]) =>
    ({
      network: [{ Rules: [rule(names)], AllowFromPublic: true }],
      encryption: { Rules: [rule(names)], AWSOwnedKey: true },
      data: [{ Rules: [rule(names)], Principal: [`arn:aws:iam::${account}:role/reader`] }],
      retention: { Rules: [rule(names)] },
    })[kind];
  const name = (length: number) => resource + "b".repeat(length - resource.length);
  const frame = JSON.stringify(documentOf([])).length;
  // A name of 47 takes 50 bytes with its quotes and its comma; the last has no comma and fills what is left.
  const whole = Math.floor((10_240 - frame - 40) / 50);
  const sized = (bytes: number) =>
    JSON.stringify(
      documentOf([...Array.from({ length: whole }, () => name(47)), name(bytes - frame - whole * 50 - 2)]),
    );
  expect(sized(10_240)).toHaveLength(10_240);
  expect([weTake(kind, sized(10_240)), refusedBySandbox(kind, sized(10_240))]).toEqual([true, undefined]);
  expect(weTake(kind, sized(10_241))).toBe(false);
  expect(refusedBySandbox(kind, sized(10_241))).toContain("limit of 10240 bytes");
});
