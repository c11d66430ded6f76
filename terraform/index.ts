export {
  type FindTerraformOptions,
  findBinary,
  findTerraform,
  MINIMUM_VERSION,
  type TerraformBinary,
} from "./binary";
export { writeHostConfiguration } from "./cli-configuration";
export { committedConfig } from "./committed-config";
export { type CommittedFile, compareFolder, updateFolder } from "./committed-folder";
export { type DeniedCall, deniedCallsIn } from "./denied-calls";
export type { Diagnostic, UiMessage } from "./diagnostics";
export { diagnosticsIn } from "./diagnostics-in-text";
export { type Environment, terraformEnvironment } from "./environment";
export type { InitResult } from "./init";
export type { SignalSource } from "./interrupts";
export { decodeText, isTooDeep, tooDeep, whyNotJson } from "./json-text";
export { type LostEndpoint, lostEndpointsIn } from "./lost-endpoints";
export { findMirrors, type Mirror, mirrorSearchFolders, type SearchFolders } from "./mirror-folders";
export {
  changeModule,
  compareModule,
  type ModuleChanges,
  type ModuleFile,
  moduleFilesIn,
} from "./module-folder";
export {
  type Action,
  type Change,
  type Plan,
  parsePlan,
  parseState,
  type ResourceChange,
  resourcesIn,
  type State,
  type StateModule,
  type StateResource,
  type StateValues,
  type Values,
} from "./plan-json";
export {
  type ProbeOptions,
  type ProviderInstallation,
  probeProviderInstallation,
} from "./provider-installation";
export { parseLoggedErrors } from "./provider-log";
export {
  parseSynthesizedConfig,
  readSynthesizedConfig,
  SynthesizedConfig,
  type SynthesizedProvider,
  type SynthesizedResource,
} from "./synthesized-config";
export {
  type Output,
  type PlanOptions,
  type PlanResult,
  type Progress,
  Terraform,
  type TerraformOptions,
} from "./terraform";
export { Interrupted, TerraformError } from "./terraform-error";
