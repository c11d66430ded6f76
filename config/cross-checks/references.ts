import { checkId, checkServes, didYouMean, type Problem, regionPattern } from "../../service";
import type { LocatedProblem } from "../describe-issue";
import { fromItems, type NamedEndpoint, namedEndpoint, stackReferences } from "../references";
import type { Stacks } from "./places";

/** What is wrong with the endpoints that grants and collections name. */
export function referenceProblems(stacks: Stacks): LocatedProblem[] {
  const problems = Object.entries(stacks).flatMap(([name, stack]) =>
    fromItems(name, stack).flatMap(({ from, path }) => {
      const named = namedEndpoint(from, name, stacks);
      const problem = named ? otherRegion(named, name, stacks) : unknownEndpoint(from, name, stacks);
      return problem ? [{ path, ...problem }] : [];
    }),
  );
  return [...problems, ...otherGenerations(stacks), ...circles(stacks)];
}

function unknownEndpoint(from: string, stack: string, stacks: Stacks): Problem | undefined {
  // What is no text is told by itself.
  if (from === "") return undefined;
  if (from.startsWith("vpce-")) return checkId("endpoint", from);
  const own = Object.keys(stacks[stack]?.endpoints ?? {});
  const elsewhere = Object.entries(stacks)
    .filter(([name]) => name !== stack)
    .flatMap(([name, { endpoints }]) => Object.keys(endpoints).map((key) => `${name}.${key}`));
  const [other = "", key] = from.split(/\.(.*)/s);
  if (key !== undefined) {
    const meant = didYouMean(from, [...elsewhere, ...own.map((one) => `${stack}.${one}`)]);
    const isStack = Object.hasOwn(stacks, other);
    const known = isStack ? Object.keys(stacks[other]?.endpoints ?? {}) : Object.keys(stacks);
    return {
      problem: isStack ? `no endpoint "${key}" in stack ${other}` : `no stack "${other}" in this file`,
      remedy: `${meant ? `did you mean "${meant}"? ` : ""}defined: ${known.join(", ") || "none"}; or give a vpce- id`,
    };
  }
  const meant = didYouMean(from, own) ?? elsewhere.find((one) => one.endsWith(`.${from}`));
  return {
    problem: `no endpoint "${from}" in this stack`,
    remedy: `${meant ? `did you mean "${meant}"? ` : ""}defined: ${own.join(", ") || "none"}; or give a vpce- id`,
  };
}

/** An endpoint is of one Region, and serves the collections there (developer guide, serverless-vpc). */
function otherRegion(named: NamedEndpoint, stack: string, stacks: Stacks): Problem | undefined {
  const [there = "", here = ""] = [stacks[named.stack]?.region, stacks[stack]?.region];
  if (there === here || !regionPattern.test(there) || !regionPattern.test(here)) return undefined;
  return {
    problem: `endpoint ${named.stack}.${named.key} is of ${there}, this stack of ${here}: an endpoint serves the collections of its own Region`,
    remedy: `name an endpoint of ${here}`,
  };
}

function otherGenerations(stacks: Stacks): LocatedProblem[] {
  return Object.entries(stacks).flatMap(([name, stack]) =>
    Object.entries(stack.collections).flatMap(([key, { from, generation }]) =>
      from.flatMap((one, index) => {
        const serves = namedEndpoint(one, name, stacks)?.entry.generation;
        const problem = checkServes({ name: one, generation: serves }, { name: key, generation });
        return problem ? [{ path: ["stacks", name, "collections", key, "from", index], ...problem }] : [];
      }),
    ),
  );
}

/** Stacks that wait for each other: none of them could be deployed first. */
function circles(stacks: Stacks): LocatedProblem[] {
  const problems: LocatedProblem[] = [];
  const done = new Set<string>();
  const visit = (name: string, before: readonly string[]): void => {
    for (const { stack, path } of stackReferences(name, stacks)) {
      const start = [...before, name].indexOf(stack);
      if (start >= 0) {
        const circle = [...[...before, name].slice(start), stack];
        problems.push({
          path,
          problem: `stacks wait for each other: ${circle.join(" -> ")}`,
          remedy:
            "move an endpoint so that one of them can be deployed first, or name it by its id once it exists",
        });
      } else if (!done.has(stack)) visit(stack, [...before, name]);
    }
    done.add(name);
  };
  for (const name of Object.keys(stacks)) if (!done.has(name)) visit(name, []);
  return problems;
}
