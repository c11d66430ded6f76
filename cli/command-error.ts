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
