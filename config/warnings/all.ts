import { quotas, unknownRegionHint } from "../../service";
import { type AccessFile, isExisting, type StackEntry } from "../access-file";
import { quotaWarnings } from "../cross-checks/quotas";
import type { LocatedProblem } from "../describe-issue";
import { fromItems, namedEndpoint } from "../references";
import { backendWarnings } from "./backends";
import { collectionWarnings } from "./collections";
import { dataAccessWarnings } from "./data-access";

/** What AWS may take but is likely a mistake. */
export function warningsOf(file: AccessFile): LocatedProblem[] {
  const { stacks } = file;
  const named = new Set(
    Object.entries(stacks).flatMap(([name, stack]) =>
      fromItems(name, stack).flatMap(({ from }) => {
        const endpoint = namedEndpoint(from, name, stacks);
        return endpoint ? [`${endpoint.stack}.${endpoint.key}`] : [];
      }),
    ),
  );
  return [
    ...Object.entries(stacks).flatMap(([name, stack]) => [
      ...regionWarnings(name, stack),
      ...endpointWarnings(name, stack, named),
    ]),
    ...backendWarnings(file),
    ...collectionWarnings(stacks),
    ...dataAccessWarnings(stacks),
    ...quotaWarnings(stacks),
  ];
}

function regionWarnings(name: string, { region }: StackEntry): LocatedProblem[] {
  const hint = unknownRegionHint(region);
  if (!hint) return [];
  return [
    {
      path: ["stacks", name, "region"],
      problem: `Region ${region}: ${hint}`,
      remedy: "check it; Regions that are new to this version work all the same",
    },
  ];
}

/** @param named the endpoints that any `from` of the file names, as `STACK.KEY` */
function endpointWarnings(name: string, stack: StackEntry, named: ReadonlySet<string>): LocatedProblem[] {
  const at = ["stacks", name];
  const keys = Object.keys(stack.endpoints);
  if (opensNothing(stack) && !keys.some((key) => named.has(`${name}.${key}`))) {
    const hasMore = stack.dataAccess.length + stack.encryption.length + stack.lifecycle.length > 0;
    if (keys.length === 0 && (hasMore || Object.keys(stack.collections).length > 0)) return [];
    return [
      {
        path: at,
        atKey: true,
        problem: "the stack grants nothing: its endpoints open no collection",
        remedy: "add grants, or name the endpoint ids in network policies kept elsewhere",
      },
      ...tooManySources(name, stack),
    ];
  }
  const idle = keys
    .filter((key) => !named.has(`${name}.${key}`))
    .map((key) => ({
      path: [...at, "endpoints", key],
      atKey: true,
      problem: `endpoint "${key}" stands in no grant: it opens no collection`,
      remedy: "name it in the from of a grant, or its id in a network policy kept elsewhere",
    }));
  return [...idle, ...tooManySources(name, stack)];
}

const opensNothing = ({ grants, collections }: StackEntry): boolean =>
  grants.length === 0 &&
  Object.values(collections).every(({ from, services }) => from.length + services.length === 0);

function tooManySources(name: string, { endpoints }: StackEntry): LocatedProblem[] {
  const { limit } = quotas.inboundRulesPerSecurityGroup;
  return Object.entries(endpoints).flatMap(([key, entry]) => {
    if (isExisting(entry) || entry.allow.length <= limit) return [];
    return [
      {
        path: ["stacks", name, "endpoints", key, "allow"],
        problem: `${entry.allow.length} sources, a security group holds ${limit} rules unless AWS raised the quota`,
        remedy: "use wider blocks or a prefix list",
      },
    ];
  });
}
