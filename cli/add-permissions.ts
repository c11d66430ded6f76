import { type Command, InvalidArgumentError, Option } from "commander";
import {
  checkCollectionPattern,
  checkFeature,
  checkId,
  checkKmsKeyArn,
  checkRegion,
  didYouMean,
  permissionVariants,
  type Rule,
} from "../service";
import { CommandError } from "./command-error";
import { accessFileOption } from "./given-once";
import { permissionFormats } from "./permission-options";

/** Adds `permissions`; apart from what it does, which is loaded when it is called. */
export function addPermissions(command: Command, app: readonly string[]): void {
  const each = (flags: string, description: string, rule: Rule<string>) =>
    new Option(flags, `${description}; repeatable`).argParser(checked(flags.split(" ")[0] ?? "", rule));
  const single = (flags: string, description: string, rule: Rule<string>) =>
    new Option(flags, description).argParser((given: string) => held(flags.split(" ")[0] ?? "", given, rule));
  command
    .command("permissions")
    .description("print the IAM policies that it takes to deploy, plan, use or adopt what the stacks have")
    .argument("[stack...]", "stacks by name, of one account; all of them by default")
    .addOption(accessFileOption())
    .option("--before <file>", "the access file as it was applied last: what has left it since stays allowed")
    .addOption(
      single(
        "--variant <variant>",
        `what the policies are to allow: ${permissionVariants.join(", ")}`,
        oneOf(permissionVariants),
      ).default("deploy"),
    )
    .addOption(each("--feature <feature>", "what is deployed, in place of an access file", checkFeature))
    .addOption(
      single("--account <id>", "the account; of an access file, its stacks", (id) => checkId("account", id)),
    )
    .addOption(each("--region <region>", "a Region; of an access file, its stacks", checkRegion))
    .addOption(
      each(
        "--collection <name>",
        "a collection by name or prefix, with --feature or --variant client",
        checkCollectionPattern,
      ),
    )
    .addOption(
      each("--collection-id <id>", "id of a collection that is there", (id) => checkId("collection", id)),
    )
    .addOption(each("--vpc <id>", "a VPC with endpoints, with --feature", (id) => checkId("vpc", id)))
    .addOption(each("--kms-key <arn>", "a key of collections, with --feature", (arn) => checkKmsKeyArn(arn)))
    .addOption(
      single(
        "--format <format>",
        `form of the policies: ${permissionFormats.join(", ")} (default: json)`,
        oneOf(permissionFormats),
      ),
    )
    .option("--policy <number>", "of several policies the one with this number", policyNumber)
    .option(
      "--out <path>",
      "write to a file, whose ending tells the form, or one for each policy to a folder",
    )
    .option("--json", "print policies and what they are for as JSON")
    .option("--debug", "print stack traces")
    .action(async (stacks: string[], options) =>
      (await import("./permissions")).permissionsCommand(stacks, options, app),
    );
}

/** An option that is given several times, each value held to a rule. */
const checked =
  (option: string, rule: Rule<string>) =>
  (given: string, before: readonly string[] = []): readonly string[] => [
    ...before,
    held(option, given, rule),
  ];

function held(option: string, given: string, rule: Rule<string>): string {
  const found = rule(given);
  if (found) throw new CommandError(found.problem, `${option} ${given}`, found.remedy, 2);
  return given;
}

/** Commander's own choices do not say what was likely meant. */
const oneOf =
  (choices: readonly string[]): Rule<string> =>
  (given) => {
    if (choices.includes(given)) return undefined;
    const meant = didYouMean(given, choices);
    return {
      problem: `"${given}" is none of ${choices.join(", ")}`,
      remedy: meant ? `did you mean "${meant}"?` : "give one of them",
    };
  };

function policyNumber(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError("give a number from 1");
  return Number(text);
}
