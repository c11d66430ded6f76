import type { ResourceChange } from "../../terraform";
import { members, text } from "../world";
import type { InterruptionReason } from "./access-change";
import { replacedFor } from "./replacement";

/** What every interruption tells of the resource that it comes from. */
export function base(reason: InterruptionReason, { address, change }: ResourceChange) {
  const name = text(members(change.before)["name"]);
  return { reason, address, ...(name === undefined ? {} : { name }), because: replacedFor(change) };
}
