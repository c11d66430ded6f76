import { createHash } from "node:crypto";
import { reviewHtml, review as reviewPlan } from "../../../review";
import { describeWithChromium, documentInChromium } from "../../support/with-chromium";
import { readCase } from "../corpus/case";
import { worldOf3, worldOf30 } from "../picture/worlds";
import { apps, change, finding, fullReview, named, path, publicAccess, publicWho, review } from "./reviews";

const nasty = `<img src="https://example.invalid/a.png" onerror="alert(1)"> ${"long".repeat(60)} </style></script>`;

const nastyReview = () =>
  review(
    change(
      {
        gained: [path({ ...apps, name: nasty }, [nasty]), path(publicWho, [nasty])],
        notSeen: [nasty],
        interruptions: [
          {
            reason: "policy-replaced",
            address: nasty,
            vpcIds: [nasty],
            because: [nasty],
            loses: [],
            until: nasty,
          },
        ],
      },
      { before: worldOf3(), after: worldOf30() },
    ),
    [
      { ...publicAccess, message: nasty, address: nasty, remedy: nasty },
      finding("x", { message: nasty, accepted: { reason: nasty, until: "2027-01-31" } }),
    ],
  );

test("holds the verdict, findings, who gains and loses, and the picture before and after", async () => {
  const html = await reviewHtml([named("search", fullReview())]);
  expect(html).toContain(
    '<p class="verdict">the public internet gains site-search, 2 networks gain logs-* and orders',
  );
  expect(html).toContain(
    '<p class="cut">endpoint apps is replaced (name changes): vpc-0a1b2c3d4e5f60718 is cut off',
  );
  expect(html).toContain('<td class="mark public">+</td><td class="public">');
  expect(html).toContain('<td class="mark red">-</td>');
  expect(html.match(/<svg /g)).toHaveLength(2);
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(ids).toEqual(["plan0-before-title", "plan0-before-desc", "plan0-after-title", "plan0-after-desc"]);
});

test("shows each Region before and after, and names it where something is gained or lost", async () => {
  const { plan } = readCase("second-region");
  const html = await reviewHtml([named("search", reviewPlan({ plan, today: "2026-11-25" }))]);
  expect([...html.matchAll(/<h3>(Who [^<]*)<\/h3>/g)].map(([, title]) => title)).toEqual([
    "Who reaches what in eu-central-1, before and after",
    "Who reaches what in us-east-1 before",
    "Who reaches what in us-east-1 after",
  ]);
  expect(html).toContain("<div>us-east-1</div>");
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("shows one picture where nothing changes, and none of nothing", async () => {
  const same = await reviewHtml([
    named("search", review(change({}, { before: worldOf3(), after: worldOf3() }))),
  ]);
  expect(same.match(/<svg /g)).toHaveLength(1);
  expect(same).toContain("Who reaches what, before and after");
  const first = review(change({ gained: [path(apps, ["orders"])] }, { after: worldOf3() }));
  const made = await reviewHtml([named("search", first)]);
  expect(made.match(/<svg /g)).toHaveLength(1);
  expect(made).toContain('<h3>Who reaches what before</h3>\n<p class="faint">nothing is there</p>');
});

test("is the same in every run", async () => {
  const twice = [await reviewHtml([named("a", fullReview())]), await reviewHtml([named("a", fullReview())])];
  expect(twice[0]).toBe(twice[1]);
});

/** The page with a script that its policy is told to let run, and what that left. */
function resultOf(html: string, script: string): unknown {
  const digest = createHash("sha256").update(script).digest("base64");
  const page = html
    .replace(
      "default-src &#39;none&#39;;",
      `default-src &#39;none&#39;; script-src &#39;sha256-${digest}&#39;;`,
    )
    .replace('<meta name="viewport"', `<script>${script}</script><meta name="viewport"`);
  if (page.length <= html.length + script.length) throw new Error("the page has another form");
  const text = /<pre id="result">([^<]*)<\/pre>/.exec(documentInChromium(page))?.[1];
  if (text === undefined) throw new Error("no result");
  return JSON.parse(
    text.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"),
  );
}

/** Measured at the widths of a telephone and of a screen: what sticks out, but in what scrolls by itself. */
const script = `
  const refused = [];
  addEventListener("securitypolicyviolation", (event) => refused.push(event.violatedDirective));
  addEventListener("load", () => setTimeout(() => {
    const over = [];
    for (const width of [360, 1280]) {
      document.body.style.width = width + "px";
      document.body.style.boxSizing = "border-box";
      const right = document.body.getBoundingClientRect().right;
      for (const one of document.body.querySelectorAll("*")) {
        if (one.closest("svg, table, pre")) continue;
        if (one.getBoundingClientRect().right > right + 1) over.push([width, one.tagName, one.className]);
      }
    }
    const result = {
      asked: performance.getEntriesByType("resource").map(({ name }) => name),
      refused,
      over,
      images: document.images.length,
      scripts: document.scripts.length,
      red: getComputedStyle(document.querySelector("td.public")).color,
      pictures: Array.from(document.querySelectorAll("figure svg"), (svg) => svg.getBoundingClientRect().height > 100),
    };
    const pre = document.createElement("pre");
    pre.id = "result";
    pre.textContent = JSON.stringify(result);
    document.body.append(pre);
  }, 50));`;

describeWithChromium("in a real browser", () => {
  test("the page asks for nothing, nothing sticks out, names are no markup, and the public is red", async () => {
    const html = await reviewHtml([named(nasty, nastyReview()), named("search", fullReview())]);
    expect(resultOf(html, script)).toEqual({
      asked: [],
      refused: [],
      over: [],
      images: 0,
      // the one of this test
      scripts: 1,
      red: "rgb(185, 28, 28)",
      pictures: [true, true, true, true],
    });
  });

  test("a page that did ask for something, or that something sticks out of, would be found out", async () => {
    const html = await reviewHtml([named("search", fullReview())]);
    const asking = html
      .replace("<h1>", '<img src="https://example.invalid/a.png"/><p class="wide">wide</p><h1>')
      .replace("</style>", ".wide{width:2000px}</style>");
    const found = resultOf(asking, script) as { refused: unknown; over: unknown[] };
    expect(found.refused).toEqual(["img-src"]);
    expect(found.over).toContainEqual([360, "P", "wide"]);
  });
});
