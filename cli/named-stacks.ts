import { didYouMean } from "../service";
import { CommandError } from "./command-error";

/** The stacks that are named, all of them where none is. */
export function namedStacks<Stack extends { readonly name: string }>(
  stacks: readonly Stack[],
  names: readonly string[],
  command: string,
): readonly Stack[] {
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
