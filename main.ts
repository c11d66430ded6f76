import { App } from "cdktf";
import { accessFilePath, loadAccessFile, reportInputErrors } from "./config";
import { addStacks, makeSandboxWorkspaces, refuseRealState } from "./stacks";

reportInputErrors(() => {
  const { access, warnings } = loadAccessFile(accessFilePath());
  refuseRealState(access);
  const app = new App();
  const stacks = addStacks(app, access);
  app.synth();
  makeSandboxWorkspaces(app, stacks);
  return warnings;
});
