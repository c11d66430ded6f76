import { TerraformIterator, TerraformResource, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { expression } from "../hcl";

/** Runs over a local that is a map of objects. */
export const iteratorOver = (local: string) =>
  TerraformIterator.fromMap(Token.asAnyMap(expression(`local.${local}`)));

/** What `iteratorOver` gives. */
export type EachOf = ReturnType<typeof iteratorOver>;

/**
 * Makes the one resource of a type below a construct as many as a map has keys.
 * @param name its name in the module, which with the key is its address; without one it keeps that of the construct
 */
export function forEach(scope: IConstruct, type: string, over: EachOf, name?: string): TerraformResource {
  const resource = scope.node
    .findAll()
    .find((node) => "terraformResourceType" in node && node.terraformResourceType === type);
  if (!(resource instanceof TerraformResource)) throw new Error(`${scope.node.path} has no ${type}`);
  if (name !== undefined) resource.overrideLogicalId(name);
  resource.forEach = over;
  return resource;
}
