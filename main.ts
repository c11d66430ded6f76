import { App } from "cdktf";
import { accessFilePath, loadAccessFile, reportInputErrors } from "./config";
import { addStacks } from "./stacks";

reportInputErrors(() => {
  const { access, warnings } = loadAccessFile(accessFilePath());
  const app = new App();
  addStacks(app, access);
  app.synth();
  return warnings;
});
