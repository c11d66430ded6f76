import { App } from "cdktf";
import { accessFilePath, loadAccessFile, reportInputErrors } from "../../config";
import { makeSandboxWorkspaces } from "../../stacks";
import { addDeployerStacks } from "./add-deployer-stacks";

reportInputErrors(() => {
  const { access, warnings } = loadAccessFile(accessFilePath());
  const app = new App();
  const stacks = addDeployerStacks(app, access);
  app.synth();
  makeSandboxWorkspaces(app, stacks);
  return warnings;
});
