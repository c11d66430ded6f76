export type * from "./access-change";
export type * from "./access-path";
export { changeOfPlan } from "./change-of-plan";
