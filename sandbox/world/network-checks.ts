import type { z } from "zod";
import { type Cidr, contains, overlap, parseCidr } from "../ec2/cidr";

// What one place of a world says of another: judged also where a part is wrong by itself, so nothing has its type yet.

interface Blocks {
  readonly cidr?: unknown;
  readonly ipv6Cidr?: unknown;
}
type Path = readonly (string | number)[];
type Family = "IPv4" | "IPv6";

const memberOf = { IPv4: "cidr", IPv6: "ipv6Cidr" } as const satisfies Record<Family, keyof Blocks>;
const families: readonly Family[] = ["IPv4", "IPv6"];

/** Prefix lengths that a VPC and a subnet can have (VPC guide, CIDR blocks); IPv6 in steps of four. */
const lengths = {
  VPC: { IPv4: [16, 28], IPv6: [44, 60] },
  subnet: { IPv4: [16, 28], IPv6: [44, 64] },
} as const;

/** Entries of what may be no map; that is told where it stands. */
export const entriesOf = <Value>(map: Readonly<Record<string, Value>> | undefined): [string, Value][] =>
  typeof map === "object" && map !== null && !Array.isArray(map) ? Object.entries(map) : [];

/** Blocks of a VPC and of its subnets: as large as AWS makes them, each subnet's in its VPC's, no two overlapping. */
export function checkBlocks(
  vpc: Blocks & { readonly subnets?: Readonly<Record<string, Blocks>> | undefined },
  refuse: (problem: string, remedy: string, path: Path) => void,
): void {
  for (const family of families) {
    const name = memberOf[family];
    checkSize("VPC", family, vpc, (problem, remedy) => refuse(problem, remedy, [name]));
    const outer = blockIn(vpc, family);
    const before: [string, Cidr][] = [];
    for (const [id, subnet] of entriesOf(vpc.subnets)) {
      const refuseHere = (problem: string, remedy: string) => refuse(problem, remedy, ["subnets", id, name]);
      checkSize("subnet", family, subnet, refuseHere);
      const block = blockIn(subnet, family);
      if (!block) continue;
      if (outer && !contains(outer, block)) {
        refuseHere(
          `${name} "${block.text}": not in the VPC's ${outer.text}`,
          "give the subnet a block of its VPC",
        );
      } else if (!outer && family === "IPv6" && vpc.ipv6Cidr === undefined) {
        refuseHere(
          `${name} "${block.text}": the VPC has no IPv6 block`,
          "give the VPC an ipv6Cidr, or drop this one",
        );
      }
      const [other] = before.find(([, taken]) => overlap(taken, block)) ?? [];
      if (other !== undefined) {
        refuseHere(
          `${name} "${block.text}": overlaps with that of ${other}`,
          "give each subnet a block of its own",
        );
      }
      before.push([id, block]);
    }
  }
  for (const [id, subnet] of entriesOf(vpc.subnets)) {
    if (typeof subnet !== "object" || subnet === null) continue;
    if (subnet.cidr !== undefined || subnet.ipv6Cidr !== undefined) continue;
    refuse(`${id} has no block of addresses`, "give it a cidr, an ipv6Cidr, or both", ["subnets", id]);
  }
}

function checkSize(
  what: keyof typeof lengths,
  family: Family,
  of: Blocks,
  refuse: (problem: string, remedy: string) => void,
): void {
  const name = memberOf[family];
  const text = of?.[name];
  const block = typeof text === "string" ? parseCidr(text) : undefined;
  // What is no block is told by itself.
  if (!block) return;
  if (block.family !== family) {
    refuse(`${name} "${block.text}": an ${block.family} block`, `write it as ${memberOf[block.family]}`);
    return;
  }
  const [largest, smallest] = lengths[what][family];
  const isInSteps = family === "IPv4" || block.prefixLength % 4 === 0;
  if (block.prefixLength >= largest && block.prefixLength <= smallest && isInSteps) return;
  const steps = family === "IPv6" ? " in steps of four" : "";
  refuse(
    `${name} "${block.text}": not a size that a ${what} can have`,
    `give it a prefix length from /${largest} to /${smallest}${steps}`,
  );
}

function blockIn(of: Blocks, family: Family): Cidr | undefined {
  const text = of?.[memberOf[family]];
  const block = typeof text === "string" ? parseCidr(text) : undefined;
  return block?.family === family ? block : undefined;
}

/** An id names one thing in a Region: no two VPCs have the same subnet or group. */
export function checkIdsOnce(
  vpcs: Readonly<Record<string, unknown>> | undefined,
  refuse: (id: string, first: string, path: Path) => void,
): void {
  for (const table of ["subnets", "securityGroups"] as const) {
    const seen = new Map<string, string>();
    for (const [vpcId, vpc] of entriesOf(vpcs)) {
      const items = (vpc as { readonly [name in typeof table]?: Readonly<Record<string, unknown>> } | null)?.[
        table
      ];
      for (const [id] of entriesOf(items)) {
        const first = seen.get(id);
        if (first !== undefined) refuse(id, first, ["vpcs", vpcId, table, id]);
        else seen.set(id, vpcId);
      }
    }
  }
}

/** An issue at a key and not at its value. */
export function keyIssue(
  message: string,
  remedy: string,
  input: unknown,
  path: Path,
): z.core.$ZodSuperRefineIssue {
  const inner = { code: "custom" as const, message, params: { remedy }, path: [], input: undefined };
  return { code: "invalid_key", origin: "record", issues: [inner], input, path: [...path] };
}
