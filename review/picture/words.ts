import type { AccessMatrix, CollectionGroup, EndpointRow, SourceRow } from "../../service";

/** `1 collection`, `3 collections`. */
export const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;

/** What is said of collections that something which was not seen may open. */
export const notAllKnown = (isReached: boolean) =>
  isReached ? "not known who else reaches this" : "not known who reaches this";

/** What people call the endpoint, else its id. */
export const endpointLabel = ({ name, id }: EndpointRow) => name ?? id;

/** By id, what endpoints are called; with the id where two are called the same. */
export function endpointLabels({ endpoints }: AccessMatrix): ReadonlyMap<string, string> {
  const times = new Map<string, number>();
  for (const endpoint of endpoints) {
    const label = endpointLabel(endpoint);
    times.set(label, (times.get(label) ?? 0) + 1);
  }
  return new Map(
    endpoints.map((endpoint) => {
      const label = endpointLabel(endpoint);
      return [endpoint.id, times.get(label) === 1 ? label : `${label} (${endpoint.id})`];
    }),
  );
}

/** Whether accounts tell endpoints apart. */
export const severalAccounts = (endpoints: readonly EndpointRow[]) =>
  new Set(endpoints.flatMap(({ account }) => account ?? [])).size > 1;

/** What an endpoint serves, whether names lead to it, and whose it is, in pieces. */
export function endpointDetail(
  { known, generation, privateDns, account }: EndpointRow,
  withAccount: boolean,
): string[] {
  if (!known) return ["of another stack or account"];
  const dns = privateDns === false ? "private DNS off" : "private DNS not known";
  return [
    ...(generation === undefined ? [] : [generation]),
    ...(generation === "nextgen" && privateDns !== true ? [dns] : []),
    ...(withAccount && account !== undefined ? [`account ${account}`] : []),
  ];
}

const kinds = { cidr: "", "security-group": "security group ", "prefix-list": "prefix list " };

/** A CIDR block or an id; with what it is where the id does not say it. */
export function sourceLabel({ kind, value }: SourceRow): string {
  return /^(sg|pl)-/.test(value) ? value : `${kinds[kind]}${value}`;
}

/** What the matrix holds, and how much of it is open to everybody. */
export function summaryOf(matrix: AccessMatrix): { text: string; publicText?: string } {
  const names = (groups: readonly CollectionGroup[]) =>
    groups.reduce((sum, group) => sum + group.collections.length, 0);
  const known = matrix.groups.filter((group) => group.known);
  const patterns = names(matrix.groups) - names(known);
  const publicGroups = matrix.groups.filter(({ collection }) => collection.public);
  const publicKnown = names(publicGroups.filter((group) => group.known));
  const publicPatterns = names(publicGroups) - publicKnown;
  const text = [
    count(names(known), "collection"),
    count(matrix.endpoints.length, "endpoint"),
    ...(matrix.services.length > 0 ? [count(matrix.services.length, "AWS service")] : []),
    ...(patterns > 0 ? [`${count(patterns, "pattern")} without a collection`] : []),
  ].join(", ");
  const open = [
    ...(publicKnown > 0 ? [count(publicKnown, "collection")] : []),
    ...(publicPatterns > 0 ? [count(publicPatterns, "pattern")] : []),
  ];
  return open.length > 0
    ? { text, publicText: `${open.join(" and ")} open to the public internet` }
    : { text };
}
