import { XMLParser, XMLValidator } from "fast-xml-parser";
import { matrixSvg } from "../../../review";
import { type AccessWorld, accessMatrix } from "../../../service";
import { bigWorld } from "../../service/reach/big-world";
import { policy, smallWorld } from "../../service/reach/small-world";
import { emptyWorld, nastyWorld, view, worldOf3, worldOf30, worldOf300 } from "./worlds";

const worlds: [string, AccessWorld][] = [
  ["empty", emptyWorld],
  ["3", worldOf3()],
  ["30", worldOf30()],
  ["300", worldOf300()],
  ["3,000", bigWorld({ collections: 3000, endpoints: 50, policies: 40 })],
  ["nasty", nastyWorld()],
];
const svgOf = (world: AccessWorld, notSeen: readonly string[] = []) =>
  matrixSvg(view("Who reaches what", world, notSeen));

const attribute = (element: string, name: string) =>
  Number(new RegExp(` ${name}="(-?[\\d.]+)"`).exec(element)?.[1]);

interface Box {
  readonly kinds: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The boxes of a picture, without what stands in others. */
function boxesIn(svg: string): Box[] {
  return [...svg.matchAll(/<g class="box ([a-z ]+)"[^>]*>(?:<title>[^<]*<\/title>)?(<rect[^>]*>)/g)].flatMap(
    ([, kinds = "", rect = ""]) => {
      const at = (name: string) => attribute(rect, name);
      return /badge/.test(kinds)
        ? []
        : [{ kinds, x: at("x"), y: at("y"), width: at("width"), height: at("height") }];
    },
  );
}

test.each(worlds)("%s: well-formed, and of no address but that of SVG itself", async (_name, world) => {
  const svg = await svgOf(world, ["<not> & seen"]);
  expect(XMLValidator.validate(svg)).toBe(true);
  expect(svg.match(/https?:[^"' ]*/g)).toEqual(["http://www.w3.org/2000/svg"]);
  expect(svg).not.toMatch(/href|url\(|@import|<image|<script|\son\w+=/);
  const { svg: root } = new XMLParser({ ignoreAttributes: false }).parse(svg);
  expect([root["@_role"], root["@_aria-labelledby"]]).toEqual(["img", "reach-title reach-desc"]);
  expect(root.title["#text"]).toBe("Who reaches what");
  expect(root.desc["#text"]).toMatch(/^[\d]+ collections?, \d+ endpoints?/);
});

test.each(worlds)(
  "%s: boxes lie in the picture and not on one another, a VPC's around its own",
  async (_name, world) => {
    const svg = await svgOf(world);
    const boxes = boxesIn(svg);
    const vpcs = boxes.filter(({ kinds }) => kinds === "vpc");
    const others = boxes.filter(({ kinds }) => kinds !== "vpc");
    const apart = (a: Box, b: Box) =>
      a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
    const holds = (a: Box, b: Box) =>
      a.x <= b.x && a.y <= b.y && a.x + a.width >= b.x + b.width && a.y + a.height >= b.y + b.height;
    for (const [place, box] of boxes.entries()) {
      expect(box.y).toBeGreaterThanOrEqual(0);
      expect(box.y + box.height).toBeLessThanOrEqual(attribute(svg, "height"));
      expect(box.x + box.width).toBeLessThanOrEqual(attribute(svg, "width"));
      const same = box.kinds === "vpc" ? vpcs : others;
      for (const other of same.slice(same.indexOf(box) + 1)) expect(apart(box, other)).toBe(true);
      if (box.kinds !== "vpc") for (const vpc of vpcs) expect(apart(box, vpc) || holds(vpc, box)).toBe(true);
      expect(boxes.indexOf(box)).toBe(place);
    }
    expect(
      others
        .filter(({ kinds }) => /^(source)$/.test(kinds))
        .every((box) => vpcs.some((vpc) => holds(vpc, box))),
    ).toBe(true);
  },
);

test("the same matrix gives the same bytes, whatever the order of what it was made of", async () => {
  const { collections, networkPolicies, endpoints, ...world } = worldOf30();
  const reversed = {
    ...world,
    collections: [...collections].reverse(),
    networkPolicies: [...networkPolicies].reverse(),
    endpoints: [...endpoints].reverse(),
  };
  expect(await svgOf(reversed)).toBe(await svgOf(worldOf30()));
});

test("an endpoint stands in its VPC with what it lets in; lines lead to collections, double ones to dashboards", async () => {
  const svg = await svgOf(
    smallWorld({
      networkPolicies: [
        policy(
          "a",
          { endpoints: ["vpce-apps"] },
          ["collection", "orders", "logs-eu"],
          ["dashboard", "orders"],
        ),
      ],
    }),
  );
  expect(svg).toMatch(/<g class="box vpc" data-holds="entrance0"><title>VPC vpc-apps<\/title>/);
  expect(svg).toMatch(
    /<g class="box source" data-box="entrance0"><title>10.20.0.0\/16 is let in on TCP 443<\/title>/,
  );
  expect(svg).toMatch(
    /<g class="box endpoint" data-box="entrance0"><title>vpce-apps, vpc-apps, classic<\/title>/,
  );
  expect(svg).toMatch(/<g class="box target" data-box="target0"><title>logs-eu<\/title>/);
  const ways = [...svg.matchAll(/<path class="(way[a-z ]*)"[^>]* data-from="(\w+)" data-to="(\w+)"/g)].map(
    ([, ...one]) => one.join(" "),
  );
  expect(ways.sort()).toEqual(["way both entrance0 target1", "way entrance0 target0"]);
  expect(svg).toContain("reaches no collection");
});

test("what is public is red and comes from the internet; an endpoint that only policies name is dashed", async () => {
  const svg = await svgOf(worldOf30());
  expect(svg).toContain('<tspan class="name red">2 collections open to the public internet</tspan>');
  expect(svg).toMatch(/<g class="box internet" data-box="entrance0">/);
  expect(svg).toMatch(/<path class="way public" [^>]*data-from="entrance0" data-to="target0"/);
  expect(svg).toMatch(
    /<g class="box target open" data-box="target0"><title>site-search\nsite-suggest<\/title>/,
  );
  expect(svg).toMatch(
    /<g class="box endpoint dashed" [^>]*><title>vpce-0fedcba9876543210, of another stack or account<\/title>/,
  );
  expect(svg).toMatch(/<g class="box target dashed" [^>]*><title>archive-\*\nreturns<\/title>/);
  expect(svg).toContain(".way.public{stroke:#b91c1c}");
});

test("a box of many collections names families, and all of them in its tooltip", async () => {
  const svg = await svgOf(worldOf300());
  expect(svg).toContain(">billing-… (20)</text>");
  const tooltips = [...svg.matchAll(/<g class="box target[^>]*><title>([^<]*)</g)].flatMap(([, names = ""]) =>
    names.split("\n"),
  );
  const matrix = accessMatrix(worldOf300());
  expect(tooltips.sort()).toEqual(matrix.groups.flatMap(({ collections }) => collections).sort());
});

test("the description says in words who reaches what", async () => {
  const svg = await svgOf(worldOf3());
  expect(svg).toContain(
    '<desc id="reach-desc">3 collections, 2 endpoints, 1 AWS service. knowledge: reached by apps, bedrock.amazonaws.com. logs: reached by apps, batch. orders: reached with dashboards by apps.</desc>',
  );
});

test("names from outside are text, never markup, and what cannot be shown is replaced", async () => {
  const svg = await svgOf(nastyWorld());
  expect(svg).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;");
  expect(svg).not.toMatch(/<(script|b|x|id)\b/);
  expect(svg).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
});

test("what was not seen stands below, long lines in several, at most twelve of them and all in the tooltip", async () => {
  const lines = Array.from({ length: 20 }, (_, place) => `line ${place} ${"word ".repeat(60)}`.trim());
  const svg = await svgOf(worldOf3(), lines);
  expect(svg).toContain("… and 9 more");
  expect(svg).toContain(`<title>${lines.join("\n")}</title>`);
  expect(svg).toContain(">– line 10 ");
  expect(svg).not.toContain(">– line 11 ");
});

test("legends explain what is in the picture, nothing else", async () => {
  const [few, many] = [await svgOf(worldOf3()), await svgOf(worldOf30())];
  expect(few).not.toContain("endpoint only named in policies");
  expect(few).toContain("AWS service named in a policy: needs no endpoint");
  for (const text of [
    "endpoint only named in policies",
    "pattern that matches no known collection",
    "open to anybody",
  ]) {
    expect(many).toContain(text);
  }
});

test("the legend says which endpoints reach what is public", async () => {
  const legendOf = async (...generations: readonly ("classic" | "nextgen")[]) => {
    const collections = generations.map((generation) => ({ name: generation, generation }));
    const open = policy("open", "public", ["collection", "*"]);
    const svg = await svgOf({ ...worldOf3(), collections, networkPolicies: [open] });
    return />(open to anybody[^<]*)</.exec(svg)?.[1];
  };
  expect(await legendOf("classic")).toBe("open to anybody, and to every classic endpoint");
  expect(await legendOf("nextgen")).toBe("open to anybody, and to every nextgen endpoint");
  expect(await legendOf("classic", "nextgen")).toBe(
    "open to anybody, and to every endpoint of its generation",
  );
});

test("3,000 collections over 50 endpoints take seconds at most", async () => {
  const world = view("t", bigWorld({ collections: 3000, endpoints: 50, policies: 40 }));
  await matrixSvg(world);
  const start = process.cpuUsage();
  await matrixSvg(world);
  // 0.4 s where it was written
  expect(process.cpuUsage(start).user / 1e6).toBeLessThan(5);
});
