import type { Call } from "../call";
import type { XmlElement } from "../protocol/query-action";
import { invalidInput, type RestInput, type RestOperation } from "../protocol/rest-xml";
import { canonicalName, compareNames, describeZone, readVpc, requireVpc, zonesOf } from "./zones";

const maxMaxItems = 100;

export function readMaxItems({ query }: RestInput, max = maxMaxItems): number {
  const text = query.get("maxitems");
  if (text === undefined) return max;
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1) {
    throw invalidInput(
      `Value '${text}' at 'maxItems' failed to satisfy constraint: Member must be 1 or more`,
    );
  }
  return Math.min(Number(text), max);
}

export const listHostedZones: RestOperation = {
  method: "GET",
  path: "/hostedzone",
  read: (input) => {
    const marker = input.query.get("marker");
    const maxItems = readMaxItems(input);
    // The sandbox has neither reusable delegation sets nor public zones.
    const delegationSet = input.query.get("delegationsetid");
    const type = input.query.get("hostedzonetype");
    return (call) => {
      const zones = delegationSet === undefined && type !== "PublicHostedZone" ? zonesOf(call) : [];
      const start = marker === undefined ? 0 : zones.findIndex(({ id }) => id === marker);
      if (start < 0) throw invalidInput(`The marker '${marker}' is not a hosted zone`);
      const next = zones[start + maxItems];
      return {
        body: {
          HostedZones: { HostedZone: zones.slice(start, start + maxItems).map(describeZone) },
          ...(marker === undefined ? {} : { Marker: marker }),
          IsTruncated: next !== undefined,
          ...(next ? { NextMarker: next.id } : {}),
          MaxItems: maxItems,
        },
      };
    };
  },
};

export const listHostedZonesByName: RestOperation = {
  method: "GET",
  path: "/hostedzonesbyname",
  read: (input) => {
    const dnsName = input.query.get("dnsname");
    const zoneId = input.query.get("hostedzoneid");
    const maxItems = readMaxItems(input);
    const from = dnsName === undefined ? undefined : canonicalName(dnsName);
    if (zoneId !== undefined && from === undefined) {
      throw invalidInput("HostedZoneId can only be given together with DNSName");
    }
    return (call) => {
      const zones = zonesOf(call).filter(({ name, id }) => {
        if (from === undefined) return true;
        const order = compareNames(name, from);
        return order > 0 || (order === 0 && (zoneId === undefined || id >= zoneId));
      });
      const next = zones[maxItems];
      return {
        body: {
          HostedZones: { HostedZone: zones.slice(0, maxItems).map(describeZone) },
          ...(dnsName === undefined ? {} : { DNSName: dnsName }),
          ...(zoneId === undefined ? {} : { HostedZoneId: zoneId }),
          IsTruncated: next !== undefined,
          ...(next ? { NextDNSName: next.name, NextHostedZoneId: next.id } : {}),
          MaxItems: maxItems,
        },
      };
    };
  },
};

export const listHostedZonesByVpc: RestOperation = {
  method: "GET",
  path: "/hostedzonesbyvpc",
  read: (input) => {
    const vpc = readVpc(input.query.get("vpcid") ?? "", input.query.get("vpcregion") ?? "");
    const token = input.query.get("nexttoken");
    const maxItems = readMaxItems(input);
    return (call) => {
      requireVpc(call, vpc);
      const zones = zonesOf(call).filter(({ vpcs }) =>
        vpcs.some(({ id, region }) => id === vpc.id && region === vpc.region),
      );
      const start = token === undefined ? 0 : zones.findIndex(({ id }) => id === token);
      if (start < 0) throw invalidInput(`The token '${token}' is not valid`);
      const next = zones[start + maxItems];
      return {
        body: {
          HostedZoneSummaries: {
            HostedZoneSummary: zones
              .slice(start, start + maxItems)
              .map(({ id, name }): XmlElement => summary(call, id, name)),
          },
          MaxItems: maxItems,
          ...(next ? { NextToken: next.id } : {}),
        },
      };
    };
  },
};

const summary = ({ account }: Call, id: string, name: string): XmlElement => ({
  HostedZoneId: id,
  Name: name,
  Owner: { OwningAccount: account },
});
