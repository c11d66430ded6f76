import { Token } from "cdktf";
import type { Problem } from "../service";

/**
 * Whether a value can be judged now. A token, or a Terraform expression written as text (`${var.vpc_id}`), is known
 * only to Terraform and passes every check.
 */
export function isKnown(value: string | readonly string[]): boolean {
  // A token in text is written as an expression too, so one look tells both.
  return typeof value === "string" ? !value.includes("${") : !Token.isUnresolved(value);
}

/** Checks that a list is known now, as what stands in a policy has to be; each value in it may be a token. */
export function checkListIsKnown(what: string, list: readonly unknown[]): Problem | undefined {
  if (!Token.isUnresolved(list)) return undefined;
  return {
    problem: `${what}: a list that only Terraform knows cannot stand in a grant`,
    remedy: "name the values one by one; each may be a token",
  };
}
