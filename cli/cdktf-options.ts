import { spawnSync } from "node:child_process";
import { didYouMean } from "../service";
import type { CdktfCommand } from "./cdktf-command";
import { CommandError } from "./command-error";

type ChangingCommand = "deploy" | "destroy";

/** What this package takes itself, before `--`. */
const approval = "--auto-approve";

/** What cdktf-cli 0.21 takes beside what this package tells it by itself (`cdktf deploy --help`). */
const common = [
  "--disable-plugin-cache-env",
  "--experimental-provider-schema-cache-path",
  "--help",
  "--ignore-missing-stack-dependencies",
  "--log-file-directory",
  "--log-level",
  "--migrate-state",
  "--no-color",
  "--parallelism",
  "--skip-provider-lock",
  "--terraform-parallelism",
  "--var",
  "--var-file",
  "--version",
];
const known: Readonly<Record<ChangingCommand, readonly string[]>> = {
  deploy: [...common, "--outputs-file", "--outputs-file-include-sensitive-outputs", "--refresh-only"],
  destroy: common,
};

/**
 * Refuses an option that cdktf does not know, since cdktf leaves those out without a word: a misspelt one would change
 * nothing and nobody would be told. What is not known here is looked for in the help of the cdktf that is installed.
 */
export function checkCdktfOptions(
  command: ChangingCommand,
  options: readonly string[],
  { file, args, shell }: CdktfCommand,
): void {
  const unknown = options
    .filter((option) => option.startsWith("-") && Number.isNaN(Number(option)))
    .map((option) => option.replace(/=.*/s, ""))
    .filter((name) => !known[command].includes(positive(name)) && name !== "-h");
  if (unknown.length === 0) return;
  const { stdout, status } = spawnSync(file, [...args, command, "--help"], {
    encoding: "utf8",
    shell,
    env: { ...process.env, CHECKPOINT_DISABLE: "1" },
    timeout: 30_000,
  });
  // Where it says nothing of its options, it may take any.
  if (status !== 0 || !stdout.includes("--parallelism")) return;
  const printed: readonly string[] = stdout.match(/(?<=^ +(?:-\w, )?)--?[a-z][a-z-]*/gm) ?? [];
  const wrong = unknown.find((name) => !printed.includes(positive(name)));
  if (wrong === undefined) return;
  const meant = didYouMean(wrong.replace(/^-*/, "--"), [...known[command], approval]);
  const hint =
    meant === approval ? `did you mean ${meant}? it stands before --; ` : meant && `did you mean ${meant}? `;
  throw new CommandError(
    `cdktf ${command} has no option ${wrong}, and would leave it out without a word`,
    "the command line, after --",
    `${hint ?? ""}npx cdktf ${command} --help lists them`,
    2,
  );
}

/** `--no-x` is how any option that is on or off is turned off. */
const positive = (name: string) => (name === "--no-color" ? name : name.replace(/^--no-/, "--"));
