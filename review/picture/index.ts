export { matrixHtml } from "./html";
export { matrixMermaid } from "./mermaid";
export { matrixSvg } from "./svg";
export { matrixTable } from "./table";
export type { MatrixView } from "./view";
