import type { Call } from "../call";
import { AwsError } from "../protocol/aws-error";
import type { XmlElement } from "../protocol/query-action";
import { invalidInput, type RestOperation, type XmlReader } from "../protocol/rest-xml";
import type { HostedZone, RecordSet } from "../state/state";
import { newChange } from "./changes";
import { checkRecordSet } from "./record-checks";
import { readMaxItems } from "./zone-lists";
import { canonicalName, compareNames, requireOwnZone, requireZone } from "./zones";

interface Change {
  readonly action: "CREATE" | "DELETE" | "UPSERT";
  readonly recordSet: RecordSet;
}

/** All changes of a batch are made, or none. */
export const changeResourceRecordSets: RestOperation = {
  method: "POST",
  path: "/hostedzone/{Id}/rrset",
  root: "ChangeResourceRecordSetsRequest",
  read: ({ path: { Id: id = "" }, body }) => {
    const batch = body.child("ChangeBatch");
    batch.string("Comment");
    const changes = batch.child("Changes").all("Change").map(readChange);
    if (changes.length === 0) throw invalidInput("Invalid XML ; ChangeBatch.Changes must hold a Change");
    return (call) => {
      const zone = requireOwnZone(call, id);
      const refusals: string[] = [];
      let recordSets = zone.recordSets;
      for (const { action, recordSet } of changes) {
        const refusal =
          checkRecordSet(zone.name, recordSet) ?? refusalOf(zone, recordSets, action, recordSet);
        if (refusal === undefined) recordSets = changed(recordSets, action, recordSet);
        else refusals.push(refusal);
      }
      if (refusals.length > 0) throw new AwsError("InvalidChangeBatch", `[${refusals.join(", ")}]`);
      zone.recordSets = recordSets;
      return { body: { ChangeInfo: newChange(call) } };
    };
  },
};

export const listResourceRecordSets: RestOperation = {
  method: "GET",
  path: "/hostedzone/{Id}/rrset",
  read: (input) => {
    const { Id: id = "" } = input.path;
    const name = input.query.get("name");
    const type = input.query.get("type");
    const identifier = input.query.get("identifier");
    const maxItems = readMaxItems(input, 300);
    if (type !== undefined && name === undefined) {
      throw invalidInput("StartRecordType can only be given together with StartRecordName");
    }
    const from = name === undefined ? undefined : canonicalName(name);
    return (call: Call) => {
      const { recordSets } = requireZone(call, id);
      const ordered = [...recordSets].sort(compare).filter((recordSet) => {
        if (from === undefined) return true;
        return (
          compare(recordSet, {
            name: from,
            type: type ?? "",
            values: [],
            ...(identifier === undefined ? {} : { setIdentifier: identifier }),
          }) >= 0
        );
      });
      const next = ordered[maxItems];
      return {
        body: {
          ResourceRecordSets: { ResourceRecordSet: ordered.slice(0, maxItems).map(describe) },
          IsTruncated: next !== undefined,
          ...(next ? { NextRecordName: next.name, NextRecordType: next.type } : {}),
          ...(next?.setIdentifier === undefined ? {} : { NextRecordIdentifier: next.setIdentifier }),
          MaxItems: maxItems,
        },
      };
    };
  },
};

function compare(one: RecordSet, other: RecordSet): number {
  const byName = compareNames(one.name, other.name);
  if (byName !== 0) return byName;
  const [a, b] = [one, other].map(({ type, setIdentifier = "" }) => `${type} ${setIdentifier}`);
  if (a === b) return 0;
  return (a ?? "") < (b ?? "") ? -1 : 1;
}

function readChange(change: XmlReader): Change {
  const action = change.required("Action");
  if (action !== "CREATE" && action !== "DELETE" && action !== "UPSERT") {
    throw invalidInput(
      `Invalid XML ; cvc-enumeration-valid: Value '${action}' is not facet-valid with respect to enumeration ` +
        "'[CREATE, DELETE, UPSERT]'.",
    );
  }
  const given = change.child("ResourceRecordSet");
  const optional = <Key extends string, Value>(key: Key, value: Value | undefined) =>
    (value === undefined ? {} : { [key]: value }) as { [name in Key]?: Value };
  const alias = given.has("AliasTarget") ? given.child("AliasTarget") : undefined;
  return {
    action,
    recordSet: {
      name: canonicalName(given.required("Name")),
      type: given.required("Type"),
      ...optional("setIdentifier", given.string("SetIdentifier")),
      ...optional("weight", given.integer("Weight")),
      ...optional("multiValueAnswer", given.boolean("MultiValueAnswer")),
      ...optional("ttl", given.integer("TTL")),
      values: given
        .child("ResourceRecords")
        .all("ResourceRecord")
        .map((record) => record.required("Value")),
      ...(alias
        ? {
            alias: {
              hostedZoneId: alias.required("HostedZoneId"),
              dnsName: canonicalName(alias.required("DNSName")),
              evaluateTargetHealth: alias.boolean("EvaluateTargetHealth") ?? false,
            },
          }
        : {}),
    },
  };
}

const isSame = (one: RecordSet, other: RecordSet): boolean =>
  one.name === other.name && one.type === other.type && one.setIdentifier === other.setIdentifier;

/** What speaks against a change, in Route 53's words. */
function refusalOf(
  zone: HostedZone,
  current: readonly RecordSet[],
  action: Change["action"],
  recordSet: RecordSet,
): string | undefined {
  const { name, type } = recordSet;
  const named = `[name='${name}', type='${type}'${recordSet.setIdentifier === undefined ? "" : `, set-identifier='${recordSet.setIdentifier}'`}]`;
  const existing = current.find((each) => isSame(each, recordSet));
  if (action === "DELETE") {
    if (!existing) return `Tried to delete resource record set ${named} but it was not found`;
    if (name === zone.name && (type === "NS" || type === "SOA")) {
      return type === "SOA"
        ? "A HostedZone must contain exactly one SOA record."
        : "A HostedZone must contain at least one NS record for the zone itself.";
    }
    return JSON.stringify(normal(existing)) === JSON.stringify(normal(recordSet))
      ? undefined
      : `Tried to delete resource record set ${named} but the values provided do not match the current values`;
  }
  if (existing) {
    return action === "CREATE"
      ? `Tried to create resource record set ${named} but it already exists`
      : undefined;
  }
  const others = current.filter((each) => each.name === name);
  if (others.some((other) => (other.type === "CNAME") !== (type === "CNAME"))) {
    return `RRSet of type ${type} with DNS name ${name} is not permitted because a conflicting RRSet with the same DNS name already exists in zone ${zone.name}`;
  }
  const isMixed = others.some(
    (other) =>
      other.type === type && (other.setIdentifier === undefined) !== (recordSet.setIdentifier === undefined),
  );
  return isMixed
    ? `RRSet with DNS name ${name}, type ${type} cannot be created as a RRSet with the same name and type but another routing policy already exists`
    : undefined;
}

const normal = ({ values, ttl, weight, alias, multiValueAnswer }: RecordSet) => [
  [...values].sort(),
  ttl,
  weight,
  multiValueAnswer,
  alias && [alias.hostedZoneId, alias.dnsName, alias.evaluateTargetHealth],
];

function changed(
  current: readonly RecordSet[],
  action: Change["action"],
  recordSet: RecordSet,
): readonly RecordSet[] {
  const others = current.filter((each) => !isSame(each, recordSet));
  return action === "DELETE" ? others : [...others, recordSet];
}

const describe = (recordSet: RecordSet): XmlElement => ({
  Name: recordSet.name,
  Type: recordSet.type,
  SetIdentifier: recordSet.setIdentifier,
  Weight: recordSet.weight,
  MultiValueAnswer: recordSet.multiValueAnswer,
  ...(recordSet.alias
    ? {
        AliasTarget: {
          HostedZoneId: recordSet.alias.hostedZoneId,
          DNSName: recordSet.alias.dnsName,
          EvaluateTargetHealth: recordSet.alias.evaluateTargetHealth,
        },
      }
    : {
        TTL: recordSet.ttl,
        ResourceRecords: { ResourceRecord: recordSet.values.map((Value) => ({ Value })) },
      }),
});
