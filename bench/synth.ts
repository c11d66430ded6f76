import { rmSync } from "node:fs";
import path from "node:path";
import { projectFolder, runNode, temporaryFolder } from "./child";
import type { Comparison, Measure } from "./paired";
import { assertSame, readConfiguration } from "./same-configuration";

const sizes = [
  { count: 10, runs: 61 },
  { count: 100, runs: 31 },
  { count: 1_000, runs: 15 },
];

/** At most a tenth more than writing the same resources with the bindings. */
const target = 1.1;

/** Part a: our constructs against the same resources written with the bindings, each run in a process of its own. */
export async function synthComparisons(say: (text: string) => void): Promise<Comparison[]> {
  const folder = temporaryFolder();
  const outdirs = { ours: path.join(folder, "ours"), baseline: path.join(folder, "baseline") };
  const child = async (variant: string, count: number, outdir: string): Promise<Measure> => {
    rmSync(outdir, { recursive: true, force: true });
    const args = ["bin/run.js", "bench/synth-child.ts", variant, String(count), outdir];
    const { stdout } = await runNode(args, { cwd: projectFolder });
    return JSON.parse(stdout) as Measure;
  };
  say("a: bundling, and noting compiled code of both sides");
  await child("both", 10, path.join(folder, "both"));

  return sizes.map(({ count, runs }) => {
    let isChecked = false;
    return {
      part: "a",
      name: `synthesize ${count.toLocaleString("en")} endpoints and grants`,
      target,
      runs,
      ours: { name: "our constructs", run: () => child("ours", count, outdirs.ours) },
      baseline: {
        name: "bindings",
        run: async () => {
          const measure = await child("baseline", count, outdirs.baseline);
          if (!isChecked) check(count, outdirs);
          isChecked = true;
          return measure;
        },
      },
    };
  });
}

/** Comparing unequal work would prove nothing. */
function check(count: number, outdirs: { readonly ours: string; readonly baseline: string }): void {
  const ours = readConfiguration(outdirs.ours);
  assertSame(ours, readConfiguration(outdirs.baseline));
  const { aws_opensearchserverless_security_policy: policies, ...others } = ours.counts;
  const each = Object.values(others);
  if (policies === Math.ceil(count / 50) && each.length === 3 && each.every((one) => one === count)) return;
  throw new Error(`${count} endpoints expected, synthesized: ${JSON.stringify(ours.counts)}`);
}
