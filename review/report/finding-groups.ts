import type { Finding } from "../findings";

/** Findings of one rule that are alike but for where they are. */
export interface FindingGroup {
  readonly first: Finding;
  readonly findings: readonly Finding[];
}

/** In the order of the findings; what a rule says of all of them is told once. */
export function findingGroups(findings: readonly Finding[]): FindingGroup[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const { id, severity, why, remedy } = finding;
    const key = JSON.stringify([id, severity, why, remedy]);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].map((group) => ({ first: group[0], findings: group }));
}

/** The line of the access file and the address, where they are known: `access.yaml:12:9, aws_…`. */
export function placeText({ place, address }: Finding): string {
  return [
    ...(place === undefined ? [] : [`${place.file}:${place.line}:${place.column}`]),
    ...(address === undefined ? [] : [address]),
  ].join(", ");
}
