import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runNode, temporaryFolder } from "./child";
import type { Comparison } from "./paired";
import { type Project, planCommand } from "./project";

/** At most four times what node takes to start and end. */
const target = 4;

/**
 * Part c: our process alone against `node -e 0`. All of `aoss-privatelink plan` is run and nothing is subtracted;
 * only Terraform is replaced, by a script that gives the answers that the real one gave just before.
 */
export async function processComparison(project: Project, say: (text: string) => void): Promise<Comparison> {
  const folder = temporaryFolder();
  const recorder = script(path.join(folder, "record"), [
    `${quoted(project.terraform)} "$@" > ${quoted(folder)}/"$1".answer`,
    "code=$?",
    `echo "$code" > ${quoted(folder)}/"$1".code`,
    `cat ${quoted(folder)}/"$1".answer`,
    'exit "$code"',
  ]);
  const standIn = script(path.join(folder, "stand-in"), [
    `if ! read -r code < ${quoted(folder)}/"$1".code; then exit 127; fi`,
    `cat ${quoted(folder)}/"$1".answer`,
    'exit "$code"',
  ]);
  project.change();
  say("c: recording what Terraform answers");
  const recorded = await project.run(planCommand, { TERRAFORM_BINARY_NAME: recorder });
  const env = { TERRAFORM_BINARY_NAME: standIn };
  const nothing = ["-e", "0"];
  return {
    part: "c",
    name: "plan without Terraform",
    target,
    runs: 25,
    ours: {
      name: "aoss-privatelink plan",
      run: async () => {
        const { milliseconds, stdout } = await project.run(planCommand, env);
        if (stdout !== recorded.stdout) throw new Error(`another plan than the recorded one:\n${stdout}`);
        return { milliseconds };
      },
    },
    baseline: { name: "node -e 0", run: () => runNode(nothing) },
    peaks: async () => ({
      ours: await project.peakOf(planCommand, env),
      baseline: await project.peakOf(nothing),
    }),
  };
}

function script(file: string, lines: readonly string[]): string {
  writeFileSync(file, `#!/bin/sh\n${lines.join("\n")}\n`);
  chmodSync(file, 0o755);
  return file;
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
