import type { AccessRows, EndpointRow, Generation, NetworkPolicyBlock } from "../../service";
import type { Who } from "./access-path";
import { pathEndpoint, type SameWho } from "./same-who";

const publicBit = 1n;

/** An endpoint as either side has it. */
export interface EndpointPair {
  readonly before?: EndpointRow | undefined;
  readonly after?: EndpointRow | undefined;
}

export type SideName = "before" | "after";

/** Everybody who gets in by a network on either side, a bit for each: the public first, endpoints, then services. */
export class WhoTable {
  readonly endpoints: readonly EndpointPair[];
  /** The bits of all endpoints. */
  readonly allEndpoints: bigint;
  /** The bits of those that are there before and have nobody in their place afterwards. */
  readonly goneBits: bigint;
  private readonly services: readonly string[];
  private readonly endpointBits: Readonly<Record<SideName, ReadonlyMap<string, bigint>>>;
  private readonly serviceBits: ReadonlyMap<string, bigint>;
  private readonly serving: Readonly<Record<SideName, Readonly<Record<Generation | "any", bigint>>>>;

  constructor(before: AccessRows, after: AccessRows, same: SameWho) {
    const pairs = new Map<string, { before?: EndpointRow; after?: EndpointRow }>();
    const add = (side: SideName, row: EndpointRow, key: string | undefined) => {
      if (key !== undefined) pairs.set(key, { ...pairs.get(key), [side]: row });
    };
    for (const row of before.endpoints) add("before", row, row.known ? row.id : same.keyBefore(row.id));
    for (const row of after.endpoints) add("after", row, same.keyAfter(row.id));
    this.endpoints = [...pairs.values()];
    this.services = [...new Set([...before.services, ...after.services].map(({ service }) => service))];
    const bitOf = (place: number) => 1n << BigInt(place + 1);
    const bitsOn = (side: SideName) =>
      new Map(this.endpoints.flatMap((pair, place) => (pair[side] ? [[pair[side].id, bitOf(place)]] : [])));
    this.endpointBits = { before: bitsOn("before"), after: bitsOn("after") };
    this.serviceBits = new Map(
      this.services.map((service, place) => [service, bitOf(this.endpoints.length + place)]),
    );
    this.goneBits = this.endpoints.reduce(
      (bits, { before }, place) => (before && same.isGone(before.id) ? bits | bitOf(place) : bits),
      0n,
    );
    this.allEndpoints = bitOf(this.endpoints.length) - 2n;
    const servingOn = (side: SideName, generation?: Generation) =>
      this.endpoints.reduce((bits, pair, place) => {
        const row = pair[side];
        const serves = row && (!generation || (row.generation ?? generation) === generation);
        return serves ? bits | bitOf(place) : bits;
      }, 0n);
    const serving = (side: SideName) => ({
      any: servingOn(side),
      classic: servingOn(side, "classic"),
      nextgen: servingOn(side, "nextgen"),
    });
    this.serving = { before: serving("before"), after: serving("after") };
  }

  /** Whom a block of a network policy names. */
  bitsOf(
    side: SideName,
    { AllowFromPublic, SourceVPCEs = [], SourceServices = [] }: NetworkPolicyBlock,
  ): bigint {
    if (AllowFromPublic) return publicBit;
    let bits = 0n;
    for (const id of SourceVPCEs) bits |= this.endpointBits[side].get(id) ?? 0n;
    for (const service of SourceServices) bits |= this.serviceBits.get(service) ?? 0n;
    return bits;
  }

  /**
   * Who gets in, of those named: endpoints of the generation alone; the public brings all endpoints with it
   * (developer guide, serverless-network: public beats private).
   */
  letIn(side: SideName, named: bigint, generation: Generation | undefined): bigint {
    const serving = this.serving[side][generation ?? "any"];
    const endpoints = isPublic(named) ? serving : named & serving;
    return (named & ~this.allEndpoints) | endpoints;
  }

  /** Services never reach dashboards. */
  get dashboardBits(): bigint {
    return this.allEndpoints | publicBit;
  }

  /** Everybody in a set of bits, as the side has it. */
  whoIn(bits: bigint, side: SideName): Who[] {
    return placesIn(bits).flatMap((place) => this.whoAt(place, side) ?? []);
  }

  /** The same with the bit of each. */
  whoWithBits(bits: bigint, side: SideName): [Who, bit: bigint][] {
    return placesIn(bits).flatMap((place) => {
      const who = this.whoAt(place, side);
      return who ? [[who, 1n << BigInt(place)] as [Who, bigint]] : [];
    });
  }

  /** The endpoints in a set of bits, as places in `endpoints`. */
  endpointsIn = (bits: bigint): number[] => placesIn(bits & this.allEndpoints).map((place) => place - 1);

  /** The bit of an endpoint of `endpoints`. */
  bitOfEndpoint = (index: number): bigint => 1n << BigInt(index + 1);

  private whoAt(place: number, side: SideName): Who | undefined {
    if (place === 0) return { kind: "public" };
    const pair = this.endpoints[place - 1];
    const row = pair?.[side] ?? pair?.before ?? pair?.after;
    if (row) return { kind: "endpoint", ...pathEndpoint(row) };
    const service = this.services[place - 1 - this.endpoints.length];
    return service === undefined ? undefined : { kind: "service", service };
  }
}

export const isPublic = (bits: bigint): boolean => (bits & publicBit) !== 0n;

/** The places of the bits that are set, from the lowest on. */
function placesIn(bits: bigint): number[] {
  if (bits === 0n) return [];
  // as text, since shifting a long number bit by bit costs its length each time
  const digits = bits.toString(2);
  const places: number[] = [];
  for (let at = digits.lastIndexOf("1"); at >= 0; at = at === 0 ? -1 : digits.lastIndexOf("1", at - 1)) {
    places.push(digits.length - 1 - at);
  }
  return places;
}
