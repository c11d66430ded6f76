import type { AccessMatrix } from "../../service";
import type { Doubt } from "../world";

/** An access matrix and what a reader has to know besides. */
export interface MatrixView {
  /** What it is of, such as the name of a stack; stands above the table or the picture. */
  readonly title: string;
  readonly matrix: AccessMatrix;
  /** What could not be told from what was read: one line each. */
  readonly notSeen?: readonly string[];
  /** What of it could open something: of the collections that it concerns it is not known who reaches them. */
  readonly doubts?: readonly Doubt[];
  /**
   * The matrix as it is where each collection whose generation is doubted is of the other one: what both tell is known.
   * @default - nothing is known of who reaches these collections
   */
  readonly otherwise?: AccessMatrix;
}
