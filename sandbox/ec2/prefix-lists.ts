import type { Call } from "../call";
import { newId, requireIdForm } from "../ids";
import { AwsError, invalidParameterValue } from "../protocol/aws-error";
import { queryAction } from "../protocol/query-action";
import type { QueryParameters } from "../protocol/query-parameters";
import type { PrefixList } from "../state/state";
import { parseCidr } from "./cidr";
import { answerOnce } from "./client-token";
import { prefixListNotFound } from "./existing";
import { forget } from "./forget";
import { describePrefixList } from "./prefix-list-reads";
import { refuseGrowth } from "./rule-quota";
import { readTagSpecifications, setTags } from "./tags";

/** Quota table of Amazon VPC: entries of one list. */
const maxMaxEntries = 1000;

type Entry = PrefixList["entries"][number];

export const createManagedPrefixList = queryAction(
  (parameters) => ({
    name: readName(parameters.required("PrefixListName")),
    addressFamily: readAddressFamily(parameters),
    maxEntries: readMaxEntries(parameters),
    entries: parameters.list("Entry", readEntry),
    token: parameters.string("ClientToken"),
    tags: readTagSpecifications(parameters, "prefix-list"),
  }),
  (call, input) =>
    answerOnce(call, "CreateManagedPrefixList", input.token, { ...input, tags: [...input.tags] }, () => {
      const { name, addressFamily, maxEntries = 0 } = input;
      if (maxEntries === 0) {
        throw new AwsError("MissingParameter", "The request must contain the parameter MaxEntries");
      }
      const entries = checkedEntries(addressFamily, input.entries);
      refuseTooMany(entries, maxEntries);
      const id = newId("pl");
      const list: PrefixList = {
        id,
        name,
        ownerId: call.account,
        addressFamily,
        maxEntries,
        entries,
        version: 1,
      };
      call.state.prefixLists.set(id, list);
      call.accountState.issuedIds.add(id);
      setTags(call.state, id, input.tags);
      return { prefixList: describePrefixList(call, list, "create-in-progress") };
    }),
);

export const modifyManagedPrefixList = queryAction(
  (parameters) => ({
    id: parameters.required("PrefixListId"),
    currentVersion: parameters.integer("CurrentVersion"),
    name: readNewName(parameters.string("PrefixListName")),
    maxEntries: readMaxEntries(parameters),
    add: parameters.list("AddEntry", readEntry),
    remove: parameters.list("RemoveEntry", readEntry),
  }),
  (call, { id, currentVersion, name, maxEntries, add, remove }) => {
    const list = ownPrefixList(call, id);
    const changesEntries = add.length > 0 || remove.length > 0;
    if (maxEntries !== undefined && changesEntries) {
      // API reference, ModifyManagedPrefixList: not both in one request.
      throw new AwsError(
        "InvalidParameterCombination",
        "You cannot modify the entries and the maximum entries for the prefix list in the same request.",
      );
    }
    if (changesEntries && currentVersion === undefined) {
      throw new AwsError("MissingParameter", "The request must contain the parameter CurrentVersion");
    }
    if (currentVersion !== undefined && currentVersion !== list.version) {
      throw new AwsError("PrefixListVersionMismatch", "The prefix list has the incorrect version number.");
    }
    const removed = checkedEntries(list.addressFamily, remove).map(({ cidr }) => cidr);
    for (const cidr of removed) {
      if (!list.entries.some((entry) => entry.cidr === cidr)) {
        throw invalidParameterValue(`The prefix list ${id} has no entry ${cidr}.`);
      }
    }
    const added = checkedEntries(list.addressFamily, add);
    const both = added.find(({ cidr }) => removed.includes(cidr));
    if (both) {
      throw invalidParameterValue(
        `Request cannot contain Cidr ${both.cidr} in both AddPrefixListEntries and RemovePrefixListEntries`,
      );
    }
    const kept = list.entries.filter(
      ({ cidr }) => !removed.includes(cidr) && !added.some((entry) => entry.cidr === cidr),
    );
    const entries = [...kept, ...added];
    refuseTooMany(entries, maxEntries ?? list.maxEntries);
    if (maxEntries !== undefined && maxEntries > list.maxEntries) refuseGrowth(call.state, id, maxEntries);
    list.lastState = "modify-complete";
    if (name !== undefined) list.name = name;
    if (maxEntries !== undefined) list.maxEntries = maxEntries;
    if (changesEntries) {
      list.entries = entries;
      list.version += 1;
    }
    return { prefixList: describePrefixList(call, list, "modify-in-progress") };
  },
);

/**
 * A list that a rule still names is not deleted: EC2 takes the request, and the list comes to rest in the state
 * delete-failed (hashicorp/terraform-provider-aws#20991).
 */
export const deleteManagedPrefixList = queryAction(
  (parameters) => ({ id: parameters.required("PrefixListId") }),
  (call, { id }) => {
    const list = ownPrefixList(call, id);
    const isReferenced = [...call.state.securityGroupRules.values()].some(
      ({ source }) => source.value === id,
    );
    if (isReferenced) list.lastState = "delete-failed";
    else forget(call, call.state.prefixLists, id);
    return { prefixList: describePrefixList(call, list, "delete-in-progress") };
  },
);

function ownPrefixList(call: Call, id: string): PrefixList {
  const list = call.state.prefixLists.get(requireIdForm("pl", id));
  if (!list) throw prefixListNotFound(id);
  if (list.ownerId === call.account) return list;
  throw new AwsError("OperationNotPermitted", `The prefix list ${id} is owned by ${list.ownerId}`);
}

const readEntry = (entry: QueryParameters): Entry => {
  const cidr = entry.required("Cidr");
  const description = entry.string("Description");
  if (description !== undefined && description.length > 255) {
    throw invalidParameterValue("Description must have a length of at most 255 characters");
  }
  return { cidr, ...(description ? { description } : {}) };
};

function checkedEntries(family: PrefixList["addressFamily"], entries: readonly Entry[]): readonly Entry[] {
  const checked = entries.map((entry) => {
    const cidr = parseCidr(entry.cidr);
    if (cidr?.family !== family) {
      throw invalidParameterValue(`The CIDR ${entry.cidr} is not a valid ${family} CIDR block.`);
    }
    return { ...entry, cidr: cidr.text };
  });
  const twice = checked.find(({ cidr }, index) => checked.findIndex((each) => each.cidr === cidr) !== index);
  if (twice) throw invalidParameterValue(`The CIDR ${twice.cidr} is specified more than once.`);
  return checked;
}

function refuseTooMany(entries: readonly Entry[], maxEntries: number): void {
  if (entries.length <= maxEntries) return;
  throw new AwsError(
    "PrefixListMaxEntriesExceeded",
    `${entries.length} entries exceed the maximum of ${maxEntries} of the prefix list.`,
  );
}

/** API reference, CreateManagedPrefixList: up to 255 characters, not starting with com.amazonaws. */
function readName(name: string): string {
  if (name !== "" && name.length <= 255 && !name.startsWith("com.amazonaws")) return name;
  throw invalidParameterValue(`Invalid prefix list name '${name}'`);
}

const readNewName = (name: string | undefined): string | undefined =>
  name === undefined ? undefined : readName(name);

function readAddressFamily(parameters: QueryParameters): PrefixList["addressFamily"] {
  const family = parameters.required("AddressFamily");
  if (family === "IPv4" || family === "IPv6") return family;
  throw invalidParameterValue(`Invalid value '${family}' for AddressFamily`);
}

function readMaxEntries(parameters: QueryParameters): number | undefined {
  const maxEntries = parameters.integer("MaxEntries");
  if (maxEntries === undefined || (maxEntries >= 1 && maxEntries <= maxMaxEntries)) return maxEntries;
  throw invalidParameterValue(`Invalid value '${maxEntries}' for MaxEntries`);
}
