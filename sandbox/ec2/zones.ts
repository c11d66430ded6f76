import type { Call } from "../call";
import { invalidParameterValue } from "../protocol/aws-error";
import { queryAction, type XmlElement, xmlList } from "../protocol/query-action";
import { zoneLetters } from "../world/zone-letters";
import { type FilterValues, readFilters, select } from "./describe";

export interface Zone {
  readonly name: string;
  readonly id: string;
}

/** The zones of the Region; a zone in which the world has a subnet is one of them. */
export function zonesOf({ region, state }: Pick<Call, "region" | "state">): readonly Zone[] {
  const names = new Set([...zoneLetters(region)].map((letter) => `${region}${letter}`));
  for (const { availabilityZone } of state.subnets.values()) names.add(availabilityZone);
  return [...names].sort().map((name) => ({ name, id: zoneId(region, name) }));
}

/** `euc1-az1` for `eu-central-1a`: in AWS the number differs between accounts, here it follows the letter. */
export function zoneId(region: string, zone: string): string {
  const [area = "", ...rest] = region.split("-");
  const number = rest.pop() ?? "";
  const direction = rest
    .join("-")
    .replace(/(north|south)(east|west)/, (_all, one: string, other: string) => `${one[0]}${other[0]}`)
    .replace(/gov-/, "g")
    .replace(/^(g?)(north|south|east|west|central)$/, (_all, gov: string, point: string) => gov + point[0]);
  return `${area}${direction}${number}-az${zone.charCodeAt(zone.length - 1) - 96}`;
}

const zoneFilters = (region: string): FilterValues<Zone> => ({
  "group-name": () => [region],
  "opt-in-status": () => ["opt-in-not-required"],
  "region-name": () => [region],
  state: () => ["available"],
  "zone-id": ({ id }) => [id],
  "zone-name": ({ name }) => [name],
  "zone-type": () => ["availability-zone"],
});

/** All zones at once: the action has neither MaxResults nor NextToken, so that these are refused. */
export const describeAvailabilityZones = queryAction(
  (parameters) => {
    parameters.boolean("AllAvailabilityZones");
    return {
      filters: readFilters(parameters),
      names: parameters.strings("ZoneName"),
      ids: parameters.strings("ZoneId"),
    };
  },
  (call, { filters, names, ids }) => {
    const zones = zonesOf(call);
    for (const name of names) {
      if (!zones.some((zone) => zone.name === name)) {
        throw invalidParameterValue(`Invalid availability zone: [${name}]`);
      }
    }
    for (const id of ids) {
      if (!zones.some((zone) => zone.id === id)) {
        throw invalidParameterValue(`Invalid availability zone-id: [${id}]`);
      }
    }
    const { items } = select(
      zones.filter(
        ({ name, id }) =>
          (names.length === 0 || names.includes(name)) && (ids.length === 0 || ids.includes(id)),
      ),
      { ids: [], filters },
      zoneFilters(call.region),
    );
    return { availabilityZoneInfo: xmlList(items.map((zone) => describe(call.region, zone))) };
  },
);

const describe = (region: string, { name, id }: Zone): XmlElement => ({
  optInStatus: "opt-in-not-required",
  messageSet: xmlList([]),
  regionName: region,
  zoneName: name,
  zoneId: id,
  groupName: region,
  networkBorderGroup: region,
  zoneType: "availability-zone",
  zoneState: "available",
});
