import { createColors } from "picocolors";
import { printable } from "../review";
import type {
  AccessExplanation,
  AccessFrom,
  AccessGateName,
  AccessPath,
  AccessVerdict,
  AccessWorld,
  NetworkFrom,
} from "../service";

const gateNames: Readonly<Record<AccessGateName, string>> = {
  route: "route",
  "security-group": "security group",
  generation: "generation",
  "network-policy": "network policy",
  "data-access": "data access",
};

/** Paths that are shut and told in full, those next to open first; the others are counted. */
const mostShut = 5;

/** Blocks of addresses in one line. */
const mostBlocks = 8;

/** One answer, path by path and gate by gate, with the reason of each and what would open it. */
export function explanationText(answer: AccessExplanation, world: AccessWorld, color: boolean): string {
  const pc = createColors(color);
  const paints: Readonly<Record<AccessVerdict, (text: string) => string>> = {
    open: pc.green,
    partly: pc.yellow,
    unknown: pc.yellow,
    shut: pc.red,
  };
  const word = (verdict: AccessVerdict) => paints[verdict](verdict);
  const isShut = answer.verdict === "shut";
  const passable = answer.paths.filter(({ verdict }) => verdict !== "shut");
  // where something gets in, the paths that are shut are not the point
  const told =
    passable.length > 0 && !isShut
      ? passable
      : [...answer.paths].sort((a, b) => stepsToOpen(a) - stepsToOpen(b)).slice(0, mostShut);
  const left = answer.paths.length - told.length;
  const lines = (title: string, items: readonly string[]) =>
    items.length > 0 ? [pc.bold(title), ...items.map((item) => `- ${printable(item)}`), ""] : [];
  return [
    `${pc.bold(printable(fromText(answer.from)))} -> ${pc.bold(printable(`${answer.to.kind}/${answer.to.name}`))}: ${pc.bold(word(answer.verdict))}`,
    "",
    ...told.flatMap((path) => [
      `${printable(pathText(path, world))}: ${word(path.verdict)}`,
      ...gateLines(path, word, whichVpc(answer.from, path, world)),
      "",
    ]),
    ...(left > 0
      ? [
          left === 1 ? "1 more path is shut: --json has it" : `${left} more paths are shut: --json has them`,
          "",
        ]
      : []),
    ...lines("not known, and decides", answer.unknown),
    ...lines("needed besides", answer.alsoNeeded),
    ...lines("notes", answer.notes),
  ]
    .join("\n")
    .trimEnd();
}

/** How far a path is from open: by the gates that are shut, then by those that are not sure. */
function stepsToOpen({ gates }: AccessPath): number {
  const steps: Readonly<Record<AccessVerdict, number>> = { open: 0, partly: 1, unknown: 1, shut: 10 };
  return gates.reduce((sum, { verdict }) => sum + steps[verdict], 0);
}

function gateLines(
  path: AccessPath,
  word: (verdict: AccessVerdict) => string,
  toKnow: string | undefined,
): string[] {
  const width = Math.max(...path.gates.map(({ gate }) => gateNames[gate].length));
  const indent = " ".repeat(width + 13);
  return [
    ...path.gates.flatMap(({ gate, verdict, reason, remedy }) => [
      `  ${gateNames[gate].padEnd(width)}  ${word(verdict)}${" ".repeat(9 - verdict.length)}${printable(reason)}`,
      ...(gate === "route" && verdict === "unknown" && toKnow !== undefined
        ? [`${indent}to know it: ${printable(toKnow)}`]
        : []),
      ...(remedy === undefined ? [] : [`${indent}to open it: ${printable(remedy)}`]),
    ]),
    ...(path.cidrs ? [`  gets in: ${someBlocks(path.cidrs)}`] : []),
  ];
}

function someBlocks(cidrs: readonly string[]): string {
  const more = cidrs.length - mostBlocks;
  return more > 1
    ? `${cidrs.slice(0, mostBlocks).join(", ")} and ${more} more: --json has them`
    : cidrs.join(", ");
}

/** What tells whether addresses are in the VPC of an endpoint, whose blocks nothing that was read tells. */
function whichVpc(
  from: AccessFrom,
  { endpoint: id }: AccessPath,
  { endpoints, vpcs }: AccessWorld,
): string | undefined {
  const vpcId = endpoints.find((one) => one.id === id)?.vpcId;
  const isKnown = vpcs.some((vpc) => vpc.id === vpcId && vpc.cidrs.length > 0);
  if (from.kind !== "cidr" || from.vpcId !== undefined || vpcId === undefined || isKnown) return undefined;
  return `if ${from.cidr} is in ${vpcId}, say --vpc ${vpcId}`;
}

function fromText(from: AccessFrom): string {
  if (from.kind === "principal") return from.principal;
  const vpcId = from.kind === "cidr" || from.kind === "security-group" ? from.vpcId : undefined;
  const where = vpcId === undefined ? "" : ` in ${vpcId}`;
  const as = from.as === undefined ? "" : ` as ${from.as}`;
  return `${placeText(from)}${where}${as}`;
}

function placeText(from: NetworkFrom): string {
  if (from.kind === "cidr") return from.cidr;
  if (from.kind === "service") return from.service;
  return from.kind === "public" ? "the internet" : from.id;
}

function pathText(path: AccessPath, world: AccessWorld): string {
  if (path.via === "internet") return "over the internet";
  if (path.via === "service") return "as an AWS service";
  if (path.via === "principal") return "by data access policies";
  const endpoint = world.endpoints.find(({ id }) => id === path.endpoint);
  if (path.endpoint === undefined) return "through an endpoint";
  return `through ${endpoint?.name ? `${endpoint.name} (${path.endpoint})` : path.endpoint}`;
}
