import type { AccessMatrix } from "../../service";

/** An access matrix and what a reader has to know besides. */
export interface MatrixView {
  /** What it is of, such as the name of a stack; stands above the table or the picture. */
  readonly title: string;
  readonly matrix: AccessMatrix;
  /** What could not be told from what was read: one line each. */
  readonly notSeen?: readonly string[];
}
