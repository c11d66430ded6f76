import type { Call } from "../call";

/** Removes something of EC2 for good, its tags with it: in an open world too, nobody may take its id as it comes. */
export function forget(call: Call, from: Map<string, unknown>, id: string): void {
  from.delete(id);
  call.state.tags.delete(id);
  call.state.given.delete(id);
  call.accountState.issuedIds.add(id);
}
