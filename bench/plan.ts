import { stripVTControlCharacters } from "node:util";
import { type Comparison, leastRuns } from "./paired";
import { diffCommand, type Project, planCommand } from "./project";

/** At most three quarters of what cdktf takes to show the same plan. */
const target = 0.75;

/** Part b: `aoss-privatelink plan` against `cdktf diff` of one deployed stack, before and after a change to it. */
export function planComparisons(project: Project): Comparison[] {
  const counts = "1 to add, 1 to change, 0 to destroy";
  return [
    comparison(project, "plan of an unchanged stack", {
      ours: "search: no changes",
      baseline: "No changes. Your infrastructure matches the configuration.",
      changes: 0,
    }),
    {
      ...comparison(project, "plan of a new source and collection", {
        ours: `search: ${counts}`,
        baseline: `Plan: ${counts}.`,
        changes: 2,
      }),
      before: () => project.change(),
    },
  ];
}

/** What both have to print, so that they are known to have seen the same plan. */
interface Expected {
  readonly ours: string;
  readonly baseline: string;
  readonly changes: number;
}

function comparison(project: Project, name: string, expected: Expected): Comparison {
  let seen = "";
  const run = async (command: readonly string[], verdict: string) => {
    const { milliseconds, stdout, stderr } = await project.run(command);
    const text = stripVTControlCharacters(stdout);
    const changes = changesIn(text);
    if (!text.includes(verdict) || changes.length !== expected.changes) {
      throw new Error(`another plan than expected, "${verdict}":\n${text}${stderr}`);
    }
    return { measure: { milliseconds }, changes: changes.join("\n") };
  };
  return {
    part: "b",
    name,
    target,
    runs: leastRuns,
    ours: {
      name: "aoss-privatelink plan",
      run: async () => {
        const { measure, changes } = await run(planCommand, expected.ours);
        seen = changes;
        return measure;
      },
    },
    baseline: {
      name: "cdktf diff",
      run: async () => {
        const { measure, changes } = await run(diffCommand, expected.baseline);
        if (changes !== seen) throw new Error(`not the same plan:\n${seen}\nagainst cdktf's\n${changes}`);
        return measure;
      },
    },
    peaks: async () => ({
      ours: await project.peakOf(planCommand),
      baseline: await project.peakOf(diffCommand),
    }),
  };
}

/** Action and address of each change, as our table or Terraform's plan tells them. */
function changesIn(text: string): string[] {
  const ours = text.matchAll(/^ *\S+ (create|update|delete|replace) +(aws_\S+)/gm);
  const terraforms = text.matchAll(/# (aws_\S+) .*\b(?:will|must) be (create|update|replace|destroy)/g);
  return [
    ...[...ours].map(([, action, address]) => `${action} ${address}`),
    ...[...terraforms].map(([, address, action]) => `${action} ${address}`),
  ].sort();
}
