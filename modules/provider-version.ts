import { Lazy, TerraformProvider, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

const requirement = ["terraform", "required_providers", "aws", "version"] as const;

/** Releases that stacks have to have already. */
const required = new WeakMap<TerraformStack, Set<string>>();

/**
 * Makes the construct's stack require a release of the AWS provider or a later one, beside what an override required
 * before. Without an override the bindings would pin their own release; what they say they work with (`~> 6.0`) stands
 * instead. Terraform takes several requirements as one, and says so when no release fulfils them.
 */
export function requireProvider(construct: IConstruct, release: string): void {
  const stack = TerraformStack.of(construct);
  const releases = required.get(stack);
  if (releases) {
    releases.add(release);
    return;
  }
  const all = new Set([release]);
  required.set(stack, all);
  const overridden = versionIn(stack);
  stack.addOverride(
    requirement.join("."),
    Lazy.stringValue({
      produce: () =>
        [overridden ?? bindingsRequire(stack), ...[...all].map((one) => `>= ${one}`)]
          .filter((one) => one !== undefined)
          .join(", "),
    }),
  );
}

/** What an override of the stack requires; CDKTF keeps overrides to itself, and has no other place to look. */
function versionIn(stack: TerraformStack): string | undefined {
  let at: unknown = Reflect.get(stack, "rawOverrides");
  for (const key of requirement) {
    if (typeof at !== "object" || at === null) return undefined;
    at = Reflect.get(at, key);
  }
  return typeof at === "string" ? at : undefined;
}

function bindingsRequire(stack: TerraformStack): string | undefined {
  const provider = stack.node
    .findAll()
    .find((node) => TerraformProvider.isTerraformProvider(node) && node.terraformResourceType === "aws");
  return (provider as TerraformProvider | undefined)?.terraformGeneratorMetadata?.providerVersionConstraint;
}
