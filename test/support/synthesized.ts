import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";

/** The blocks of a synthesized stack, by type and logical id. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;

/** A stack of an app of its own, with a provider. */
export function newStack(name = "search"): TerraformStack {
  const stack = new TerraformStack(Testing.app(), name);
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  return stack;
}

/** Synthesizes with all validations, as `cdktf synth` does. */
export function resourcesOf(stack: TerraformStack): Resources {
  return (JSON.parse(Testing.synth(stack, true)) as { resource?: Resources }).resource ?? {};
}

/** The addresses of everything in a stack, in alphabetical order. */
export function addressesOf(stack: TerraformStack): string[] {
  return Object.entries(resourcesOf(stack))
    .flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`))
    .sort();
}
