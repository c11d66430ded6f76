export { doubtedNames } from "./doubted";
export { matrixHtml } from "./html";
export { shown as printable } from "./markup";
export { matrixMermaid } from "./mermaid";
export { matrixSvg } from "./svg";
export { matrixTable } from "./table";
export type { MatrixView } from "./view";
