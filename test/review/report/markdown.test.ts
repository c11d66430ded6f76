import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { reviewMarkdown } from "../../../review";
import { code, prose } from "../../../review/report/markdown-text";
import { apps, change, finding, fullReview, named, path, publicAccess, review } from "./reviews";

/** As a forge reads it: HTML passes, links are found in text. */
const parser = new MarkdownIt({ html: true, linkify: true });

const full = () => reviewMarkdown([named("search", fullReview())]);

/** What a reader sees of a paragraph, if all of it is text; undefined where it became anything else. */
function textIn(markdown: string): string | undefined {
  const [open, inline, close, ...others] = parser.parse(markdown, {});
  if (open?.type !== "paragraph_open" || close?.type !== "paragraph_close" || others.length > 0)
    return undefined;
  const children = inline?.children ?? [];
  const allowed = ["text", "text_special", "code_inline"];
  return children.every(({ type }) => allowed.includes(type))
    ? children.map(({ content }) => content).join("")
    : undefined;
}

/** Names as somebody could choose them to be more than names. */
const nasty = [
  "</code></details><script>alert(1)</script>",
  "<!-- aoss-privatelink review -->",
  "**bold** _it_ ~~gone~~ `code` ``more``",
  "[click](https://example.invalid) ![i](https://example.invalid/i.png)",
  "https://example.invalid and www.example.invalid and a@example.invalid",
  "| a | b |",
  "# heading",
  "- item",
  "+ item",
  "1. item",
  "1) item",
  "> quote",
  "=====",
  "    code",
  "a\n\n# heading\r\n- item",
  "&lt;b&gt; &#42; &amp;",
  "$x^2$ $$y$$",
  "\\*not\\*",
  "```\nfence",
  "`",
  "``",
];

test.each(nasty)("as a name or in a sentence, %j is only text", (text) => {
  const once = text.replace(/[\n\r]/g, "\ufffd");
  expect(textIn(code(text))).toBe(once);
  expect(textIn(`x ${prose(text)}`)?.replaceAll("\u200b", "")).toBe(`x ${once.replace(/ +/g, " ").trim()}`);
  expect(textIn(prose(text))?.replaceAll("\u200b", "")).toBe(once.replace(/ +/g, " ").trim());
});

test("whatever it holds, a text is only text", () => {
  const sign = fc.constantFrom(
    ..."`*_[](){}<>&~|$\"'#@:/\\-+=.!1a \n".split(""),
    "www.",
    "http://",
    "GH-1",
    "\u00e9",
  );
  fc.assert(
    fc.property(fc.array(sign, { minLength: 1, maxLength: 30 }), (signs) => {
      const text = signs.join("");
      fc.pre(text.trim() !== "");
      expect(textIn(code(text))).toBe(text.replaceAll("\n", "\ufffd"));
      const read = textIn(`x ${prose(text)}`)?.replaceAll("\u200b", "");
      expect(read).toBe(`x ${text.replaceAll("\n", "\ufffd").replace(/ +/g, " ").trim()}`.trim());
    }),
    { numRuns: 2000 },
  );
});

test.each(["@somebody", "see #12", "GH-12", "owner/repo#12"])(
  "%s is neither a mention nor a reference",
  (text) => {
    const [, inline] = parser.parse(prose(text), {});
    const read = (inline?.children ?? []).map(({ content }) => content).join("");
    expect(read).not.toMatch(/@\w|#\d|GH-\d/);
    expect(read.replaceAll("\u200b", "")).toBe(text);
  },
);

test("the verdict, interruptions and the gravest findings are on top, the rest is folded", () => {
  const [top = "", ...folded] = full().split("<details>");
  expect(top).toBe(
    [
      "<!-- aoss-privatelink review -->",
      "### `search`: the public internet gains site-search, 2 networks gain logs-&#42; and orders, role/ingest gains data access to orders; 10.0.0.0/8 via apps loses orders, bedrock.amazonaws.com loses 3 collections; endpoint vpce-0fedcba9876543210 may lose metrics; the plan does not tell all",
      "",
      "- ⛔ endpoint apps is replaced (name changes): vpc-0a1b2c3d4e5f60718 is cut off from orders until the new endpoint is active",
      "- 1 error, 1 warning; 1 accepted",
      "- 🔴 **error** `public-access`: network policy site opens site-search to everybody (`access.yaml:12:9, aws_opensearchserverless_security_policy.site`)",
      "- 🟡 **warning** `single-subnet`: message of single-subnet (`aws_opensearchserverless_vpc_endpoint.apps`)",
      "",
      "",
    ].join("\n"),
  );
  expect(folded.map((text) => /<summary>(.*)<\/summary>/.exec(text)?.[1])).toEqual([
    "Gained",
    "Lost",
    "May be lost: the plan does not tell",
    "Findings: why, and how to mend them",
    "Accepted findings",
    "Changed outside Terraform since the last run",
    "Not seen",
  ]);
  expect(folded[0]).toContain(
    "- 🟢 `endpoint apps (vpce-07cc46262cb06f66c, vpc-0a1b2c3d4e5f60718)`: logs-&#42;, orders, with dashboards\n",
  );
  expect(folded[3]).toContain("  - mend: grant it to an endpoint instead\n");
  expect(folded[4]).toContain("until 2027-01-31, raised &#124; soon\n");
  expect(folded.every((text) => text.trimEnd().endsWith("</details>"))).toBe(true);
});

test("what is between the tags of a fold is a list, not one text", () => {
  const html = parser.render(full());
  expect(html).toContain("<li>🟢 <code>endpoint batch (vpc-0a1b2c3d4e5f60728)</code>: logs-*</li>");
  expect(html).toContain("<strong>the public internet</strong>");
});

describe("a review that does not fit into a comment", () => {
  const many = (count: number, of: string) => Array.from({ length: count }, (_, at) => `${of}-${at}`);
  const big = review(
    change({
      gained: many(900, "app").map((name) => path({ ...apps, id: name, name }, [name, `${name}-logs`])),
    }),
    [
      { ...publicAccess, message: "the gravest comes first" },
      ...many(2000, "c").map((name) => finding("collection-without-policy", { message: name })),
    ],
  );

  test("is cut at the end of the details, closes what it opened and says how much is left out", () => {
    const text = reviewMarkdown([named("search", big), named("other", fullReview())]);
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(text.length).toBeGreaterThan(60_000);
    const told = text.match(/^ *- (🟢|🟡|🔴|why|mend|c-)/gm)?.length ?? 0;
    expect(told).toBeGreaterThan(700);
    expect(text).toContain("the gravest comes first");
    expect(text.indexOf("### `other`")).toBeLessThan(text.indexOf("<details>"));
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
    const [, left] =
      /\n\*\*Cut here: (\d+) more lines did not fit into a comment\.\*\*.*\n$/.exec(text) ?? [];
    expect(Number(left)).toBeGreaterThan(1500);
  });

  test("is at most as long with 2,000 plans", () => {
    const text = reviewMarkdown(many(2000, "stack").map((name) => named(name, fullReview())));
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(text).toContain("### `stack-0`");
    expect(text).toMatch(/\*\*Cut here: \d+ more lines/);
  });
});
