/** Apart from the command, which loads what draws pictures. */
export const reachFormats = ["table", "json", "mermaid", "svg", "html"] as const;

export type ReachFormat = (typeof reachFormats)[number];
