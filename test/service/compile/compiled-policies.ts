import fc from "fast-check";
import { type CompiledPolicy, type PolicyKind, parsePolicy } from "../../../service";

export const thousand = { numRuns: 1000 };
export const policyLimit = 100_000;

export const key = (digit: number) =>
  `arn:aws:kms:eu-central-1:123456789012:key/0123456${digit}-89ab-cdef-0123-456789abcdef`;
export const name = fc.integer({ min: 0, max: 400 }).map((number) => `orders-${number}`);
export const pattern = fc.oneof({ weight: 5, arbitrary: name }, fc.constantFrom("*", "logs-*", "orders-1*"));
export const names = fc.array(pattern, { minLength: 1, maxLength: 20 });
export const principal = fc
  .integer({ min: 0, max: 30 })
  .map((number) => `arn:aws:iam::123456789012:role/team-${number}`);
export const permissions = (all: readonly string[]) => fc.subarray([...all], { minLength: 1 });
export const maxBytes = fc.constantFrom(900, 1500, 4000, 10_240);

export const shuffled = <T>(list: readonly T[]): T[] => [...list].reverse();
export const texts = (policies: readonly CompiledPolicy<unknown>[]) =>
  policies.map(({ slot, text }) => `${slot} ${text}`).sort();

/** Every policy is within its limit, sound, and its text read back is its document; slots are told apart. */
export function expectSound(
  kind: PolicyKind,
  policies: readonly CompiledPolicy<unknown>[],
  bytes: number,
  validate: (document: unknown) => readonly unknown[],
): void {
  expect(new Set(policies.map(({ slot }) => slot)).size).toBe(policies.length);
  for (const { slot, document, text } of policies) {
    expect(slot).toMatch(/^[a-z0-9-]{0,12}$/);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(bytes);
    expect(validate(document)).toEqual([]);
    expect(parsePolicy(kind, text)).toEqual({ document });
  }
}

export const distinct = (lines: readonly string[]) => [...new Set(lines)].sort();
