import type { DataAccessWish, EncryptionWish, PrivateAccessWish } from "../../service";
import { isExisting, isKeptElsewhere, type StackEntry } from "../access-file";
import { encryptionKeyOf } from "../encryption-key";
import { namedEndpoint } from "../references";
import type { Stacks } from "./places";

/** The network access that a stack wants; `STACK.KEY` stands for the id of an endpoint that is not made yet. */
export function networkWishes(name: string, stack: StackEntry, stacks: Stacks): PrivateAccessWish[] {
  const endpoints = (from: readonly string[]) => from.map((one) => idFor(one, name, stacks));
  const opened = Object.entries(stack.collections).map(([key, entry]) => ({
    collections: [key],
    dashboards: entry.dashboards,
    endpoints: endpoints(entry.from),
    services: entry.services,
  }));
  const granted = stack.grants.map(({ from, ...grant }) => ({ ...grant, endpoints: endpoints(from) }));
  return [...granted, ...opened].filter(
    (wish) => wish.collections.length > 0 && wish.endpoints.length + wish.services.length > 0,
  );
}

function idFor(from: string, stack: string, stacks: Stacks): string {
  const named = namedEndpoint(from, stack, stacks);
  if (!named) return from;
  return isExisting(named.entry) ? named.entry.id : `${named.stack}.${named.key}`;
}

/** The keys that a stack wants for its collections and for those of its list; of two for one name, which is told by itself, the first. */
export function encryptionWishes(stack: StackEntry): EncryptionWish[] {
  const made = Object.entries(stack.collections).flatMap(([key, entry]) =>
    isKeptElsewhere(entry) ? [] : [{ collections: [key], kmsKeyArn: encryptionKeyOf(key, entry, stack) }],
  );
  const listed = stack.encryption.map(({ collections, kmsKey }) => ({ collections, kmsKeyArn: kmsKey }));
  const seen = new Set<string>();
  return [...listed, ...made].map(({ collections, kmsKeyArn }) => ({
    collections: collections.filter((one) => one !== "" && !seen.has(one) && seen.add(one)),
    kmsKeyArn,
  }));
}

/** The data access that a stack wants; what is granted to nobody, or without permissions, is told by itself. */
export function dataAccessWishes(stack: StackEntry): DataAccessWish[] {
  const own = Object.entries(stack.collections).flatMap(([key, { access }]) =>
    access.map(({ permissions, indexes, ...entry }) => ({
      ...entry,
      collections: permissions.length > 0 ? [key] : [],
      collectionPermissions: permissions,
      indexes: indexes.map((index) => `${key}/${index}`),
    })),
  );
  return [...stack.dataAccess, ...own]
    .map(({ principals, description, ...entry }) => ({
      principals,
      description,
      collections: given(entry.collections, entry.collectionPermissions).map((collections) => ({
        collections,
        permissions: entry.collectionPermissions,
      })),
      indexes: given(entry.indexes, entry.indexPermissions).map((indexes) => ({
        indexes,
        permissions: entry.indexPermissions,
      })),
    }))
    .filter(({ principals }) => principals.length > 0);
}

/** The names as one list, if something may be done to them. */
const given = (names: readonly string[], permissions: readonly string[]): (readonly string[])[] =>
  names.length > 0 && permissions.length > 0 ? [names] : [];
