import type { CommanderError } from "commander";

/** What ends a command with a message: one line what is wrong, one line where, one line how to mend it. */
export class CommandError extends Error {
  constructor(
    readonly problem: string,
    readonly where: string,
    readonly remedy: string,
    /** 1 the work failed, 2 the input is wrong. */
    readonly exitCode: 1 | 2,
  ) {
    super(`${problem}\n${where}\n${remedy}`);
    this.name = "CommandError";
  }
}

/** The code a process should end with after a message was printed already. */
export class Ended extends Error {
  constructor(readonly exitCode: number) {
    super(`ended with ${exitCode}`);
    this.name = "Ended";
  }
}

/** What commander found wrong with the arguments, in the form of all errors. */
export function argumentError({ message }: CommanderError): CommandError {
  const [first = "", hint = ""] = message.replace(/^error: /, "").split("\n");
  const meant = /^\(Did you mean (.*)\?\)$/.exec(hint)?.[1];
  // Of a value that cannot be taken, commander tells in one line what is wrong and what the option's own check said.
  const [, invalid, wanted] = /^(.* is invalid)\. (.*)$/.exec(first) ?? [];
  const problem = (invalid ?? first).replace(". Expected", ": expected").replace(/\.$/, "");
  const remedy = meant === undefined ? (wanted ?? generalHelp) : `did you mean ${meant}?`;
  return new CommandError(problem, "the command line", remedy, 2);
}

const generalHelp = "--help lists commands and options";

/** An option that `deploy` or `destroy` does not have is one of cdktf's, unless it is misspelt. */
export function foreignOptionError(error: CommanderError, command: string): CommandError {
  const { problem, where, remedy } = argumentError(error);
  const ofCdktf = `options of cdktf ${command} stand after --: aoss-privatelink ${command} -- --parallelism 1`;
  return new CommandError(problem, where, remedy === generalHelp ? ofCdktf : remedy, 2);
}
