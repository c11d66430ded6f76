export type { Acceptance } from "./acceptance";
export * from "./finding";
export { accessFileOfStack } from "./in-access-file";
export { type AccessFileOfStack, type ReviewInput, review } from "./review";
export type { Subject } from "./rule";
