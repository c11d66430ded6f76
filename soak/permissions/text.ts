import { permissionTable } from "../../service";
import { proofStacks } from "./access-file";
import { phases } from "./phases";
import type { Moment, Proof } from "./proof";
import type { Removal } from "./removal";

/** A line of the proof: an action of the `deploy` policies, and what shows that it is needed. */
export interface ProofLine {
  readonly action: string;
  /** where the record of the life cycles has it */
  readonly moments: readonly Moment[];
  /** why it is in all the same, of one that was never called */
  readonly neverCalled?: string;
  /** The real run without it. @default - there was none */
  readonly removal?: Removal;
}

/** Whether something shows that the action has to be there. */
export function isShown({ moments, neverCalled, removal }: ProofLine): boolean {
  if (moments.length === 0) return neverCalled !== undefined;
  return removal === undefined || removal.failure !== undefined;
}

/** The line of an action, without the run. */
export function lineOf(proof: Proof, action: string): ProofLine {
  const row = permissionTable.find(
    (each) => each.action.toLowerCase() === action.toLowerCase() && each.neverCalled !== undefined,
  );
  const moments = proof.momentsOf(action);
  return { action, moments, ...(row?.neverCalled === undefined ? {} : { neverCalled: row.neverCalled }) };
}

/** A row for each action: where it was asked for, and what a run without it came to. */
export function proofTable(lines: readonly ProofLine[]): string {
  const rows = lines.map((line) => [line.action, askedIn(line), outcome(line)]);
  const header = ["action", "asked for in", "without it"];
  const isRun = lines.some(({ removal }) => removal !== undefined);
  const shown = [header, ...rows].map((row) => (isRun ? row : row.slice(0, 2)));
  const widths = header.map((_, column) => Math.max(...shown.map((row) => row[column]?.length ?? 0)));
  return shown
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function askedIn({ moments, neverCalled }: ProofLine): string {
  if (moments.length === 0)
    return neverCalled === undefined ? "NEVER, AND NOBODY SAYS WHY" : `never: ${neverCalled}`;
  const stacks = proofStacks.filter((of) => moments.some(({ stack }) => stack === of));
  const inOrder = [...moments].sort((a, b) => phases.indexOf(a.phase) - phases.indexOf(b.phase));
  return stacks
    .map(
      (of) =>
        `${of} ${inOrder
          .filter(({ stack }) => stack === of)
          .map(({ phase }) => phase)
          .join(", ")}`,
    )
    .join("; ");
}

function outcome({ removal }: ProofLine): string {
  if (!removal) return "";
  const { failure, passed, unnamed, seconds } = removal;
  if (failure) return `${failure.stack} ${failure.phase} fails and names it, ${seconds.toFixed(1)} s`;
  if (unnamed.length > 0) return `FAILS WITHOUT A WORD OF IT: ${unnamed[0]?.slice(0, 200)}`;
  return `GOES THROUGH: ${passed.map(({ stack, phase }) => `${stack} ${phase}`).join(", ")}`;
}
