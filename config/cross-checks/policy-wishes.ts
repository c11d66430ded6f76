import type { EncryptionWish, PrivateAccessWish } from "../../service";
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

/** The keys that a stack wants for its collections and for those of its list. */
export function encryptionWishes(stack: StackEntry): EncryptionWish[] {
  const made = Object.entries(stack.collections).flatMap(([key, entry]) =>
    isKeptElsewhere(entry) ? [] : [{ collections: [key], kmsKeyArn: encryptionKeyOf(key, entry, stack) }],
  );
  return [
    ...stack.encryption.map(({ collections, kmsKey }) => ({ collections, kmsKeyArn: kmsKey })),
    ...made,
  ];
}
