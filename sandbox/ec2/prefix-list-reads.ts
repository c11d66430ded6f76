import type { Call } from "../call";
import { requireIdForm } from "../ids";
import { invalidParameterValue } from "../protocol/aws-error";
import { queryAction, type XmlElement, xmlList } from "../protocol/query-action";
import type { PrefixList } from "../state/state";
import { ec2Arn } from "./arns";
import { type FilterValues, readSelection, select } from "./describe";
import { prefixListNotFound } from "./existing";
import { tagSet, tagsOf } from "./tags";

function requirePrefixList(call: Call, id: string): PrefixList {
  const list = call.state.prefixLists.get(requireIdForm("pl", id));
  if (list) return list;
  throw prefixListNotFound(id);
}

const listFilters: FilterValues<PrefixList> = {
  "owner-id": ({ ownerId }) => [ownerId],
  "prefix-list-id": ({ id }) => [id],
  "prefix-list-name": ({ name }) => [name],
};

export const describeManagedPrefixLists = queryAction(
  (parameters) => readSelection(parameters, "PrefixListId"),
  (call, selection) => {
    for (const id of selection.ids) requirePrefixList(call, id);
    const { items, nextToken } = select(
      [...call.state.prefixLists.values()].filter(
        ({ id }) => selection.ids.length === 0 || selection.ids.includes(id),
      ),
      selection,
      listFilters,
      ({ id }) => tagsOf(call.state, id),
    );
    return { prefixListSet: xmlList(items.map((list) => describePrefixList(call, list))), nextToken };
  },
);

/** The lists of AWS services, which is what this action is for; those of customers are managed prefix lists. */
export const describePrefixLists = queryAction(
  (parameters) => readSelection(parameters, "PrefixListId"),
  (call, selection) => {
    for (const id of selection.ids) requirePrefixList(call, id);
    const { items, nextToken } = select(
      [...call.state.prefixLists.values()].filter(
        ({ id, ownerId }) => ownerId === "AWS" && (selection.ids.length === 0 || selection.ids.includes(id)),
      ),
      selection,
      listFilters,
    );
    return {
      prefixListSet: xmlList(
        items.map(({ id, name, entries }) => ({
          prefixListId: id,
          prefixListName: name,
          cidrSet: xmlList(entries.map(({ cidr }) => cidr)),
        })),
      ),
      nextToken,
    };
  },
);

/** The entries as they are; earlier versions are not kept. */
export const getManagedPrefixListEntries = queryAction(
  (parameters) => ({
    id: parameters.required("PrefixListId"),
    version: parameters.integer("TargetVersion"),
    selection: readSelection(parameters),
  }),
  (call, { id, version, selection }) => {
    const list = requirePrefixList(call, id);
    if (version !== undefined && version !== list.version) {
      throw invalidParameterValue(`The sandbox keeps the version ${list.version} of ${id} only`);
    }
    const { items, nextToken } = select(list.entries, selection, {});
    return { entrySet: xmlList(items.map((entry) => ({ ...entry }))), nextToken };
  },
);

export function describePrefixList(
  call: Call,
  list: PrefixList,
  state: string = list.lastState ?? "create-complete",
): XmlElement {
  const owner = list.ownerId === "AWS" ? "aws" : list.ownerId;
  return {
    prefixListId: list.id,
    prefixListName: list.name,
    prefixListArn: ec2Arn(call, "prefix-list", list.id, owner),
    addressFamily: list.addressFamily,
    maxEntries: list.maxEntries,
    version: list.version,
    ownerId: list.ownerId,
    state,
    stateMessage: list.lastState === "delete-failed" ? "The prefix list is in use" : undefined,
    tagSet: tagSet(tagsOf(call.state, list.id)),
  };
}
