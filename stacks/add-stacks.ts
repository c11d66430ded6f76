import type { App } from "cdktf";
import type { AccessFile } from "../config";
import { PrivateAccessStack } from "./private-access-stack";

/** Adds the stacks of an access file to an app. */
export function addStacks(app: App, access: AccessFile): PrivateAccessStack[] {
  return Object.entries(access.stacks).map(([name, entry]) => new PrivateAccessStack(app, name, entry));
}
