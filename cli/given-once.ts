import { InvalidArgumentError, Option } from "commander";

/** For an option that takes one value: of several the last would be taken, and nobody told of the others. */
export const once =
  (remedy: string) =>
  (given: string, before: string | undefined): string => {
    if (before === undefined) return given;
    throw new InvalidArgumentError(`it is given already, as ${before}: ${remedy}`);
  };

/** `--file`, the access file: one is read. */
export const accessFileOption = (
  description = "the access file (default: AOSS_PRIVATELINK_FILE or access.yaml)",
): Option => new Option("--file <file>", description).argParser(once("stacks of one access file are read"));
