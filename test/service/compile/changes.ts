/** How many policies are not what they were; by their slots, which names and addresses are made of. */
export interface Changes {
  readonly changed: number;
  readonly removed: number;
  readonly added: number;
}

export function changesBetween(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Changes {
  const slots = [...before.keys()];
  return {
    changed: slots.filter((slot) => after.has(slot) && after.get(slot) !== before.get(slot)).length,
    removed: slots.filter((slot) => !after.has(slot)).length,
    added: [...after.keys()].filter((slot) => !before.has(slot)).length,
  };
}

/** How often how many policies that were there became others, and how many were new. */
export class Distribution {
  private readonly there: number[] = [];
  private readonly added: number[] = [];

  note({ changed, removed, added }: Changes): void {
    count(this.there, changed + removed);
    count(this.added, added);
  }

  toString(): string {
    return `changed or removed ${shares(this.there)}; added ${shares(this.added)}`;
  }
}

const most = 4;

function count(counts: number[], value: number): void {
  const at = Math.min(value, most);
  counts[at] = (counts[at] ?? 0) + 1;
}

function shares(counts: readonly number[]): string {
  const all = counts.reduce((sum, one) => sum + (one ?? 0), 0);
  return Array.from(counts, (one, value) => {
    const share = (100 * (one ?? 0)) / all;
    return `${value}${value === most ? " or more" : ""}: ${share.toFixed(1)} %`;
  }).join(", ");
}
