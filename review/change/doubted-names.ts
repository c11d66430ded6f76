import { type NameSet, namePattern, nameSet, overlapsNames } from "../../service";
import type { Doubt } from "../world";

/** The names about which something is not known. */
export class DoubtedNames {
  private readonly isAll: boolean;
  private readonly some: NameSet;

  constructor(doubts: readonly Doubt[], kind: Doubt["kind"]) {
    const own = doubts.filter((doubt) => doubt.kind === kind);
    this.isAll = own.some(({ collections }) => collections === undefined);
    this.some = this.isAll
      ? []
      : nameSet(own.flatMap(({ collections = [] }) => collections.map(namePattern)));
  }

  has(name: string): boolean {
    return this.isAll || (this.some.length > 0 && overlapsNames(this.some, namePattern(name)));
  }
}
