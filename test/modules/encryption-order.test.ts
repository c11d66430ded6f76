import { PrivateAccess } from "../../modules";
import { type Named, policiesOf } from "../support/policies-in-stack";
import { newStack } from "../support/synthesized";

const kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";

describe("encryption policies wait for those that give names up to them:", () => {
  const names = (team: string, count: number) =>
    Array.from({ length: count }, (_, place) => `${team}-of-the-customers-${String(place).padStart(5, "0")}`);

  function synthesized(count: number): Named {
    const stack = newStack();
    new PrivateAccess(stack, "Default")
      .encrypt({ collections: names("of-aws", count) })
      .encrypt({ collections: names("of-ours", count), kmsKeyArn });
    return policiesOf(stack, "encryption");
  }

  const namesIn = (policy: Record<string, unknown>) =>
    (JSON.parse(String(policy["policy"])) as { Rules: { Resource: string[] }[] }).Rules.flatMap(
      ({ Resource }) => Resource,
    );
  const waitsFor = (policies: Named, name: string): string[] => {
    const direct = ((policies[name]?.["depends_on"] ?? []) as string[]).map((address) =>
      address.replace("aws_opensearchserverless_security_policy.", ""),
    );
    return direct.flatMap((one) => [one, ...waitsFor(policies, one)]);
  };

  // About 220 of these names fill a policy.
  test.each([
    [200, 300],
    [300, 600],
    [600, 1000],
    [200, 2000],
  ])("from %i names of a key to %i, and back", (few, many) => {
    const [before, after] = [synthesized(few), synthesized(many)];
    const stoodIn = new Map(
      Object.entries(before).flatMap(([name, policy]) => namesIn(policy).map((one) => [one, name] as const)),
    );
    let moves = 0;
    for (const [name, policy] of Object.entries(after)) {
      const givers = new Set(namesIn(policy).flatMap((one) => stoodIn.get(one) ?? []));
      givers.delete(name);
      moves += givers.size;
      expect([name, waitsFor(after, name)]).toEqual([name, expect.arrayContaining([...givers])]);
      // Names come out of policies that stay, and only into policies that are new.
      if (givers.size > 0) expect(Object.keys(before)).not.toContain(name);
    }
    expect(Object.keys(after)).toEqual(expect.arrayContaining(Object.keys(before)));
    expect(moves).toBeGreaterThanOrEqual(2);
  });

  test("of different keys they do not wait for each other, and the first of each key for none", () => {
    const policies = synthesized(1000);
    const keyOf = (name: string) => String(policies[name]?.["policy"]).includes(kmsKeyArn);
    const first = Object.keys(policies).filter((name) => waitsFor(policies, name).length === 0);
    expect(first.map(keyOf).sort()).toEqual([false, true]);
    for (const name of Object.keys(policies)) {
      for (const other of waitsFor(policies, name)) expect(keyOf(other)).toBe(keyOf(name));
    }
  });

  test("and do so in every synthesis of a stack", () => {
    const stack = newStack();
    const access = new PrivateAccess(stack, "Default").encrypt({ collections: names("of-aws", 1000) });
    const once = policiesOf(stack, "encryption");
    expect(policiesOf(stack, "encryption")).toEqual(once);
    expect(Object.values(once).filter((policy) => policy["depends_on"] === undefined)).toHaveLength(1);
    access.encrypt({ collections: names("more", 1000) });
    const later = policiesOf(stack, "encryption");
    expect(Object.keys(later).length).toBeGreaterThan(Object.keys(once).length);
    expect(Object.values(later).filter((policy) => policy["depends_on"] === undefined)).toHaveLength(1);
  });
});
