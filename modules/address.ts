import { type TerraformElement, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { RuleError } from "../service";

/** The addresses given so far, by stack: type and name. */
const given = new WeakMap<TerraformStack, Map<string, TerraformElement>>();

const validName = /^[A-Za-z][\w-]*$/;

/**
 * Gives a resource the address that people will read in plans: the ids of its constructs, `TYPE.access_apps`, in
 * place of CDKTF's, which ends in a hash. Construct ids are part of the contract for that reason. A path that makes
 * no valid name keeps CDKTF's. Throws a `RuleError` where two resources of a type would share an address.
 */
export function addressAfterPath(
  resource: TerraformElement & { readonly terraformResourceType: string },
): void {
  const stack = TerraformStack.of(resource);
  const name = idsBelowStack(resource, stack).join("_");
  if (!validName.test(name)) return;
  const key = `${resource.terraformResourceType}.${name}`;
  const ofStack = given.get(stack) ?? newStack(stack);
  const other = ofStack.get(key);
  if (other && isInTree(other)) throw sharedAddress(key, resource, other);
  ofStack.set(key, resource);
  resource.overrideLogicalId(name);
}

/** What was taken out of the tree has given its address back. */
const isInTree = ({ node }: TerraformElement): boolean =>
  node.scope?.node.tryFindChild(node.id)?.node === node;

/** The ids of a construct and those around it, from the stack down, as far as addresses show them. */
export function idsBelowStack(construct: IConstruct, stack = TerraformStack.of(construct)): string[] {
  const ids: string[] = [];
  for (let at: IConstruct | undefined = construct; at && at !== stack; at = at.node.scope) {
    if (at.node.id !== "Default") ids.unshift(at.node.id);
  }
  return ids;
}

/** A construct's path as people know it: without the constructs that its ids leave out of addresses too. */
export function pathOf({ node }: IConstruct): string {
  const shown = node.path.split("/").filter((id) => id !== "Default");
  return shown.length === 0 ? node.path : shown.join("/");
}

/** What stands directly in a stack is called by its id alone, and can be there first or come later. */
function newStack(stack: TerraformStack): Map<string, TerraformElement> {
  const ofStack = new Map<string, TerraformElement>();
  given.set(stack, ofStack);
  stack.node.addValidation({
    validate: () =>
      [...ofStack].flatMap(([key, resource]) => {
        const [type, name = ""] = key.split(".");
        const other = stack.node.tryFindChild(name) as
          | { readonly terraformResourceType?: string }
          | undefined;
        return other && other !== resource && other.terraformResourceType === type
          ? [sharedAddress(key, resource, other as TerraformElement).message]
          : [];
      }),
  });
  return ofStack;
}

function sharedAddress(key: string, resource: TerraformElement, other: TerraformElement): RuleError {
  const problem = `${resource.node.path} and ${other.node.path} would share the address ${key}`;
  return new RuleError({ problem, remedy: "give one of the constructs another id" });
}
