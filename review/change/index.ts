export type * from "./access-change";
export type * from "./access-path";
