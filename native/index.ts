export { moduleFiles } from "./module-files";
