import { didYouMean } from "../service";
import { CommandError } from "./command-error";
import type { SynthesizedStack } from "./run-app";

/** The stacks that are named, all of them where none is. */
export function namedStacks(
  stacks: readonly SynthesizedStack[],
  names: readonly string[],
  command: string,
): readonly SynthesizedStack[] {
  const known = stacks.map(({ name }) => name);
  for (const name of names) {
    if (known.includes(name)) continue;
    const meant = didYouMean(name, known);
    throw new CommandError(
      `no stack "${name}"`,
      `aoss-privatelink ${command}`,
      `${meant ? `did you mean "${meant}"? ` : ""}stacks: ${known.join(", ")}`,
      2,
    );
  }
  return names.length === 0 ? stacks : stacks.filter(({ name }) => names.includes(name));
}
