import type { FaultsFile } from "../sandbox";
import type { Report, Scenario } from "./life-cycle";

export interface Run {
  readonly seed: number;
  readonly scenario: Scenario;
  readonly report: Report;
}

/** How a run ended; one whose fault did not strike says nothing, unless it went wrong all the same. */
export type Ending = "by itself" | "after repair" | "not recovered" | "the fault did not strike";

export function endingOf({ problem, repairs, strikes }: Report): Ending {
  if (problem !== undefined) return "not recovered";
  if (repairs.length > 0) return "after repair";
  return strikes.some((count) => count > 0) ? "by itself" : "the fault did not strike";
}

/** One line for a run; what could not be recovered takes more. */
export function runText({ seed, scenario, report }: Run): string {
  const { errors, strikes, repairs, changes, problem, seconds } = report;
  const parts = [
    `seed ${seed}`,
    `${scenario.moment}: ${scenario.faults.faults.map(faultText).join(", ")}`,
    `struck ${strikes.join("+")}`,
    errors.length === 0 ? "went through" : "failed",
    ...repairs.map(({ how, address }) => `${how} ${address}`),
    changes.length === 0 ? "nothing to apply" : `applied: ${changes.join(", ")} changes`,
    endingOf(report),
    `${seconds.toFixed(1)} s`,
  ];
  const more = problem === undefined ? [] : [problem, ...errors];
  return [parts.join(" | "), ...more.map((line) => `    ${line}`)].join("\n");
}

function faultText({ what, on, ...settings }: FaultsFile["faults"][number]): string {
  const { code: _code, message: _message, ...shown } = settings as Record<string, unknown>;
  const words = Object.entries(shown).map(([name, value]) => `${name} ${value}`);
  return [what, on, ...words].join(" ");
}

/** What all runs come to: how many recovered and how, and what needed repair for which reason. */
export function summaryText(runs: readonly Run[]): string {
  const ended = (ending: Ending) => runs.filter(({ report }) => endingOf(report) === ending);
  const unstruck = ended("the fault did not strike");
  const telling = runs.filter((run) => !unstruck.includes(run));
  const failed = telling.filter(({ report }) => report.errors.length > 0);
  const repaired = ended("after repair");
  const lost = ended("not recovered");
  return [
    `${runs.length} runs`,
    `the fault did not strike: ${withSeeds(unstruck)}`,
    `the other ${telling.length}, of which Terraform failed in ${failed.length}:`,
    `reached "No changes" by itself: ${ended("by itself").length}`,
    `reached it after a repair: ${repaired.length}`,
    ...repaired.flatMap(({ seed, report }) =>
      report.repairs.map(({ how, address }) => `  seed ${seed}: ${how} ${address}: ${why(report)}`),
    ),
    `did not recover: ${withSeeds(lost)}`,
  ].join("\n");
}

/** How many, and which. */
const withSeeds = (runs: readonly Run[]): string =>
  runs.length === 0 ? "0" : `${runs.length} (seeds ${runs.map(({ seed }) => seed).join(", ")})`;

/** The first error, without what differs from run to run. */
const why = ({ errors }: Report): string =>
  (errors[0] ?? "no error")
    .replaceAll(/RequestID: \S*,? ?/g, "")
    .replaceAll(/(?:Post|read tcp) \S+ ?/g, "")
    .slice(0, 240);
