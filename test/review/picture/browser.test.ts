import { createHash } from "node:crypto";
import { matrixHtml, matrixSvg } from "../../../review";
import { svgPicture } from "../../../review/picture/svg";
import { bigWorld } from "../../service/reach/big-world";
import { describeWithChromium, documentInChromium } from "../../support/with-chromium";
import { nastyWorld, view, worldOf3, worldOf30, worldOf300 } from "./worlds";

/** What the script of a test left in the page. */
function resultOf(document: string): unknown {
  const text = /<pre id="result">([^<]*)<\/pre>/.exec(document)?.[1];
  if (text === undefined) throw new Error(`no result in ${document.slice(0, 500)}`);
  return JSON.parse(
    text.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"),
  );
}

const leave = `
  const pre = document.createElement("pre");
  pre.id = "result";
  pre.textContent = JSON.stringify(result);
  document.body.append(pre);`;

/** Texts that are not inside the first rectangle of their box, or not inside the picture. */
const overflowing = `
  const result = { texts: 0, boxes: 0, over: [] };
  for (const svg of document.querySelectorAll("svg")) {
    const inside = (inner, outer, by) =>
      inner.left >= outer.left + by && inner.right <= outer.right - by && inner.top >= outer.top && inner.bottom <= outer.bottom;
    for (const text of svg.querySelectorAll("text")) {
      result.texts += 1;
      const own = text.getBoundingClientRect();
      const box = text.closest(".box");
      if (box) result.boxes += 1;
      const around = box ? box.querySelector(":scope > rect") : svg;
      if (!inside(own, around.getBoundingClientRect(), 3)) result.over.push([svg.dataset.name, text.textContent]);
    }
  }`;

/** The page of the product with a script of ours that runs after its own, which its policy is told to let run. */
function withScript(html: string, script: string): string {
  const digest = createHash("sha256").update(script).digest("base64");
  return html
    .replace("script-src ", `script-src &#39;sha256-${digest}&#39; `)
    .replace("</body>", `<script>${script}</script></body>`);
}

describeWithChromium("pictures in a real browser", () => {
  test("no text overflows its box, in the fonts that people have", async () => {
    const worlds = {
      "3": worldOf3(),
      "30": worldOf30(),
      "300": worldOf300(),
      "3,000": bigWorld({ collections: 3000, endpoints: 50, policies: 40 }),
      nasty: nastyWorld(),
    };
    const pictures: string[] = [];
    for (const [name, world] of Object.entries(worlds)) {
      const svg = await matrixSvg(
        view(`A title ${"that is long ".repeat(20)}`, world, ["what was not seen ".repeat(30)]),
      );
      for (const font of ["Arial", "Liberation Sans", "DejaVu Sans", "sans-serif"]) {
        pictures.push(
          svg
            .replace("<svg ", `<svg data-name="${name} ${font}" `)
            .replace(/font-family="[^"]*"/, `font-family="${font}"`),
        );
      }
    }
    const page = `<!doctype html><meta charset="utf-8"><body>${pictures.join("")}<script>${overflowing}${leave}</script></body>`;
    const result = resultOf(documentInChromium(page)) as { texts: number; boxes: number; over: unknown[] };
    expect(result.over).toEqual([]);
    expect(result.boxes).toBeGreaterThan(1000);
  });

  test("a text that overflows would be found", async () => {
    const svg = (await matrixSvg(view("t", worldOf3()))).replace(
      ">orders</text>",
      `>${"orders ".repeat(20)}</text>`,
    );
    const page = `<!doctype html><meta charset="utf-8"><body>${svg}<script>${overflowing}${leave}</script></body>`;
    const result = resultOf(documentInChromium(page)) as { over: unknown[] };
    expect(result.over).toHaveLength(1);
  });

  const asked = `
    addEventListener("load", () => setTimeout(() => {
      const result = {
        asked: performance.getEntriesByType("resource").map(({ name }) => name),
        refused: window.refused,
        filter: document.getElementById("find").hidden,
      };${leave}
    }, 50));`;
  const listen = `window.refused = []; addEventListener("securitypolicyviolation", (event) => window.refused.push(event.violatedDirective));`;
  const watched = (html: string) => {
    const digest = createHash("sha256").update(listen).digest("base64");
    return withScript(html, asked)
      .replace("script-src ", `script-src &#39;sha256-${digest}&#39; `)
      .replace('<meta name="viewport"', `<script>${listen}</script><meta name="viewport"`);
  };

  test("the page asks for nothing, and its script runs under its own policy", async () => {
    const html = await matrixHtml(view("t", nastyWorld(), ["<img src='https://example.invalid/a.png'>"]));
    expect(resultOf(documentInChromium(watched(html)))).toEqual({ asked: [], refused: [], filter: false });
  });

  test("a page that did ask for something would be found out, and refused", async () => {
    const html = await matrixHtml(view("t", worldOf3()));
    const asking = watched(html).replace("<h1>", '<img src="https://example.invalid/a.png"/><h1>');
    expect(resultOf(documentInChromium(asking))).toMatchObject({ refused: ["img-src"] });
  });

  test("the filter leaves rows with all of its words, and dims what is joined to none of them", async () => {
    const script = `{
      const filter = document.getElementById("filter");
      filter.value = "SITE-search public";
      filter.dispatchEvent(new Event("input"));
      const shown = (row) => row.querySelector("td").innerText.trim();
      const names = () => Array.from(document.querySelectorAll("tbody tr:not([hidden])"), shown);
      const result = {
        rows: names(),
        count: document.getElementById("count").textContent,
        kept: Array.from(document.querySelectorAll("svg .box.kept > text.name:first-of-type, svg .box.kept > text.small + text.name"), (text) => text.textContent),
      };
      filter.value = "";
      filter.dispatchEvent(new Event("input"));
      result.all = names().length;
      result.dimmed = document.querySelector("svg").classList.contains("dimmed");
      ${leave}
    }`;
    const html = withScript(await matrixHtml(view("t", worldOf30())), script);
    // 11 rows of collections, 7 of endpoints, 3 of principals
    expect(resultOf(documentInChromium(html))).toEqual({
      rows: ["site-search site-suggest"],
      count: "1 of 21 rows",
      kept: ["public internet", "site-search, site-suggest"],
      all: 21,
      dimmed: false,
    });
  });

  test("the filter for one collection of a box keeps what reaches that one, and dims the rest with its VPC", async () => {
    const world = bigWorld({ collections: 300, endpoints: 30, policies: 40 });
    const seen = view("t", world);
    const { entrances, targets, links } = svgPicture(seen);
    // of a box that others share which are not reached alike
    const shared = targets.find(
      ({ groups: [first, ...others] }) =>
        others.length > 0 && !first.collection.public && first.collection.endpoints.length > 0,
    );
    const group = shared?.groups[0];
    const name = group?.collections[0] ?? "";
    const { endpoints = [], services = [] } = group?.collection ?? {};
    const reaching = entrances.filter((one) =>
      one.kind === "endpoint"
        ? one.endpoints.some(({ id }) => endpoints.includes(id))
        : one.kind === "service" && one.services.some((service) => services.includes(service)),
    );
    const inVpcs = reaching.flatMap((one) => (one.kind === "endpoint" ? [one.endpoints] : []));
    const vpcs = new Set(inVpcs.map((some) => JSON.stringify(some.map(({ vpcId }) => vpcId).sort())));
    const rows = links.filter(
      ({ from, to }) => to === shared?.key && reaching.some(({ key }) => key === from),
    );
    const script = `{
      const filter = document.getElementById("filter");
      filter.value = ${JSON.stringify(name)};
      filter.dispatchEvent(new Event("input"));
      const svg = document.querySelector("svg");
      const opacity = (one) => getComputedStyle(one).opacity;
      const result = {
        boxes: Array.from(new Set(Array.from(svg.querySelectorAll(".kept[data-box]"), ({ dataset }) => dataset.box))).sort(),
        ends: Array.from(new Set(Array.from(svg.querySelectorAll(".kept[data-to]"), ({ dataset }) => dataset.to))),
        frames: Array.from(svg.querySelectorAll("[data-holds]"), opacity).filter((one) => one === "1").length,
        ports: Array.from(svg.querySelectorAll("[data-box]")).filter((one) => one.textContent === "TCP 443").map(opacity).filter((one) => one === "1").length,
        bundles: Array.from(svg.querySelectorAll(".ways"), opacity).filter((one) => one === "1").length,
      };
      ${leave}
    }`;
    const target = `target${shared ? targets.indexOf(shared) : ""}`;
    const ids = reaching.map((one) => `entrance${entrances.indexOf(one)}`);
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.length).toBeLessThan(entrances.length / 2);
    expect(resultOf(documentInChromium(withScript(await matrixHtml(seen), script)))).toEqual({
      boxes: [...ids, target].sort(),
      ends: [target],
      frames: vpcs.size,
      ports: inVpcs.length,
      bundles: new Set(rows.map(({ row }) => row)).size,
    });
  });

  test("on a narrow screen the picture scrolls within its frame, and the head of a table has one line", async () => {
    const script = `{
      document.body.style.width = "364px";
      const figure = document.querySelector("figure");
      const result = {
        scrolls: figure.scrollWidth > figure.clientWidth,
        overflow: getComputedStyle(figure).overflowX,
        page: document.documentElement.scrollWidth === document.documentElement.clientWidth,
        heads: Array.from(document.querySelectorAll("th"), (head) => head.getBoundingClientRect().height).filter((height) => height > 40),
      };
      ${leave}
    }`;
    const html = withScript(await matrixHtml(view("t", worldOf300())), script);
    expect(resultOf(documentInChromium(html))).toEqual({
      scrolls: true,
      overflow: "auto",
      page: true,
      heads: [],
    });
  });
});
