import type { Call } from "../call";
import { conflictError, notFoundError, validationError } from "../protocol/aws-error";
import { checkTags, type Tag, tagNew } from "./aoss-tags";
import { type BatchRequest, batchErrors, selectBatch } from "./batch";
import { checkAccountCapacity } from "./collection-capacity";
import { type EncryptionConfig, keyOfNewCollection } from "./collection-encryption";
import { endpointsOf } from "./collection-endpoints";
import { groupNamed } from "./collection-groups";
import { aossArn, newCollectionId } from "./collection-names";
import { ensureServiceLinkedRole, forwardCreateCollection } from "./collection-permissions";
import type { Collection, CollectionGroup, CollectionType, Switch, VectorOptions } from "./collection-state";
import { page } from "./pages";

interface CreateCollectionRequest {
  readonly name: string;
  readonly type?: CollectionType;
  readonly description?: string;
  readonly standbyReplicas?: Switch;
  readonly deletionProtection?: Switch;
  readonly vectorOptions?: VectorOptions;
  readonly collectionGroupName?: string;
  readonly encryptionConfig?: EncryptionConfig;
  readonly tags?: readonly Tag[];
}

interface UpdateCollectionRequest {
  readonly id: string;
  readonly description?: string;
  readonly deletionProtection?: Switch;
  readonly vectorOptions?: VectorOptions;
}

interface ListCollectionsRequest {
  readonly collectionFilters?: {
    readonly name?: string;
    readonly status?: string;
    readonly collectionGroupName?: string;
  };
  readonly maxResults?: number;
  readonly nextToken?: string;
}

export function createCollection(call: Call, request: CreateCollectionRequest): object {
  const { name, description, vectorOptions } = request;
  const { collections } = call.state;
  const tags = request.tags ?? [];
  checkTags(tags);
  const type = request.type ?? "TIMESERIES";
  const group = joinedGroup(call, request, type);
  if ([...collections.values()].some((other) => other.name === name)) {
    throw conflictError(`Collection with name ${name} already exists`);
  }
  const kmsKeyArn = keyOfNewCollection(call, name, request.encryptionConfig);
  const standbyReplicas = request.standbyReplicas ?? group?.standbyReplicas ?? "ENABLED";
  const chosen = { type, standbyReplicas, kmsKeyArn, ...(group ? { collectionGroupName: group.name } : {}) };
  checkAccountCapacity(call, chosen);
  forwardCreateCollection(call, kmsKeyArn, group?.name);

  const id = newCollectionId(call);
  const collection: Collection = {
    id,
    arn: aossArn(call, "collection", id),
    name,
    ...chosen,
    generation: group?.generation ?? "CLASSIC",
    ...(description === undefined ? {} : { description }),
    deletionProtection: request.deletionProtection ?? "DISABLED",
    ...(vectorOptions === undefined ? {} : { vectorOptions }),
    status: "CREATING",
    settlesAt: call.now + call.duration("collection create"),
    createdDate: call.now,
    lastModifiedDate: call.now,
  };
  ensureServiceLinkedRole(call);
  collections.set(id, collection);
  tagNew(call, collection.arn, tags);
  return { createCollectionDetail: commonDetailOf(collection) };
}

export function batchGetCollection(call: Call, request: BatchRequest): object {
  const { found, missing } = selectBatch([...call.state.collections.values()], request);
  return {
    collectionDetails: found.map((collection) => ({
      ...commonDetailOf(collection),
      ...endpointsOf(collection, call.region),
      failureCode: collection.failureCode,
      failureMessage: collection.failureMessage,
    })),
    collectionErrorDetails: batchErrors(missing, "The specified Collection is not found."),
  };
}

export function updateCollection(call: Call, request: UpdateCollectionRequest): object {
  const collection = call.state.collections.get(request.id);
  // The model gives this operation no ResourceNotFoundException.
  if (!collection) throw validationError(notFoundText(request.id));
  if (collection.status !== "ACTIVE" && collection.status !== "UPDATE_FAILED") {
    throw conflictError(
      `Collection ${collection.id} cannot be updated while its status is ${collection.status}`,
    );
  }
  const { description, deletionProtection, vectorOptions } = request;
  if (description !== undefined) collection.description = description;
  if (deletionProtection !== undefined) collection.deletionProtection = deletionProtection;
  if (vectorOptions !== undefined) {
    collection.vectorOptions = vectorOptions;
    // The API got the status UPDATING together with vector options; before, there was only a description to change.
    collection.status = "UPDATING";
    collection.settlesAt = call.now + call.duration("collection update");
  }
  collection.lastModifiedDate = call.now;
  const {
    kmsKeyArn: _kmsKeyArn,
    standbyReplicas: _standbyReplicas,
    collectionGroupName: _collectionGroupName,
    ...detail
  } = commonDetailOf(collection);
  return { updateCollectionDetail: detail };
}

export function deleteCollection(call: Call, request: { readonly id: string }): object {
  const collection = call.state.collections.get(request.id);
  if (!collection) throw notFoundError(notFoundText(request.id));
  const { id, name, deletionProtection } = collection;
  if (!["ACTIVE", "FAILED", "UPDATE_FAILED"].includes(collection.status)) {
    throw conflictError(`Collection ${id} cannot be deleted while its status is ${collection.status}`);
  }
  // That it is refused is documented; under which error and in which words is not.
  if (deletionProtection === "ENABLED") {
    throw validationError(`Collection ${id} cannot be deleted because its deletion protection is ENABLED`);
  }
  collection.status = "DELETING";
  collection.settlesAt = call.now + call.duration("collection delete");
  return { deleteCollectionDetail: { id, name, status: collection.status, deletionProtection } };
}

export function listCollections(call: Call, request: ListCollectionsRequest): object {
  const { name, status, collectionGroupName } = request.collectionFilters ?? {};
  const matching = [...call.state.collections.values()].filter(
    (collection) =>
      (name === undefined || collection.name === name) &&
      (status === undefined || collection.status === status) &&
      (collectionGroupName === undefined || collection.collectionGroupName === collectionGroupName),
  );
  const { items, nextToken } = page(matching, ({ id }) => id, request);
  return {
    collectionSummaries: items.map((collection) => ({
      id: collection.id,
      arn: collection.arn,
      name: collection.name,
      status: collection.status,
      kmsKeyArn: collection.kmsKeyArn,
      collectionGroupName: collection.collectionGroupName,
    })),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}

const notFoundText = (id: string): string => `Collection with ID ${id} cannot be found.`;

/** What the details of create, get and update have in common; a member that is undefined is not sent. */
const commonDetailOf = (collection: Collection) => ({
  id: collection.id,
  arn: collection.arn,
  name: collection.name,
  type: collection.type,
  status: collection.status,
  description: collection.description,
  kmsKeyArn: collection.kmsKeyArn,
  standbyReplicas: collection.standbyReplicas,
  deletionProtection: collection.deletionProtection,
  vectorOptions: collection.vectorOptions,
  collectionGroupName: collection.collectionGroupName,
  createdDate: collection.createdDate,
  lastModifiedDate: collection.lastModifiedDate,
});

/**
 * The group that a new collection joins. AWS's guides say that TIMESERIES does not exist in NEXTGEN and that a
 * collection shares the standby setting of its group; the words, and the error for a group that is not there, are ours.
 */
function joinedGroup(
  call: Call,
  { collectionGroupName: name, standbyReplicas }: CreateCollectionRequest,
  type: CollectionType,
): CollectionGroup | undefined {
  if (name === undefined) return undefined;
  const group = groupNamed(call, name);
  if (!group) throw validationError(`Collection group with name ${name} is not found`);
  if (group.generation === "NEXTGEN" && type === "TIMESERIES") {
    throw validationError(
      `Collection type TIMESERIES is not supported in the NEXTGEN collection group ${name}`,
    );
  }
  if (standbyReplicas !== undefined && standbyReplicas !== group.standbyReplicas) {
    throw validationError(
      `StandbyReplicas ${standbyReplicas} does not match the collection group ${name}, which has ${group.standbyReplicas}`,
    );
  }
  return group;
}
