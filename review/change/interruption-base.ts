import type { ResourceChange } from "../../terraform";
import type { InterruptionReason } from "./access-change";
import { replacedFor } from "./replacement";
import { toldText } from "./told-text";

/** What every interruption tells of the resource that it comes from. */
export function base(reason: InterruptionReason, { address, change }: ResourceChange) {
  const name = toldText(change, "name");
  return { reason, address, ...(name === undefined ? {} : { name }), because: replacedFor(change) };
}
