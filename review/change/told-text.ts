import type { Change } from "../../terraform";
import { isOpen, members, text } from "../world";

/** A text as it was before a change, to be shown; undefined where there is none, or nobody may see it. */
export function toldText({ before, before_sensitive: sensitive }: Change, name: string): string | undefined {
  if (sensitive === true || isOpen(members(sensitive)[name])) return undefined;
  return text(members(before)[name]);
}
