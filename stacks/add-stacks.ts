import type { App } from "cdktf";
import { type AccessFile, inDependencyOrder, type StackEntry, stackReferences } from "../config";
import { PrivateAccessStack } from "./private-access-stack";

/** Adds the stacks of an access file to an app, each after those whose endpoints it names. */
export function addStacks(app: App, { stacks }: AccessFile): PrivateAccessStack[] {
  const made = new Map<string, PrivateAccessStack>();
  for (const name of inDependencyOrder(stacks)) {
    const stack = new PrivateAccessStack(app, name, stacks[name] as StackEntry, stacks);
    for (const { stack: other } of stackReferences(name, stacks)) {
      stack.addDependency(made.get(other) as PrivateAccessStack);
    }
    made.set(name, stack);
  }
  return [...made.values()];
}
