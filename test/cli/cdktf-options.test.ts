import { cdktfCommand } from "../../cli/cdktf-command";
import { checkCdktfOptions } from "../../cli/cdktf-options";
import { projectFolder } from "../support/command";

jest.setTimeout(60_000);

const installed = cdktfCommand(projectFolder);

test.each([
  ["deploy", "--parallelsm", "did you mean --parallelism?"],
  [
    "deploy",
    "-auto-approve",
    "did you mean --auto-approve? it stands before --; npx cdktf deploy --help lists them",
  ],
  ["deploy", "--target=aws_vpc.main", "npx cdktf deploy --help lists them"],
  ["destroy", "--refresh-only", "npx cdktf destroy --help lists them"],
] as const)("what the installed cdktf %s does not know is refused: %s", (command, option, remedy) => {
  expect(() => checkCdktfOptions(command, ["--var", "a=-1", option], installed)).toThrow(
    expect.objectContaining({
      problem: `cdktf ${command} has no option ${option.replace(/=.*/, "")}, and would leave it out without a word`,
      remedy: expect.stringContaining(remedy),
    }),
  );
});

/** In cdktf's place: a program that prints this as its help. */
const printing = (help: string) => ({
  file: process.execPath,
  args: ["-e", `console.log(${JSON.stringify(help)})`, "--"],
  shell: false,
});

test("what a later cdktf prints in its help is let through, and nothing beside it", () => {
  const later = printing("Options:\n      --parallelism  How many  [number]\n  -t, --target  One resource\n");
  expect(() => checkCdktfOptions("deploy", ["--target", "aws_vpc.main"], later)).not.toThrow();
  expect(() => checkCdktfOptions("deploy", ["--replace", "aws_vpc.main"], later)).toThrow(
    "no option --replace",
  );
});

test("a cdktf that says nothing of its options is given any", () => {
  expect(() => checkCdktfOptions("deploy", ["--anything"], printing("no help here"))).not.toThrow();
});

test("options that are known, turned off, shortened or numbers are given on, whatever cdktf prints", () => {
  const little = printing("      --parallelism  How many  [number]");
  const options = ["--parallelism", "-1", "--no-color", "--no-refresh-only", "--var=a=b", "-h"];
  expect(() => checkCdktfOptions("deploy", options, little)).not.toThrow();
});
