import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { TerraformProvider, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { addressAfterPath } from "./address";

/** What is read of a stack's AWS provider, as it was given. */
interface AwsProvider {
  readonly alias?: string | undefined;
  readonly regionInput?: string | undefined;
  readonly allowedAccountIdsInput?: readonly string[] | undefined;
}

const found = new WeakMap<TerraformStack, AwsProvider>();

/** The AWS provider of a stack that resources use when they name none: the one without an alias. */
export function awsProviderOf(stack: TerraformStack): AwsProvider | undefined {
  const known = found.get(stack);
  if (known) return known;
  const providers = stack.node
    .findAll()
    .filter((node) => TerraformProvider.isTerraformProvider(node) && node.terraformResourceType === "aws");
  const provider = (providers as readonly AwsProvider[]).find(({ alias }) => alias === undefined);
  if (provider) found.set(stack, provider);
  return provider;
}

/**
 * The Region of a construct's stack: what its AWS provider says, also if that is a token. A provider that says
 * nothing, or comes later, leaves it to a data source, `region` below the construct: of its attributes, `id` is the
 * one that means the Region's name in both majors of the provider.
 */
export function regionOf(scope: Construct): string {
  const given = awsProviderOf(TerraformStack.of(scope))?.regionInput;
  if (given !== undefined) return given;
  const source = new DataAwsRegion(scope, "region");
  addressAfterPath(source);
  return source.id;
}
