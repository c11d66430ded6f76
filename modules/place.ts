import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { awsProviderOf } from "./aws-provider";
import { isKnown } from "./known";

/** The Region of a construct's stack, if its provider says one that is known now. */
export function knownRegion(construct: IConstruct): string | undefined {
  const region = awsProviderOf(TerraformStack.of(construct))?.regionInput;
  return region !== undefined && isKnown(region) ? region : undefined;
}

/** The account of a construct's stack, if its provider allows one only and that is known now. */
export function knownAccount(construct: IConstruct): string | undefined {
  const [account, ...more] = accountsOf(TerraformStack.of(construct));
  return account !== undefined && more.length === 0 && isKnown(account) ? account : undefined;
}

/** Account and Region in words; stacks that do not say share "one account", "one Region". */
export function accountAndRegion(stack: TerraformStack): string {
  const accounts = accountsOf(stack);
  const region = awsProviderOf(stack)?.regionInput ?? "one Region";
  return `${accounts.length > 0 ? `account ${accounts.join(", ")}` : "one account"}, ${region}`;
}

const accountsOf = (stack: TerraformStack): readonly string[] =>
  awsProviderOf(stack)?.allowedAccountIdsInput ?? [];
