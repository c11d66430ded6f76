import { RuleError } from "../service";
import { AccessFileError, type AccessProblem, whereOf } from "./access-file-error";

/** How a problem is printed: what, where, how to mend it, a line each. */
export function problemText(problem: AccessProblem, severity: "error" | "warning"): string {
  const lines = [`${severity}: ${problem.problem}`, `  ${whereOf(problem)}`, `  ${problem.remedy}`];
  return lines.map(printable).join("\n");
}

/** From so many on, mistakes that read the same are told together: their places are what is left to read. */
const manyAlike = 4;

/** Everything that is wrong, in the order of the file; what is wrong in many places once, with all of them. */
export function errorsText(problems: readonly AccessProblem[]): string {
  const alike = new Map<string, AccessProblem[]>();
  for (const one of problems) {
    const key = JSON.stringify([one.problem, one.remedy]);
    const group = alike.get(key);
    if (group) group.push(one);
    else alike.set(key, [one]);
  }
  const lines = problems.flatMap((one) => {
    const group = alike.get(JSON.stringify([one.problem, one.remedy])) ?? [];
    if (group.length < manyAlike) return [problemText(one, "error")];
    return one === group[0] ? [groupText(one, group)] : [];
  });
  if (problems.length > 1) lines.push(`${problems.length} errors`);
  return lines.join("\n");
}

function groupText({ problem, remedy }: AccessProblem, group: readonly AccessProblem[]): string {
  const places = group.map((one) => `  ${whereOf(one)}`);
  return [`error: ${problem}, in ${group.length} places`, ...places, `  ${remedy}`].map(printable).join("\n");
}

/** A value that is shown may hold line ends and what terminals take for commands. */
function printable(line: string): string {
  return line.replace(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));
}

/**
 * Runs what reads an access file, and prints to standard error what is wrong with the input, without a stack
 * trace unless `AOSS_PRIVATELINK_DEBUG` is set; the process then ends with 2.
 */
export function reportInputErrors(work: () => readonly AccessProblem[]): void {
  try {
    for (const warning of work()) console.error(problemText(warning, "warning"));
  } catch (error) {
    const isInput = error instanceof AccessFileError || error instanceof RuleError;
    if (isInput && process.env["AOSS_PRIVATELINK_DEBUG"]) {
      console.error(error);
    } else if (error instanceof AccessFileError) {
      console.error(errorsText(error.problems));
    } else if (error instanceof RuleError) {
      const { problem, remedy } = error.detail;
      console.error(
        [`error: ${problem}`, ...(error.path ? [`  ${error.path}`] : []), `  ${remedy}`].join("\n"),
      );
    } else if (
      error instanceof Error &&
      error.message.startsWith("Validation failed with the following errors")
    ) {
      console.error(`error: ${error.message}`);
    } else {
      throw error;
    }
    process.exitCode = 2;
  }
}
