import { readFileSync } from "node:fs";
import path from "node:path";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { AccessFileError, errorsText } from "../config";
import type { Speed } from "../sandbox";
import { checkRegion } from "../service";
import { Interrupted, TerraformError } from "../terraform";
import { addPermissions } from "./add-permissions";
import { argumentError, CommandError, Ended, foreignOptionError } from "./command-error";
import { accessFileOption, once } from "./given-once";
import { planCommand } from "./plan";
import { reachFormats } from "./reach-formats";
import { failLevels, reviewFormats } from "./review-options";

/** What the command has to know of the package it is in. */
export interface Package {
  readonly folder: string;
  /** File and arguments, for node, of the app that reads the access file. */
  readonly app: readonly string[];
}

/** Runs the command line and returns the exit code: 0 fine, 1 the work failed, 2 the input is wrong, 3 not as required. */
export async function main(args: readonly string[], ofPackage: Package): Promise<number> {
  const own = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
  const debug = own.includes("--debug");
  try {
    await program(ofPackage, args).parseAsync([...args], { from: "user" });
    return 0;
  } catch (error) {
    return report(error, debug);
  }
}

/** The commands but `plan` are loaded when they are called: what they need would take half of its start. */
function program({ folder, app }: Package, args: readonly string[]): Command {
  const { version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as {
    version: string;
  };
  const command = new Command("aoss-privatelink")
    .description("Private access from VPCs to Amazon OpenSearch Serverless, with Terraform")
    .version(version)
    .exitOverride()
    // What is wrong with the arguments is printed as any other error.
    .configureOutput({ outputError: () => undefined })
    .enablePositionalOptions();
  command
    .command("plan")
    .description("show what Terraform will do to each stack, who gains and who loses access by it")
    .argument("[stack...]", "stacks by name; all of them by default")
    .addOption(accessFileOption())
    .addOption(failOnOption())
    .option("--verbose", "name all collections and findings of the review, however many")
    .option("--json", "print the result as JSON")
    .option("--debug", "print stack traces")
    .action((stacks: string[], options) => planCommand(stacks, options, app));
  command
    .command("synth")
    .description("write the Terraform JSON of each stack to a folder that is committed, or check it")
    .requiredOption("--out <dir>", "the folder; each stack has one of its own in it")
    .option("--check", "write nothing, and end with 3 where what is there differs")
    .addOption(accessFileOption())
    .option("--json", "print the result as JSON")
    .option("--debug", "print stack traces")
    .action(async (options) => (await import("./synth")).synthCommand(options, app));
  command
    .command("module")
    .description("write the native Terraform module to a folder, for who writes HCL")
    .argument("<dir>", "the folder: new, empty, or written by this command before")
    .option("--json", "print the result as JSON")
    .option("--debug", "print stack traces")
    .action(async (dir: string, options) => (await import("./module")).moduleCommand(dir, options, folder));
  addChanging(command, app, args);
  addReview(command, folder);
  addReach(command, app);
  addPermissions(command, app);
  addSandbox(command);
  command
    .command("demo")
    .description("the whole life cycle of an access file in the sandbox: no AWS account needed")
    .option("--debug", "print stack traces")
    .action(async () => (await import("./demo")).demoCommand(app));
  return command;
}

const another = (file: string, files: readonly string[] = []) => [...files, file];

/** The last of several questions would be answered as if it were all. */
const oneQuestion = once("ask one question at a time");
const oneFile = once("name one");

const failOnOption = () =>
  new Option("--fail-on <severity>", "end with 3 where the review finds this or graver")
    .choices(failLevels)
    .default("error");

/** What stands after `--` is for cdktf, and no stack. */
function addChanging(command: Command, app: readonly string[], args: readonly string[]): void {
  const after = args.includes("--") ? args.slice(args.indexOf("--") + 1) : [];
  for (const [name, description, all] of [
    [
      "deploy",
      "plan, ask and apply with cdktf, and explain what permissions were missing",
      "all of them by default",
    ],
    [
      "destroy",
      "plan, ask and destroy with cdktf, and explain what permissions were missing",
      "may be left out of one",
    ],
  ] as const) {
    command
      .command(name)
      .description(description)
      .argument("[stack...]", `stacks by name; ${all}. After --: options of cdktf ${name}`)
      .addOption(accessFileOption())
      .option("--auto-approve", "do not ask")
      .option("--debug", "print stack traces")
      .exitOverride((error) => {
        throw error.code === "commander.unknownOption" ? foreignOptionError(error, name) : error;
      })
      .action(async (words: string[], options) =>
        (await import("./deploy")).changeCommand(
          name,
          words.slice(0, words.length - after.length),
          options,
          after,
          app,
        ),
      );
  }
  command
    .command("explain-denial")
    .description("explain access-denied errors in what a run printed: which permission is missing, for whom")
    .argument("[text]", "a file with it, - for standard input (the default)")
    .addOption(
      accessFileOption("the access file (default: AOSS_PRIVATELINK_FILE or access.yaml, if it is there)"),
    )
    .option("--json", "print the explanation as JSON")
    .option("--debug", "print stack traces")
    .action(async (text: string | undefined, options) =>
      (await import("./explain-denial")).explainDenialCommand(text, options),
    );
}

function addReview(command: Command, folder: string): void {
  command
    .command("review")
    .description("show who gains and who loses access by plans made elsewhere, and what to know of them")
    .option(
      "--plan <file>",
      "a plan in JSON, `terraform show -json PLANFILE`, - for standard input; repeatable",
      another,
    )
    .option("--config <path>", "the configuration of the plan (default: cdk.tf.json beside it)", oneFile)
    .addOption(
      accessFileOption(
        "the access file (default: AOSS_PRIVATELINK_FILE or access.yaml, if it has the stack)",
      ),
    )
    .addOption(new Option("--format <format>", "form of the report (default: text)").choices(reviewFormats))
    .option("--out <file>", "write the report to a file, whose ending tells the form", oneFile)
    .addOption(failOnOption())
    .option("--verbose", "name all collections and findings, however many")
    .option("--json", "print the report as JSON")
    .option("--debug", "print stack traces")
    .action(async (options) => (await import("./review")).reviewCommand(options, folder));
}

function addReach(command: Command, app: readonly string[]): void {
  command
    .command("reach")
    .description("show who reaches which collections and dashboards, or explain one answer")
    .argument("[stack...]", "stacks to synthesize, by name (default: all, unless files are named)")
    .addOption(accessFileOption())
    .option("--plan <file>", "a plan in JSON, `terraform show -json PLANFILE`; repeatable", another)
    .option("--config <path>", "the configuration of the plan (default: cdk.tf.json beside it)", oneFile)
    .option("--state <file>", "a state in JSON, `terraform show -json`; repeatable", another)
    .option("--policies <path>", "a file or folder of what the AWS CLI prints; repeatable", another)
    .addOption(new Option("--format <format>", "form of the result (default: table)").choices(reachFormats))
    .option("--out <file>", "write the result to a file, whose ending tells the form", oneFile)
    .option(
      "--from <who>",
      "who asks: CIDR block, sg-…, pl-…, endpoint, service, principal ARN, public",
      oneQuestion,
    )
    .option("--to <what>", "for what: collection/NAME or dashboard/NAME; the name may end in *", oneQuestion)
    .option("--vpc <vpc>", "the VPC that the CIDR block or security group of --from is in", oneQuestion)
    .option("--as <principal>", "who signs the requests: data access counts too", oneQuestion)
    .addOption(
      new Option("--require <verdict>", "end with 3 unless the answer is this").choices(["open", "shut"]),
    )
    .option("--json", "print the result as JSON")
    .option("--debug", "print stack traces")
    .action(async (stacks: string[], options) =>
      (await import("./reach")).reachCommand(stacks, options, app),
    );
}

function addSandbox(command: Command): void {
  const sandbox = command
    .command("sandbox")
    .description("AWS on loopback: print the environment that leads to it, or run a command in it")
    .argument("[command...]", "after --: a command to run in the sandbox")
    .option("--port <port>", "port to listen on (default: a free one)", portNumber)
    .option("--region <region>", "AWS_REGION of the environment", regionName, "eu-central-1")
    .option("--world <file>", "what stands there before anything is deployed (default: the built-in world)")
    .option("--open-world", "take ids that are not in the world as they come")
    .option("--state <file>", "keep the state in a file (default: it is gone with the sandbox)")
    .option(
      "--speed <speed>",
      "instant, real, or how many times faster than real (default: instant)",
      speedFrom,
    )
    .option("--hcp <host>", "HCP Terraform on loopback too, in the place of this host: app.terraform.io")
    .option("--identity <file>", "IAM policy that is all that the caller may do (default: everything)")
    .option("--faults <file>", "what goes wrong on purpose")
    .option(
      "--record <file>",
      "append each call to a file, with the IAM actions it took, a line of JSON each",
    )
    .option("--json", "print the environment as JSON")
    .option("--debug", "print stack traces")
    .passThroughOptions()
    .action(async (words: string[], options) => (await import("./sandbox")).sandboxCommand(words, options));
  const asking = () => import("./sandbox-ask");
  sandbox
    .command("world")
    .description("print the built-in world")
    .option("--json", "print it as JSON")
    .action(async (options) => (await asking()).worldCommand(options));
  for (const [name, description] of [
    ["log", "print what was called, newest last"],
    ["dump", "print what was made and is there"],
  ] as const) {
    sandbox
      .command(name)
      .description(description)
      .option("--url <url>", "where the sandbox listens (default: AWS_ENDPOINT_URL)")
      .option("--json", "print it as JSON")
      .action(async (options) => {
        const { logCommand, dumpCommand } = await asking();
        await (name === "log" ? logCommand : dumpCommand)(options);
      });
  }
}

function speedFrom(text: string): Speed {
  if (text === "instant" || text === "real") return text;
  const factor = Number(text);
  if (Number.isFinite(factor) && factor > 0) return factor;
  throw new InvalidArgumentError("give instant, real, or a number such as 100");
}

function regionName(text: string): string {
  const found = checkRegion(text);
  if (found) throw new InvalidArgumentError(found.remedy);
  return text;
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError("give a number from 0 to 65535");
  return port;
}

function report(thrown: unknown, debug: boolean): number {
  const error = thrown instanceof CommanderError && !isHelp(thrown) ? argumentError(thrown) : thrown;
  if (error instanceof Ended) return error.exitCode;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (debug) console.error(error);
  else if (error instanceof AccessFileError) {
    console.error(errorsText(error.problems));
  } else if (
    error instanceof CommandError ||
    error instanceof TerraformError ||
    error instanceof Interrupted
  ) {
    console.error([`error: ${error.problem}`, `  ${error.where}`, `  ${error.remedy}`].join("\n"));
  } else {
    console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
    console.error(
      "  this is a mistake in aoss-privatelink\n  run again with --debug for the stack trace and report it",
    );
  }
  if (error instanceof AccessFileError) return 2;
  return error instanceof CommandError || error instanceof Interrupted ? error.exitCode : 1;
}

/** Help or the version is printed already, be it asked for or in place of a command that is missing. */
const isHelp = ({ code }: CommanderError): boolean => /^commander\.(?:help|version)/.test(code);
