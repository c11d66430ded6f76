export { answer } from "./answer";
export type { ReadWorld } from "./assemble";
export { type ExportFile, isExport } from "./export";
export {
  readWorlds,
  type WorldInput,
  worldOfExport,
  worldOfPlan,
  worldOfState,
  worldOfSynthesis,
} from "./read-worlds";
export type { Doubt } from "./seen";
