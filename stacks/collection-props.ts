import {
  type CollectionEntry,
  type DataAccessEntry,
  type EncryptionEntry,
  encryptionKeyOf,
  isKeptElsewhere,
  type MadeCollectionEntry,
  type RetentionEntry,
  type StackEntry,
} from "../config";
import {
  Collection,
  type DataAccessGrant,
  type Encryption,
  type LifecycleRule,
  type PrivateCollectionProps,
} from "../modules";

/** A collection as its construct takes it, without the endpoints that reach it. */
export function collectionProps(
  name: string,
  entry: CollectionEntry,
  stack: StackEntry,
): PrivateCollectionProps {
  return {
    ...(isKeptElsewhere(entry)
      ? { collection: Collection.fromCollectionName(name, defined({ generation: entry.generation })) }
      : madeProps(name, entry, stack)),
    services: entry.services,
    dashboards: entry.dashboards,
    dataAccess: entry.access.map(({ principals, permissions, indexes, indexPermissions, description }) => ({
      principals,
      collectionPermissions: permissions,
      indexes,
      indexPermissions,
      ...defined({ description }),
    })),
    retention: entry.retention.map(lifecycleRule),
  };
}

function madeProps(name: string, entry: MadeCollectionEntry, stack: StackEntry): PrivateCollectionProps {
  const { type, description, standbyReplicas, generation, group, tags } = entry;
  const kmsKeyArn = encryptionKeyOf(name, entry, stack);
  return {
    name,
    type,
    standbyReplicas,
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
    ...defined({ description, generation, collectionGroupName: group, kmsKeyArn }),
  };
}

/** An entry of `dataAccess` as its construct takes it. */
export const dataAccessGrant = ({ description, ...rest }: DataAccessEntry): DataAccessGrant => ({
  ...rest,
  ...defined({ description }),
});

/** An entry of `encryption` as its construct takes it. */
export const encryption = ({ collections, kmsKey }: EncryptionEntry): Encryption => ({
  collections,
  ...defined({ kmsKeyArn: kmsKey }),
});

/** An entry of `lifecycle`, or of a collection's `retention`, as its construct takes it. */
export const lifecycleRule = ({ indexes, keepDays }: RetentionEntry): LifecycleRule => ({
  indexes,
  ...defined({ keepDays }),
});

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Only what there is: the constructs tell apart what is not given and what is undefined. */
function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}
