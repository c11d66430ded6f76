import type { Call } from "../call";
import { conflictError, notFoundError, validationError } from "../protocol/aws-error";
import { checkTags, type Tag, tagNew, tagsOf } from "./aoss-tags";
import { type BatchRequest, batchErrors, selectBatch } from "./batch";
import { checkGroupCapacity } from "./collection-capacity";
import { aossArn, newCollectionId } from "./collection-names";
import type { CollectionGroup, Generation, GroupCapacityLimits, Switch } from "./collection-state";
import { page } from "./pages";

interface CreateCollectionGroupRequest {
  readonly name: string;
  readonly standbyReplicas: Switch;
  readonly generation?: Generation;
  readonly description?: string;
  readonly capacityLimits?: GroupCapacityLimits;
  readonly tags?: readonly Tag[];
}

interface UpdateCollectionGroupRequest {
  readonly id: string;
  readonly description?: string;
  readonly capacityLimits?: GroupCapacityLimits;
}

interface ListCollectionGroupsRequest {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

export function createCollectionGroup(call: Call, request: CreateCollectionGroupRequest): object {
  const { name, standbyReplicas, description, capacityLimits } = request;
  // The API's default, although the console offers the next generation first.
  const generation = request.generation ?? "CLASSIC";
  const tags = request.tags ?? [];
  checkTags(tags);
  if (generation === "NEXTGEN" && standbyReplicas === "DISABLED") {
    throw validationError("StandbyReplicas cannot be set to DISABLED for NEXTGEN collection groups.");
  }
  checkGroupCapacity(generation, capacityLimits ?? {});
  if (groupNamed(call, name)) throw conflictError(`Collection group with name ${name} already exists`);
  const id = newCollectionId(call);
  const group: CollectionGroup = {
    id,
    arn: aossArn(call, "collection-group", id),
    name,
    standbyReplicas,
    generation,
    ...(description === undefined ? {} : { description }),
    ...(capacityLimits === undefined ? {} : { capacityLimits }),
    createdDate: call.now,
    lastModifiedDate: call.now,
  };
  call.state.collectionGroups.set(id, group);
  tagNew(call, group.arn, tags);
  const { lastModifiedDate: _lastModifiedDate, ...detail } = group;
  return { createCollectionGroupDetail: { ...detail, tags: tagsOf(call, group.arn) } };
}

export function batchGetCollectionGroup(call: Call, request: BatchRequest): object {
  const { found, missing } = selectBatch([...call.state.collectionGroups.values()], request);
  return {
    collectionGroupDetails: found.map(({ lastModifiedDate: _lastModifiedDate, ...group }) => ({
      ...group,
      tags: tagsOf(call, group.arn),
      numberOfCollections: collectionsOf(call, group.name),
    })),
    collectionGroupErrorDetails: batchErrors(missing, "The specified Collection Group is not found."),
  };
}

/** Capacity limits that are not named stay as they are, which is our reading of the API reference. */
export function updateCollectionGroup(call: Call, request: UpdateCollectionGroupRequest): object {
  const group = call.state.collectionGroups.get(request.id);
  // The model gives this operation no ResourceNotFoundException.
  if (!group) throw validationError(notFoundText(request.id));
  const { description } = request;
  const capacityLimits = request.capacityLimits && { ...group.capacityLimits, ...request.capacityLimits };
  checkGroupCapacity(group.generation, capacityLimits ?? {});
  if (description !== undefined) group.description = description;
  if (capacityLimits !== undefined) group.capacityLimits = capacityLimits;
  group.lastModifiedDate = call.now;
  const { standbyReplicas: _standbyReplicas, ...detail } = group;
  return { updateCollectionGroupDetail: detail };
}

/** Only an empty group can be deleted (API reference); one that is being deleted is still in it. The words are ours. */
export function deleteCollectionGroup(call: Call, { id }: { readonly id: string }): object {
  const group = call.state.collectionGroups.get(id);
  if (!group) throw notFoundError(notFoundText(id));
  const count = collectionsOf(call, group.name);
  if (count > 0) {
    throw conflictError(
      `Collection group ${group.name} cannot be deleted because it contains ${count} collection${count === 1 ? "" : "s"}`,
    );
  }
  call.state.collectionGroups.delete(id);
  call.state.tags.delete(group.arn);
  return {};
}

export function listCollectionGroups(call: Call, request: ListCollectionGroupsRequest): object {
  const { items, nextToken } = page([...call.state.collectionGroups.values()], ({ id }) => id, request);
  return {
    collectionGroupSummaries: items.map(({ id, arn, name, createdDate, generation, capacityLimits }) => ({
      id,
      arn,
      name,
      createdDate,
      generation,
      capacityLimits,
      numberOfCollections: collectionsOf(call, name),
    })),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}

export const groupNamed = (call: Call, name: string): CollectionGroup | undefined =>
  [...call.state.collectionGroups.values()].find((group) => group.name === name);

const collectionsOf = (call: Call, name: string): number =>
  [...call.state.collections.values()].filter(({ collectionGroupName }) => collectionGroupName === name)
    .length;

const notFoundText = (id: string): string => `Collection group with ID ${id} cannot be found.`;
