import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse, stringify } from "yaml";
import { identityFromPolicy } from "../../sandbox";
import { proofAccount } from "./access-file";
import { type Phase, type PhaseReport, phases, runPhase, versionOf } from "./phases";
import { policiesOf } from "./policies";
import { ProofProject } from "./proof-project";

/** One stack of one example, as it stands and with something of everything in it changed. */
interface ExampleStack {
  /** `two-vpcs search` */
  readonly title: string;
  readonly stack: string;
  readonly first: string;
  readonly changed: string;
}

/** What stands in an access file, as far as it is read and changed here. */
interface Entry {
  readonly endpoints?: Readonly<Record<string, EndpointEntry>>;
  readonly grants?: readonly { collections: string[]; from?: string[] }[];
  readonly collections?: Readonly<Record<string, CollectionEntry>>;
}

interface EndpointEntry {
  readonly id?: string;
  readonly subnets?: string[];
  allow?: Readonly<Record<string, unknown>>[];
}

interface CollectionEntry {
  readonly exists?: boolean;
  description?: string;
  dashboards?: boolean;
  from?: string[];
}

/** The id in the place of an endpoint of another stack, whose state is not there. */
const elsewhere = "vpce-0a1b2c3d4e5f60799";

/**
 * The whole life of each stack of each example that has an access file, by a caller with exactly the `deploy` policies
 * of that file alone. Returns the exit code: 1 if a phase fails, changes nothing where it should, or leaves something.
 * @param home the folder of this project
 */
export async function proveExamples(home: string, isStopped: () => boolean): Promise<number> {
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  const waiting = exampleStacks(home);
  const all = waiting.length;
  let good = 0;
  const worker = async () => {
    for (let next = waiting.shift(); next && !isStopped(); next = waiting.shift()) {
      const reports = await lifeOf(home, next);
      const problem = problemOf(reports);
      console.log(`${next.title} | ${reports.map(reportText).join(", ")} | ${problem ?? "nothing left"}`);
      if (problem === undefined) good += 1;
    }
  };
  // While one waits for a collection another one goes on.
  await Promise.all([worker(), worker()]);
  console.log(`\n${good} of ${all} stacks lived their whole lives with their own deploy policies alone`);
  if (isStopped()) return 130;
  return good === all ? 0 : 1;
}

function exampleStacks(home: string): ExampleStack[] {
  const files = readdirSync(path.join(home, "examples"), { withFileTypes: true })
    .filter((one) => one.isDirectory())
    .map(({ name }) => [name, path.join(home, "examples", name, "access.yaml")] as const);
  return [["access.yaml", path.join(home, "access.yaml")] as const, ...files].flatMap(([name, file]) => {
    const text = textOf(file);
    if (text === undefined) return [];
    return Object.keys(stacksOf(text)).map((stack) => ({
      title: `${name} ${stack}`,
      stack,
      first: alone(text, stack, (entry) => entry),
      changed: alone(text, stack, changedEntry),
    }));
  });
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    // An example in HCL, or an app with constructs.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

const stacksOf = (text: string): Readonly<Record<string, Entry>> => parse(text).stacks;

/** An access file of the one stack, with its state in a file; endpoints of other stacks are named by an id. */
function alone(text: string, stack: string, change: (entry: Entry) => Entry): string {
  const entry = structuredClone(stacksOf(text)[stack] as Entry);
  const ids = (from: readonly string[]) => from.map((one) => (one.includes(".") ? elsewhere : one));
  for (const one of [...(entry.grants ?? []), ...Object.values(entry.collections ?? {})]) {
    if (one.from) one.from = ids(one.from);
  }
  return stringify({ version: 1, stacks: { [stack]: change(entry) } });
}

/** One source more and one subnet less for each endpoint, one collection more in each grant, other dashboards. */
function changedEntry(entry: Entry): Entry {
  for (const endpoint of Object.values(entry.endpoints ?? {})) {
    if (endpoint.id !== undefined) continue;
    endpoint.allow = [...(endpoint.allow ?? []), { cidr: "10.99.0.0/16" }];
    if ((endpoint.subnets?.length ?? 0) > 1) endpoint.subnets?.pop();
  }
  for (const { collections } of entry.grants ?? []) collections.push("returns");
  for (const collection of Object.values(entry.collections ?? {})) {
    collection.dashboards = !collection.dashboards;
    if (!collection.exists) collection.description = "changed";
  }
  return entry;
}

/** All phases, up to the first that fails. */
async function lifeOf(
  home: string,
  { stack, first, changed }: ExampleStack,
): Promise<readonly PhaseReport[]> {
  const project = await ProofProject.prepare(home, stack, { first, changed });
  try {
    const reports: PhaseReport[] = [];
    for (const phase of phases) {
      const identity = identityFromPolicy(policiesIn(phase, first, changed), proofAccount);
      const report = await runPhase(project, phase, { from: reports.at(-1)?.end, identity });
      reports.push(report);
      if (report.errors.length > 0) break;
    }
    return reports;
  } finally {
    project.close();
  }
}

/** What an update takes away is in the file as it was before. */
function policiesIn(phase: Phase, first: string, changed: string) {
  if (versionOf(phase) === "first") return policiesOf(first, "deploy");
  return phase === "update" ? policiesOf(changed, "deploy", first) : policiesOf(changed, "deploy");
}

/** Terraform counts what it imports apart, and a plan is to change nothing. */
const mayChangeNothing: readonly Phase[] = ["plan", "import"];

function problemOf(reports: readonly PhaseReport[]): string | undefined {
  for (const { phase, errors, changes } of reports) {
    if (errors.length > 0) return `${phase}: ${errors.join("; ")}`;
    if ((changes === 0) !== mayChangeNothing.includes(phase)) return `${phase}: ${changes} changes`;
  }
  const left = reports.at(-1)?.left ?? [];
  return left.length === 0 ? undefined : `left: ${JSON.stringify(left)}`;
}

const reportText = ({ phase, changes, seconds }: PhaseReport): string =>
  `${phase} ${changes} (${seconds.toFixed(0)} s)`;
