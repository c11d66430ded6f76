export { answer } from "./answer";
export type { CalledEndpoint, ReadWorld } from "./assemble";
export { configuredNames } from "./configured-names";
export { accountsInOneFolder, type ExportFile, isExport } from "./export";
export { jsonProblem } from "./json-values";
export { isOpen } from "./open-values";
export { withOtherGeneration } from "./other-generation";
export { type PolicyCache, readPolicy } from "./policy-text";
export {
  type Reading,
  readAll,
  readWorlds,
  type WorldInput,
  worldOfExport,
  worldOfPlan,
  worldOfState,
  worldOfSynthesis,
} from "./read-worlds";
export { rulesOfGroups } from "./rules-of-group";
export { type Doubt, list, members, placeOf, type SeenResource, text, texts } from "./seen";
export type { NamedAttribute } from "./unknowns";
