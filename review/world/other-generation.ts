import type { AccessWorld } from "../../service";
import type { Doubt } from "./seen";

/** The world in which each collection whose generation is doubted is of the other one; undefined where none is. */
export function withOtherGeneration(world: AccessWorld, doubts: readonly Doubt[]): AccessWorld | undefined {
  const doubted = new Set(
    doubts.filter(({ kind }) => kind === "generation").flatMap(({ collections }) => collections ?? []),
  );
  if (doubted.size === 0) return undefined;
  const other = { classic: "nextgen", nextgen: "classic" } as const;
  const collections = world.collections.map((one) =>
    doubted.has(one.name) ? { ...one, generation: other[one.generation ?? "classic"] } : one,
  );
  return { ...world, collections };
}
