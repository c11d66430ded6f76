import { isEmpty } from "./address-set";
import { type Asked, type JudgedGate, passageToAll } from "./gate";
import { notLed } from "./private-name";
import type { ReachSource } from "./source";
import type { AccessWorld, Generation, IdleEndpoint } from "./world";

/** The gates before the network policy of an endpoint that only policies name: of another stack or account. */
export function farGates(
  world: AccessWorld,
  source: ReachSource,
  asked: Asked,
  id: string,
  generations: readonly Generation[],
): JudgedGate[] {
  const { addresses, reason } = notLed(world, source, generations);
  const { names } = passageToAll(asked, generations);
  const where = `where ${id} is, which is of another stack or account`;
  const route: JudgedGate = isEmpty(addresses)
    ? { gate: "route", passage: { sure: [], maybe: [], names }, reason }
    : {
        gate: "route",
        passage: { sure: [], maybe: addresses, names },
        reason: `not known: ${where}`,
        unknown: [where],
      };
  return [
    route,
    notKnown("security-group", asked, `which security groups ${id} has`),
    farGenerationGate(asked, id),
  ];
}

/** The generation of such an endpoint, which its id does not tell. */
export const farGenerationGate = (asked: Asked, id: string): JudgedGate =>
  notKnown("generation", asked, `the generation of ${id}, which is of another stack or account`);

/** An endpoint through which no collection is reached. */
export const idleGate = ({ id, why }: IdleEndpoint): JudgedGate => ({
  gate: "generation",
  passage: { sure: [], maybe: [] },
  reason: `${id} serves no collection: ${why}`,
  remedy: "make an endpoint for the generation of the collection",
});

function notKnown(gate: JudgedGate["gate"], { addresses }: Asked, what: string): JudgedGate {
  return { gate, passage: { sure: [], maybe: addresses }, reason: `not known: ${what}`, unknown: [what] };
}
