import { matrixMermaid } from "../../../review";
import type { AccessWorld } from "../../../service";
import { bigWorld } from "../../service/reach/big-world";
import { policy, smallWorld } from "../../service/reach/small-world";
import { emptyWorld, nastyWorld, view, worldOf3, worldOf30, worldOf300 } from "./worlds";

const big = bigWorld({ collections: 3000, endpoints: 50, policies: 40 });
/** As many groups as collections, each reached by three endpoints of fifty. */
const scattered: AccessWorld = {
  ...bigWorld({ collections: 1000, endpoints: 50, policies: 0 }),
  networkPolicies: Array.from({ length: 1000 }, (_, place) =>
    policy(
      `p${place}`,
      {
        endpoints: [0, 1, 2].map(
          (step) => `vpce-${String((place + step * Math.floor(place / 50)) % 50).padStart(17, "0")}`,
        ),
      },
      ["collection", `family-${place % 50}-orders-${Math.floor(place / 50)}`],
    ),
  ),
};

/** The few forms of lines that we write, all of Mermaid's grammar for flowcharts. */
const text = `"(?:[^"\`<>%]|<br>)*"`;
const forms = [
  /^flowchart LR$/,
  /^ {2}accDescr: [^#%<>{}]*$/,
  new RegExp(`^ +subgraph vpc\\d+\\[${text}\\]$`),
  /^ {2}end$/,
  new RegExp(
    `^ +(sources|entrance|target)\\d+(\\[${text}\\]|\\(\\[${text}\\]\\)|\\(\\(${text}\\)\\)):::[a-z]+$`,
  ),
  /^ {2}(sources|entrance)\d+ (-->|==>|-\.->)(\|[A-Za-z0-9, ]+\|)? (entrance|target)\d+$/,
  /^ {2}class vpc\d+ vpc$/,
  /^ {2}classDef [a-z]+ [a-z-]+:[#0-9a-z ]+(,[a-z-]+:[#0-9a-z ]+)*$/,
  /^ {2}linkStyle \d+(,\d+)* stroke:#b91c1c,stroke-width:3px$/,
];

test("the chart of a small world: VPCs with sources and endpoint, links into collections", () => {
  const chart = matrixMermaid(
    view(
      "small",
      smallWorld({
        networkPolicies: [
          policy(
            "a",
            { endpoints: ["vpce-apps"] },
            ["collection", "orders", "logs-eu"],
            ["dashboard", "orders"],
          ),
          policy("open", "public", ["collection", "logs-eu"]),
        ],
      }),
    ),
  );
  const lines = chart.split("\n").filter((line) => !line.startsWith("  class"));
  expect(lines).toEqual([
    "---",
    'title: "small"',
    "---",
    "flowchart LR",
    "  accDescr: 2 collections, 2 endpoints, 1 collection open to the public internet",
    '  entrance0(("public internet")):::internet',
    '  subgraph vpc0["VPC vpc-apps"]',
    '    sources1["10.20.0.0/16"]:::source',
    '    entrance1["vpce-apps<br>classic"]:::endpoint',
    "  end",
    '  subgraph vpc1["VPC vpc-batch"]',
    '    sources2["10.30.0.0/16"]:::source',
    '    entrance2["vpce-batch<br>classic"]:::endpoint',
    "  end",
    '  target0["logs-eu<br>1 collection · classic"]:::open',
    '  target1["orders<br>1 collection · classic"]:::collection',
    "  entrance0 ==>|public| target0",
    "  entrance1 ==>|and dashboards| target1",
    "  sources1 -->|TCP 443| entrance1",
    "  sources2 -->|TCP 443| entrance2",
    "  linkStyle 0 stroke:#b91c1c,stroke-width:3px",
    "",
  ]);
});

test.each([
  ["empty", emptyWorld],
  ["3", worldOf3()],
  ["30", worldOf30()],
  ["300", worldOf300()],
  ["3,000", big],
  ["scattered", scattered],
  ["nasty", nastyWorld()],
])("%s: every line is of a form that Mermaid knows, within its limits", (_name, world) => {
  const chart = matrixMermaid(view('a "title" %%{init}%% --- <b>', world));
  const [, heading, , ...lines] = chart.trimEnd().split("\n");
  expect(heading).toMatch(/^title: "(?:[^"\\%<>&#-]|\\u00[0-9a-f]{2}|\\")*"$/);
  expect(lines.filter((line) => !forms.some((form) => form.test(line)))).toEqual([]);
  expect(chart.length).toBeLessThanOrEqual(50_000);
  expect(lines.filter((line) => /(-->|==>|-\.->)/.test(line)).length).toBeLessThanOrEqual(500);
});

test("characters that Mermaid gives a meaning stand as entities", () => {
  const chart = matrixMermaid(view("t", nastyWorld()));
  expect(chart).toContain("#60;script#62;alert(#34;1#34;)#60;/script#62; #38; #39;x#39;");
  expect(chart).toContain("#37;#37;#123;init: #123;#125;#125;#37;#37; #96;end#96; #59; #35;quot#59; 漢字");
});
