import type { SynthesizedConfig } from "../terraform";

/** The value of an attribute that is known already, by address and attribute; nothing where it comes with the apply. */
export type KnownValues = (address: string, attribute: string) => string | undefined;

const nothingKnown: KnownValues = () => undefined;

/** A reference in an expression: `[data.]TYPE.NAME[INDEX].ATTRIBUTE`. */
const references = /(?<![\w."])((?:data\.)?[a-z]\w*\.[A-Za-z_][\w-]*)(?:\[[^\]]*\])?\.([a-z_]+)\b/g;

/**
 * Puts a readable name in place of each reference in a Terraform expression: `${aws_x.apps.id}` becomes
 * `<id of apps>`, or the value itself where it is known already. The name is the construct's path where CDKTF noted
 * one.
 */
export function symbolic(
  expression: string,
  config: SynthesizedConfig,
  known: KnownValues = nothingKnown,
): string {
  return expression
    .replace(/(?<!\$)\$\{((?:[^{}"]|"(?:[^"\\]|\\.)*")+)\}/g, (_whole, inner: string) => {
      let isWhole = false;
      const readable = inner.replace(references, (reference, address: string, attribute: string) => {
        isWhole = reference === inner;
        const name = shortName(address, config) ?? address.replace(/^(data\.)?[^.]+\./, "");
        return (
          known(address, attribute) ?? (isWhole ? `<${attribute} of ${name}>` : `${attribute} of ${name}`)
        );
      });
      return isWhole ? readable : `<${readable}>`;
    })
    .replace(/([$%])\1\{/g, "$1{");
}

/** The construct's path without the stack, and without the parts that CDKTF's own addresses leave out. */
function shortName(address: string, config: SynthesizedConfig): string | undefined {
  const steps = config.get(address)?.constructPath?.split("/").slice(1);
  return steps?.filter((step) => step !== "Default" && step !== "Resource").join("/") || undefined;
}
