import { deriveName } from "../service";
import type { ManagedEndpointEntry } from "./access-file";

/** The name of an endpoint in AWS: as given, else made of stack and key so that it is unique in the account. */
export function endpointName(stack: string, key: string, entry: Pick<ManagedEndpointEntry, "name">): string {
  return entry.name ?? deriveName(stack, key);
}
