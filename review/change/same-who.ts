import type { EndpointRow } from "../../service";
import type { ResourceChange } from "../../terraform";
import { members, type SeenResource, text } from "../world";
import type { Side } from "./plan-sides";

export const endpointTypes: ReadonlySet<string> = new Set([
  "aws_opensearchserverless_vpc_endpoint",
  "aws_vpc_endpoint",
]);

/** An endpoint that makes place for another of the same VPC under another address. */
export interface MovedEndpoint {
  readonly from: ResourceChange;
  /** Its address after the step. */
  readonly to: string;
}

/**
 * Who of one side is who of the other, by a key that both have. What is replaced is the same by its address although
 * the apply gives it another id; an endpoint is also the same if it takes the place of another in its VPC, which has
 * room for one of each generation.
 */
export class SameWho {
  readonly moved: readonly MovedEndpoint[];
  /** Ids of endpoints that are there before and not after. */
  private readonly goneIds = new Set<string>();
  private readonly keys = new Map<string, string>();
  /** Keys that somebody on the other side has. */
  private readonly taken: ReadonlySet<string>;

  /** @param missing ids of endpoints that somebody deleted before the step */
  constructor(
    changes: readonly ResourceChange[],
    before: Side,
    after: Side,
    private readonly missing: ReadonlySet<string> = new Set(),
  ) {
    const byAddress = new Map(
      changes.flatMap((one) => (one.deposed === undefined ? [[one.address, one]] : [])),
    );
    const seenBefore = new Map(before.resources.map((one) => [one.address, one]));
    const homes = new Map(
      after.resources.flatMap((one) => (one.removed ? [] : [[one.address, homeOf(one)]])),
    );
    for (const [name, { address, attribute }] of after.symbols) {
      const change = byAddress.get(address);
      const was = members(change?.change.before ?? seenBefore.get(address)?.values);
      const key = text(was[attribute]);
      const isElsewhere =
        change && endpointTypes.has(change.type) && text(was["vpc_id"]) !== homes.get(address);
      if (key !== undefined && !isElsewhere) this.keys.set(name, key);
    }
    for (const { type, change } of changes) {
      if (!endpointTypes.has(type) || !change.actions.includes("delete")) continue;
      const id = text(members(change.before)["id"]);
      if (id !== undefined) this.goneIds.add(id);
    }
    this.moved = movedEndpoints(changes, after.resources);
    const ids = new Map(after.resources.flatMap((one) => (one.removed ? [] : [[one.address, one.id]])));
    for (const { from, to } of this.moved) {
      const id = ids.get(to);
      const key = text(members(from.change.before)["id"]);
      if (id !== undefined && key !== undefined) this.keys.set(id, key);
    }
    this.taken = new Set(this.keys.values());
  }

  /** Undefined for the id of an endpoint that is not there, although a policy names it. */
  keyBefore(name: string): string | undefined {
    return this.missing.has(name) ? undefined : name;
  }

  /** Whether an endpoint that is there before has nobody in its place afterwards. */
  isGone(id: string): boolean {
    return this.goneIds.has(id) && !this.taken.has(id);
  }

  /** The same for the other side. */
  keyAfter(name: string): string | undefined {
    const key = this.keys.get(name);
    if (key !== undefined) return key;
    return this.goneIds.has(name) || this.missing.has(name) ? undefined : name;
  }
}

const homeOf = ({ values }: SeenResource): string | undefined => text(values["vpc_id"]);

function movedEndpoints(changes: readonly ResourceChange[], after: readonly SeenResource[]): MovedEndpoint[] {
  const endpoints = changes.filter(({ type, deposed }) => endpointTypes.has(type) && deposed === undefined);
  const only = (action: string) =>
    endpoints.filter(({ change }) => change.actions.length === 1 && change.actions[0] === action);
  const [leaving, coming] = [only("delete"), only("create")];
  if (leaving.length === 0 || coming.length === 0) return [];
  const placeOf = ({ type, change }: ResourceChange, values: unknown, vpcId: unknown) =>
    JSON.stringify([type, vpcId, members(values)["service_name"], change.actions.length]);
  const homes = new Map(after.flatMap((one) => (one.removed ? [] : [[one.address, homeOf(one)]])));
  const byPlace = new Map<string, ResourceChange[]>();
  for (const one of coming) {
    const place = placeOf(one, one.change.after, homes.get(one.address));
    byPlace.set(place, [...(byPlace.get(place) ?? []), one]);
  }
  return leaving.flatMap((from) => {
    const vpcId = text(members(from.change.before)["vpc_id"]);
    const others = byPlace.get(placeOf(from, from.change.before, vpcId)) ?? [];
    const [only] = others;
    return only && others.length === 1 && vpcId !== undefined ? [{ from, to: only.address }] : [];
  });
}

/** Ids of endpoints that these changes have taken away. */
export function endpointsTaken(changes: readonly ResourceChange[]): ReadonlySet<string> {
  const taken = changes.filter(
    ({ type, change }) => endpointTypes.has(type) && change.actions[0] === "delete",
  );
  return new Set(taken.flatMap(({ change }) => text(members(change.before)["id"]) ?? []));
}

/** What a path shows of an endpoint. */
export function pathEndpoint({ id, name, address, vpcId, known }: EndpointRow) {
  return {
    id,
    known,
    ...(name === undefined ? {} : { name }),
    ...(address === undefined ? {} : { address }),
    ...(vpcId === undefined ? {} : { vpcId }),
  };
}
