import { compileNetworkPolicies, type PrivateAccessWish } from "../service";
import { type AccessWorld, accessWorlds, oneGrantMore } from "./access-worlds";
import { peakBytes } from "./peak-memory";
import { policiesByBytes } from "./policies-by-bytes";

/** What one run took, from a start with nothing compiled. */
export interface CompileTime {
  readonly milliseconds: number;
  readonly peakBytes: number;
}

/** What came out, over several worlds of one kind. */
export interface CompileOutcome {
  /** of each world: policies made, and policies that the bytes of one document for all of it would fill */
  readonly policies: readonly (readonly [made: number, byBytes: number])[];
  /** How many grants, each added alone, changed or removed 0, 1, 2 and so on of the policies that were there. */
  readonly changes: readonly number[];
}

const noLimit = { policyLimit: Number.POSITIVE_INFINITY };

const bySlot = (wishes: readonly PrivateAccessWish[]) =>
  new Map(compileNetworkPolicies(wishes, noLimit).map(({ slot, text }) => [slot, text]));

function outcome(make: (seed: number) => PrivateAccessWish[], seeds: number, grants: number): CompileOutcome {
  const policies: [number, number][] = [];
  const changes: number[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    const wishes = make(seed);
    const before = bySlot(wishes);
    policies.push([before.size, policiesByBytes(wishes)]);
    for (let number = 0; number < grants; number++) {
      const after = bySlot([...wishes, oneGrantMore(wishes, seed * grants + number)]);
      const changed = [...before].filter(([slot, text]) => after.get(slot) !== text).length;
      changes[changed] = (changes[changed] ?? 0) + 1;
    }
  }
  return { policies, changes: Array.from(changes, (count) => count ?? 0) };
}

function time(wishes: readonly PrivateAccessWish[]): CompileTime {
  const start = performance.now();
  compileNetworkPolicies(wishes, noLimit);
  return { milliseconds: performance.now() - start, peakBytes: peakBytes() };
}

// Use: compile-child.ts time WORLD COLLECTIONS, or compile-child.ts outcome WORLD COLLECTIONS WORLDS GRANTS
const [what, world = "", count, seeds, grants] = process.argv.slice(2);
const make = (seed: number) => accessWorlds[world as AccessWorld](Number(count), seed);
console.log(JSON.stringify(what === "time" ? time(make(0)) : outcome(make, Number(seeds), Number(grants))));
