import type { DataAccessWish } from "../data-access-policy";
import { policyKinds, shown, sortedUnique } from "../policy-document";
import { RuleError } from "../problem";
import type { BlockSize, Item } from "./partition";
import { hashing } from "./position";

/** One resource with the permissions that some principals have on it. */
export interface DataItem extends Item {
  /** `collection/NAME` or `index/COLLECTION/INDEX` */
  readonly resource: string;
  readonly block: DataBlockSize;
}

interface DataBlockSize extends BlockSize {
  readonly description: string | undefined;
  readonly principals: readonly string[];
  readonly type: "collection" | "index";
  readonly permissions: readonly string[];
}

/** Principals who have the same permissions on some resources. */
type Unit = Pick<DataBlockSize, "description" | "principals" | "type" | "permissions"> & {
  readonly names: readonly string[];
};

/** From this share of a policy on, a list of principals is taken apart. */
const longListShare = 1 / 4;

/**
 * What is wanted as single resources, each with its place: those of the same principals and description stand
 * together, and among them those with the same permissions. Throws a `RuleError` where one principal and one resource
 * do not fit into `room`.
 */
export function dataItems(
  wishes: readonly DataAccessWish[],
  bytesOf: (text: string) => number,
  room: number,
): DataItem[] {
  const hash = hashing();
  const blocks = new Map<string, DataBlockSize>();
  const blockOf = ({ names: _names, ...unit }: Unit): DataBlockSize => {
    const family = JSON.stringify([unit.principals, unit.description]);
    const key = JSON.stringify([family, unit.type, unit.permissions]);
    const known = blocks.get(key);
    if (known) return known;
    const made = { ...unit, family, ...sizes(unit, bytesOf) };
    blocks.set(key, made);
    return made;
  };
  return wishes
    .flatMap(unitsOf)
    .flatMap((unit) => (listBytes(unit.principals, bytesOf) > room * longListShare ? apart(unit) : [unit]))
    .flatMap((unit) => {
      const block = blockOf(unit);
      const place = [...hash(block.family), ...hash(JSON.stringify([unit.type, unit.permissions]))];
      return unit.names.map((name): DataItem => {
        const resource = `${unit.type}/${name}`;
        const bytes = `"${unit.type}/",`.length + bytesOf(name);
        const over = block.bytes + bytes - room;
        if (over > 0) throw tooLong(unit, name, over);
        return { position: [...place, ...hash(resource)], resource, block, bytes };
      });
    });
}

function unitsOf({ principals, description, collections = [], indexes = [] }: DataAccessWish): Unit[] {
  const shared = { principals: sortedUnique(principals), description };
  return [
    ...collections.map(({ collections: names, permissions }) => ({
      ...shared,
      type: "collection" as const,
      permissions: sortedUnique(permissions),
      names,
    })),
    ...indexes.map(({ indexes: names, permissions }) => ({
      ...shared,
      type: "index" as const,
      permissions: sortedUnique(permissions),
      names,
    })),
  ];
}

const apart = (unit: Unit): Unit[] =>
  unit.principals.map((principal) => ({ ...unit, principals: [principal] }));

const listBytes = (texts: readonly string[], bytesOf: (text: string) => number): number =>
  texts.reduce((sum, text) => sum + '"",'.length + bytesOf(text), 0);

/** As `serialiseDataAccessPolicy` writes them; lists end without a comma, a block has one behind it. */
function sizes(
  { description, principals, type, permissions }: Omit<Unit, "names">,
  bytesOf: (text: string) => number,
) {
  const rule =
    `{"Permission":[],"Resource":[],"ResourceType":"${type}"}`.length +
    listBytes(permissions, bytesOf) -
    1 -
    1;
  const around =
    '{"Principal":[],"Rules":[]},'.length +
    listBytes(principals, bytesOf) -
    1 +
    (description ? '"Description":"",'.length + bytesOf(description) : 0);
  return { bytes: around + rule, joining: rule + ",".length };
}

function tooLong({ principals, description, type }: Unit, name: string, over: number): RuleError {
  return new RuleError({
    problem: `what ${shown(principals[0])} may do to ${type} ${shown(name)} takes ${over} bytes too many for a policy, of which AWS takes ${policyKinds.data.bytes.limit} bytes`,
    remedy: description ? "shorten its description" : "use shorter names",
  });
}
