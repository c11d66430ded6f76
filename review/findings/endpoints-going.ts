import type { EndpointRow } from "../../service";
import type { Change, ResourceChange } from "../../terraform";
import { endpointTypes } from "../change/same-who";
import { members, text } from "../world";
import type { RuleInput } from "./rule";
import { someOf } from "./words";

/** An endpoint that a plan takes away, for good or to make another. */
interface GoingEndpoint {
  readonly one: ResourceChange;
  readonly row: EndpointRow;
  readonly opensNothing: boolean;
  /** Who loses what, in words. */
  readonly reached: (how: "meanwhile" | "for good") => string;
}

/**
 * The endpoints of the data plane to which the plan does what `going` asks for, what is left of earlier replacements
 * among them: Terraform deletes that as well, and a policy may still name it.
 */
export function* endpointsGoing(
  { steps, plan }: RuleInput,
  going: (change: Change) => boolean,
): Generator<GoingEndpoint> {
  const idOf = ({ change }: ResourceChange) => text(members(change.before)["id"]) ?? "";
  const leaving = new Map(
    plan.resource_changes
      .filter(({ type, mode, change }) => mode === "managed" && endpointTypes.has(type) && going(change))
      .map((one) => [idOf(one), one]),
  );
  if (leaving.size === 0) return;
  const rows = new Map<string, { row: EndpointRow; names: Set<string> }>();
  for (const { who, opens } of steps) {
    for (const [index, { before: row }] of who.endpoints.entries()) {
      if (!row?.known || !leaving.has(row.id)) continue;
      const { names } = rows.get(row.id) ?? { names: new Set() };
      rows.set(row.id, { row, names });
      for (const group of opens.before(index)) for (const name of group.names) names.add(name);
    }
  }
  for (const [id, { row, names }] of rows) {
    const where = row.vpcId === undefined ? "its VPC" : row.vpcId;
    const what = someOf([...names].sort());
    yield {
      one: leaving.get(id) as ResourceChange,
      row,
      opensNothing: names.size === 0,
      reached: (how) => {
        if (names.size === 0) return "no network policy that is known here names it";
        return how === "meanwhile"
          ? `${where} does not reach ${what} meanwhile`
          : `${where} no longer reaches ${what} through it`;
      },
    };
  }
}
