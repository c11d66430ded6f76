import type { Problem } from "../service";
import type { Position } from "./positions";

/** One thing that is wrong in an access file, and where. */
export interface AccessProblem extends Problem {
  readonly file: string;
  /** Missing when the file as a whole is meant. */
  readonly position?: Position;
  /** Keys and indexes from the top of the file, as `stacks.search.grants[0].from`. */
  readonly path: string;
}

/** Where a problem stands, as `access.yaml:12:9 stacks.search.endpoints.apps.subnets`. */
export function whereOf({ file, position, path }: AccessProblem): string {
  return `${file}${position ? `:${position.line}:${position.column}` : ""}${path ? ` ${path}` : ""}`;
}

/** Everything that is wrong in an access file, at once. */
export class AccessFileError extends Error {
  constructor(readonly problems: readonly AccessProblem[]) {
    super(problems.map((one) => [one.problem, `  ${whereOf(one)}`, `  ${one.remedy}`].join("\n")).join("\n"));
    this.name = "AccessFileError";
  }
}
