import { TerraformProvider, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { isKnown } from "./known";

/** Where a stack's resources are, as its AWS provider says; texts that only Terraform knows stand as tokens. */
interface Place {
  readonly region: string | undefined;
  /** Accounts that the provider may work in. */
  readonly accounts: readonly string[];
}

/** Only of stacks whose provider is there: it may come after the constructs that ask. */
const places = new WeakMap<TerraformStack, Place>();

/** The Region of a construct's stack, if its provider says one that is known now. */
export function knownRegion(construct: IConstruct): string | undefined {
  const { region } = placeOf(TerraformStack.of(construct));
  return region !== undefined && isKnown(region) ? region : undefined;
}

/** The account of a construct's stack, if its provider allows one only and that is known now. */
export function knownAccount(construct: IConstruct): string | undefined {
  const [account, ...more] = placeOf(TerraformStack.of(construct)).accounts;
  return account !== undefined && more.length === 0 && isKnown(account) ? account : undefined;
}

/** Account and Region in words; stacks that do not say share "one account", "one Region". */
export function accountAndRegion(stack: TerraformStack): string {
  const { region, accounts } = placeOf(stack);
  return `${accounts.length > 0 ? `account ${accounts.join(", ")}` : "one account"}, ${region ?? "one Region"}`;
}

function placeOf(stack: TerraformStack): Place {
  const known = places.get(stack);
  if (known) return known;
  const provider = stack.node
    .findAll()
    .find((node) => TerraformProvider.isTerraformProvider(node) && node.terraformResourceType === "aws") as
    | { readonly regionInput?: string; readonly allowedAccountIdsInput?: readonly string[] }
    | undefined;
  const place: Place = { region: provider?.regionInput, accounts: provider?.allowedAccountIdsInput ?? [] };
  if (provider) places.set(stack, place);
  return place;
}
