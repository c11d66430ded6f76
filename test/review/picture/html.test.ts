import { createHash } from "node:crypto";
import { XMLValidator } from "fast-xml-parser";
import { matrixHtml } from "../../../review";
import { type AccessWorld, accessMatrix } from "../../../service";
import { bigWorld } from "../../service/reach/big-world";
import { emptyWorld, nastyWorld, view, worldOf3, worldOf30, worldOf300 } from "./worlds";

const htmlOf = (world: AccessWorld, notSeen: readonly string[] = []) =>
  matrixHtml(view("Who <reaches> what", world, notSeen));

test.each([
  ["empty", emptyWorld],
  ["3", worldOf3()],
  ["30", worldOf30()],
  ["300", worldOf300()],
  ["3,000", bigWorld({ collections: 3000, endpoints: 50, policies: 40 })],
  ["nasty", nastyWorld()],
])("%s: well-formed, asks for nothing, and its policy forbids it", async (_name, world) => {
  const html = await htmlOf(world, ["<not> & seen"]);
  expect(XMLValidator.validate(html)).toBe(true);
  expect(html.match(/https?:[^"' ]*/g)).toEqual(["http://www.w3.org/2000/svg"]);
  expect(html).not.toMatch(/ (href|src|srcset)=|url\(|@import|<(link|iframe|img)\b|\son\w+="/);
  expect(html).toContain(
    `content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; script-src`,
  );
  expect(html).toContain("<title>Who &lt;reaches&gt; what</title>");
  expect(html).toContain("<li>&lt;not&gt; &amp; seen</li>");
});

test("the one script of the page is the one that its policy lets run", async () => {
  const html = await htmlOf(nastyWorld());
  const scripts = [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, text = ""]) => text);
  expect(scripts).toHaveLength(1);
  const digest = createHash("sha256")
    .update(scripts[0] ?? "")
    .digest("base64");
  expect(html).toContain(`script-src &#39;sha256-${digest}&#39;`);
});

test("without its script the page shows all, and no filter that does nothing", async () => {
  const html = await htmlOf(worldOf3());
  expect(html).toContain('<p id="find" hidden="">');
  expect(html.match(/ hidden=/g)).toHaveLength(1);
});

test("the table has every collection, endpoint, source, principal and permission of the matrix", async () => {
  const matrix = accessMatrix(worldOf300());
  const html = await htmlOf(worldOf300());
  const tables = html.slice(html.indexOf("<h2>"));
  const items = new Set([...tables.matchAll(/<li>([^<]*)/g)].map(([, text]) => text));
  expect(matrix.groups.flatMap(({ collections }) => collections).filter((name) => !items.has(name))).toEqual(
    [],
  );
  for (const { id, sources } of matrix.endpoints) {
    expect(tables).toContain(`<code>${id}</code>`);
    for (const { value } of sources) expect(items).toContain(value);
  }
  for (const { principal } of matrix.principals) expect(items).toContain(principal);
  expect(items).toContain("index: aoss:DescribeIndex, aoss:ReadDocument on ");
});

test("a row says who reaches the collections and who their dashboards", async () => {
  const html = await htmlOf(worldOf3());
  expect(html).toContain(
    '<tr data-own="target2" data-ways="entrance0-target2"><td><ul class="names"><li>orders</li></ul></td><td>classic</td><td><ul class="names"><li>apps</li></ul></td><td><ul class="names"><li>apps</li></ul></td></tr>',
  );
  expect(html).toContain('<li>10.30.4.0/22<span class="faint">, by sg-batch</span></li>');
});

test("principals of another account are permitted nothing, and the page says why", async () => {
  expect(await htmlOf(worldOf30())).toContain(
    '<li>arn:aws:iam::210987654321:role/partner</li></ul></td><td><span class="warn">nothing: of another account, which AWS refuses</span>',
  );
});

test("the same matrix gives the same bytes", async () => {
  expect(await htmlOf(worldOf30())).toBe(await htmlOf(worldOf30()));
});
