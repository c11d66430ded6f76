import { element, escaped } from "./markup";

/** One HTML page that loads nothing. */
export interface Page {
  readonly title: string;
  readonly style: string;
  /** Value of the header Content-Security-Policy, as a page can say it of itself. */
  readonly contentPolicy: string;
  /** Markup, a line each. */
  readonly body: readonly string[];
}

/** The page as a whole, in UTF-8. */
export function htmlPage({ title, style, contentPolicy, body }: Page): string {
  const head = [
    element("meta", { charset: "utf-8" }),
    element("meta", { "http-equiv": "Content-Security-Policy", content: contentPolicy }),
    element("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    element("title", {}, escaped(title)),
    element("style", {}, style),
  ];
  return `<!DOCTYPE html>\n${element(
    "html",
    { lang: "en" },
    "\n",
    element("head", {}, "\n", ...head.map((part) => `${part}\n`)),
    "\n",
    element("body", {}, "\n", ...body.map((part) => `${part}\n`)),
    "\n",
  )}\n`;
}
