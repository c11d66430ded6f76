import { App } from "cdktf";
import { accessFilePath, loadAccessFile, reportInputErrors } from "./config";
import { addStacks, makeSandboxWorkspaces } from "./stacks";

reportInputErrors(() => {
  const { access, warnings } = loadAccessFile(accessFilePath());
  const app = new App();
  const stacks = addStacks(app, access);
  app.synth();
  makeSandboxWorkspaces(app, stacks);
  return warnings;
});
