import { Token } from "cdktf";

const opensTemplate = /[$%]\{/;
const everyOpening = /[$%]\{/g;

/**
 * Text that Terraform takes as it stands. Terraform reads `${` and `%{` in every string as the start of a
 * template, so what a person wrote has to be escaped; tokens pass.
 */
export function literal(text: string): string {
  if (!opensTemplate.test(text) || Token.isUnresolved(text)) return text;
  return text.replace(everyOpening, (opening) => `${opening.charAt(0)}${opening}`);
}
