import { Token } from "cdktf";

/**
 * Whether a value can be judged now. A token, or a Terraform expression written as text (`${var.vpc_id}`), is known
 * only to Terraform and passes every check.
 */
export function isKnown(value: string | readonly string[]): boolean {
  // A token in text is written as an expression too, so one look tells both.
  return typeof value === "string" ? !value.includes("${") : !Token.isUnresolved(value);
}
