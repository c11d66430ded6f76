export type { Acceptance } from "./acceptance";
export * from "./finding";
export { type AccessFileOfStack, type ReviewInput, review } from "./review";
export type { Subject } from "./rule";
