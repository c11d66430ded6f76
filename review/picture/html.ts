import { createHash } from "node:crypto";
import { boxIds } from "./box-ids";
import { pageScript } from "./html-script";
import { pageStyle } from "./html-style";
import { matrixTables } from "./html-tables";
import { element, escaped } from "./markup";
import { htmlPage } from "./page";
import { pictureSvg, svgPicture } from "./svg";
import type { MatrixView } from "./view";
import { summaryOf } from "./words";

/**
 * One page that needs nothing else and asks for nothing: the picture, tables with all that is in the matrix, and a
 * filter. It works without its script, in light and dark. The same matrix gives the same bytes.
 */
export async function matrixHtml(view: MatrixView): Promise<string> {
  const { title, matrix, notSeen = [] } = view;
  const { text, publicText } = summaryOf(matrix);
  const picture = svgPicture(view);
  const find = element(
    "p",
    { id: "find", hidden: "" },
    element("label", { for: "filter" }, "Filter "),
    element("input", { id: "filter", type: "search", autocomplete: "off" }),
    " ",
    element("output", { id: "count", for: "filter" }, ""),
  );
  const body = [
    element("h1", {}, escaped(title)),
    element("p", {}, escaped(text)),
    ...(publicText === undefined ? [] : [element("p", { class: "public" }, escaped(publicText))]),
    find,
    element(
      "figure",
      { tabindex: 0 },
      element("figcaption", { class: "faint" }, "where the picture is wider than the screen, it scrolls"),
      await pictureSvg(view, { heading: false, picture }),
    ),
    matrixTables(view, boxIds(picture)),
    ...(notSeen.length > 0
      ? [
          element("h2", {}, "Not seen"),
          element("ul", {}, ...notSeen.map((line) => element("li", {}, escaped(line)))),
        ]
      : []),
    element("script", {}, pageScript),
  ];
  return htmlPage({ title, style: pageStyle, contentPolicy, body });
}

/** Nothing is loaded from anywhere, and no script runs but ours. */
const contentPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  `script-src 'sha256-${createHash("sha256").update(pageScript).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
