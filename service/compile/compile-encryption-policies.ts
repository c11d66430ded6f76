import { createHash } from "node:crypto";
import {
  type EncryptionPolicyDocument,
  type EncryptionWish,
  encryptionDocument,
  serialiseEncryptionPolicy,
} from "../encryption-policy";
import { compareText, shown } from "../policy-document";
import { RuleError } from "../problem";
import { quotas } from "../quotas";
import { bytesInJson, type CompiledPolicy, type CompileOptions } from "./compiled-policy";
import { refuseTooMany } from "./policy-count";
import { bitAt, comparePositions, hashing, type Position } from "./position";
import { slotOf } from "./slot";

/** One encryption policy of a compiled set. */
export interface CompiledEncryptionPolicy extends CompiledPolicy<EncryptionPolicyDocument> {
  /**
   * The slot of the policy that has to change before this one, since names may come from there; none for the first of
   * a key. Names of a key move only between a policy and those that come after it, directly or not: into new ones as
   * policies fill up, and back as those are removed. Where some come and others go at once, and half of the range of a
   * full policy is empty, which takes policies of a handful of names, one may move otherwise.
   */
  readonly after?: string;
}

interface Named {
  readonly pattern: string;
  readonly position: Position;
  readonly bytes: number;
}

/**
 * Makes encryption policies that give each collection or prefix the key wanted, each policy of at most 10,240 bytes and
 * with one key, at most 150 (quota table). The order of wishes does not matter.
 *
 * AWS refuses a name that is still in another encryption policy, so names stay where they are: a policy depends on its
 * key alone until it gets too full, and then the half of its names that comes later by their hash goes into a new one,
 * which comes after it. A change of one key touches no policy of another. The AWS-owned key has the slots that begin
 * with "", a KMS key has slots by the hash of its ARN. Throws a `RuleError` for a name that is given two keys, and where
 * it cannot fit.
 */
export function compileEncryptionPolicies(
  wishes: readonly EncryptionWish[],
  options: CompileOptions = {},
): CompiledEncryptionPolicy[] {
  const bytesOf = options.bytesOf ?? bytesInJson;
  const maxBytes = options.maxBytes ?? quotas.encryptionPolicyBytes.limit;
  const hash = hashing();
  const policies = byKey(wishes).flatMap(([kmsKeyArn, patterns]) => {
    const room = maxBytes - bytesAround(kmsKeyArn, bytesOf);
    const named = [...patterns].map((pattern) => ({
      pattern,
      position: hash(pattern),
      bytes: '"collection/",'.length + bytesOf(pattern),
    }));
    named.sort((a, b) => comparePositions(a.position, b.position) || compareText(a.pattern, b.pattern));
    return halved(named, room).map(({ slot, after, names }) => ({
      ...policyOf(slotWith(kmsKeyArn, slot), kmsKeyArn, names),
      ...(after === undefined ? {} : { after: slotWith(kmsKeyArn, after) }),
    }));
  });
  refuseTooMany("encryption", policies.length, options);
  return policies;
}

function byKey(wishes: readonly EncryptionWish[]): [string | undefined, ReadonlySet<string>][] {
  const keys = new Map<string, string | undefined>();
  const patterns = new Map<string | undefined, Set<string>>();
  for (const { collections, kmsKeyArn } of wishes) {
    for (const pattern of collections) {
      if (keys.has(pattern) && keys.get(pattern) !== kmsKeyArn) throw twoKeys(pattern);
      keys.set(pattern, kmsKeyArn);
      patterns.set(kmsKeyArn, (patterns.get(kmsKeyArn) ?? new Set()).add(pattern));
    }
  }
  return [...patterns].sort(([a = ""], [b = ""]) => compareText(a, b));
}

const twoKeys = (pattern: string) =>
  new RuleError({
    problem: `collection ${shown(pattern)} is given two keys`,
    remedy: "leave it out of one; AWS takes a name or pattern in one encryption policy only",
  });

/** A document without collections, as `serialiseEncryptionPolicy` writes it; the last of them has no comma. */
function bytesAround(kmsKeyArn: string | undefined, bytesOf: (text: string) => number): number {
  const rules = '"Rules":[{"Resource":[],"ResourceType":"collection"}]'.length;
  const key =
    kmsKeyArn === undefined
      ? '"AWSOwnedKey":true'.length
      : '"AWSOwnedKey":false,"KmsARN":""'.length + bytesOf(kmsKeyArn);
  return "{,}".length + key + rules - 1;
}

/** What stands in one policy. */
interface Part {
  readonly slot: string;
  readonly after?: string;
  readonly names: readonly Named[];
}

/** A range of places, by the bits that they begin with, and what its first part is called and comes after. */
interface Range {
  readonly bits: string;
  readonly slot: string;
  readonly after?: string;
}

/**
 * A range of names is one part if it fits, else the parts of its halves. The first part in a range has the name of the
 * range, and the first of its other half comes after it: with less in them, the two were one part of that name.
 */
function halved(
  names: readonly Named[],
  room: number,
  range: Range = { bits: "", slot: slotOf("") },
): Part[] {
  const { bits, ...first } = range;
  if (names.reduce((sum, { bytes }) => sum + bytes, 0) <= room) return [{ ...first, names }];
  const tooMuch = names.find(({ bytes }) => bytes > room);
  if (tooMuch) throw tooLong(tooMuch, room);
  const later = names.findIndex(({ position }) => bitAt(position, bits.length) === 1);
  // Where nothing stands in front of the other half, that goes on with the name of the whole.
  if (later === 0) return halved(names, room, { ...range, bits: `${bits}1` });
  if (later < 0) return halved(names, room, { ...range, bits: `${bits}0` });
  const otherHalf = `${bits}1`;
  return [
    ...halved(names.slice(0, later), room, { ...range, bits: `${bits}0` }),
    ...halved(names.slice(later), room, { bits: otherHalf, slot: slotOf(otherHalf), after: first.slot }),
  ];
}

const tooLong = ({ pattern, bytes }: Named, room: number) =>
  new RuleError({
    problem: `collection ${shown(pattern)} takes ${bytes - room} bytes too many for a policy with nothing else in it`,
    remedy: "use a shorter name",
  });

/** Slots of a KMS key cannot be those of another, nor of the AWS-owned key: those have no such first part. */
function slotWith(kmsKeyArn: string | undefined, slot: string): string {
  if (kmsKeyArn === undefined) return slot;
  return `key-${createHash("sha256")
    .update(JSON.stringify([kmsKeyArn, slot]))
    .digest("hex")
    .slice(0, 8)}`;
}

function policyOf(
  slot: string,
  kmsKeyArn: string | undefined,
  names: readonly Named[],
): CompiledPolicy<EncryptionPolicyDocument> {
  const document = encryptionDocument({ collections: names.map(({ pattern }) => pattern), kmsKeyArn });
  const text = serialiseEncryptionPolicy(document);
  return { slot, document: JSON.parse(text) as EncryptionPolicyDocument, text };
}
