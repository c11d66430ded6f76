export * from "./access-matrix";
export * from "./build-access-matrix";
export * from "./explain";
export * from "./explanation";
export * from "./matrix-lookup";
export { mentionedNames, type OpenedToName, openedToNames } from "./opened-to-names";
export * from "./world";
