export { matrixSvg } from "./svg";
export type { MatrixView } from "./view";
