export * from "./add-stacks";
export * from "./private-access-stack";
