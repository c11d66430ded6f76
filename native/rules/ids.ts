import { checkId, type IdKind, idForms } from "../../service";
import { matches } from "../hcl";
import { given, message, type Rule, ruleOn } from "../message";

/**
 * Ids that have not the form of their kind.
 * @param items expression of a list of `{ at, value }`
 */
export const wrongIds = (kind: IdKind, items: string): Rule =>
  ruleOn(
    `one in ${items}`,
    message("one.at", checkId(kind, given), { [given]: "one.value" }),
    `!${matches(idForms[kind].pattern, "one.value")}`,
  );
