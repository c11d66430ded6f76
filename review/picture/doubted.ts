import type { AccessMatrix, CollectionGroup, ReachedBy } from "../../service";
import type { Doubt } from "../world";
import type { MatrixView } from "./view";

/** Of what it is not known who else reaches it. */
export interface Doubted {
  readonly collection: boolean;
  readonly dashboard: boolean;
}

/** What is doubted of a collection, or a pattern, of this name. */
export type DoubtOn = (name: string) => Doubted;

/**
 * By what was not seen: a network policy that may open a collection, or a generation that may be another and then
 * makes a difference. Time grows with the number of names, not with their product with the doubts.
 */
export function doubtOn({
  matrix,
  doubts = [],
  otherwise,
}: Pick<MatrixView, "matrix" | "doubts" | "otherwise">): DoubtOn {
  const mayBeOpened = concerning(doubts.filter(({ kind }) => kind === "network"));
  const mayBeOther = concerning(doubts.filter(({ kind }) => kind === "generation"));
  const [reached, reachedOtherwise] = [reachedByName(matrix), otherwise && reachedByName(otherwise)];
  return (name) => {
    if (mayBeOpened(name)) return { collection: true, dashboard: true };
    if (!mayBeOther(name)) return { collection: false, dashboard: false };
    const differs = (kind: keyof Doubted) =>
      !reachedOtherwise || !isSame(reached.get(name)?.[kind], reachedOtherwise.get(name)?.[kind]);
    return { collection: differs("collection"), dashboard: differs("dashboard") };
  };
}

/** Names and patterns of the matrix of which it is not known who else reaches them or their dashboards. */
export function doubtedNames(view: Pick<MatrixView, "matrix" | "doubts" | "otherwise">): string[] {
  const doubted = doubtOn(view);
  return view.matrix.groups.flatMap(({ collections }) => collections.filter((name) => isAny(doubted(name))));
}

export const isAny = ({ collection, dashboard }: Doubted): boolean => collection || dashboard;

/** Whether doubts concern a name, by itself, by a pattern that covers it, or by what a pattern covers. */
function concerning(doubts: readonly Doubt[]): (name: string) => boolean {
  if (doubts.some(({ collections }) => collections === undefined)) return () => true;
  const texts = new Set(doubts.flatMap(({ collections = [] }) => collections));
  const startOf = (text: string) => text.replace(/\*$/, "");
  const prefixes = [...texts].filter((text) => text.endsWith("*")).map(startOf);
  return (name) =>
    texts.has(name) ||
    prefixes.some((prefix) => startOf(name).startsWith(prefix)) ||
    (name.endsWith("*") && [...texts].some((text) => text.startsWith(startOf(name))));
}

const reachedByName = ({ groups }: AccessMatrix): ReadonlyMap<string, CollectionGroup> =>
  new Map(groups.flatMap((group) => group.collections.map((name) => [name, group] as const)));

const isSame = (one: ReachedBy | undefined, other: ReachedBy | undefined) =>
  JSON.stringify(one) === JSON.stringify(other);

interface DoubtedGroup {
  readonly group: CollectionGroup;
  readonly doubted: Doubted;
}

/** The groups of a matrix, each in parts where not the same is doubted of all its collections. */
export function groupsByDoubt({ groups }: AccessMatrix, doubtOn: DoubtOn): DoubtedGroup[] {
  return groups.flatMap((group) => {
    const parts = new Map<string, { doubted: Doubted; collections: string[] }>();
    for (const name of group.collections) {
      const doubted = doubtOn(name);
      const what = [doubted.collection ? "collection" : "", doubted.dashboard ? "dashboard" : ""].join("");
      const part = parts.get(what);
      if (part) part.collections.push(name);
      else parts.set(what, { doubted, collections: [name] });
    }
    return [...parts].map(([what, { doubted, collections }]) => ({
      group: { ...group, key: what === "" ? group.key : `${group.key}/doubted/${what}`, collections },
      doubted,
    }));
  });
}
