import { pageStyle } from "../picture/html-style";

/** The picture's page, and what a review has besides. */
export const reviewStyle = [
  pageStyle,
  ":root{--green:#15803d;--blue:#1d4ed8;--box:#f9fafb}",
  "@media (prefers-color-scheme:dark){:root{--green:#86efac;--blue:#93c5fd;--box:#1b2433}}",
  "section{margin:0 0 48px}h2{font-size:19px}h3{font-size:15px;margin:26px 0 8px}",
  "p,li,td,h1,h2{overflow-wrap:anywhere}",
  ".verdict{font-size:16px;font-weight:bold}",
  ".cut{border-left:4px solid var(--red);background:var(--box);padding:8px 12px;margin:8px 0;color:var(--red)}",
  ".green{color:var(--green)}.red{color:var(--red)}.error{color:var(--red);font-weight:bold}.warning{color:var(--amber);font-weight:bold}.note{color:var(--blue);font-weight:bold}",
  "td.mark{width:1.2em;font-weight:bold}td.mark+td{width:45%}td.severity{white-space:nowrap}td p{margin:0 0 3px}",
  "td code{overflow-wrap:anywhere}td>code{white-space:normal}",
].join("\n");
