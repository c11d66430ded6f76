import type { MatrixView } from "../../../review";
import type { AccessWorld, WorldCollection, WorldDataPolicy } from "../../../service";
import { accessMatrix } from "../../../service";
import {
  bedrock,
  dataPolicy,
  endpoint,
  https,
  policy,
  role,
  securityGroup,
} from "../../service/reach/small-world";

/** 17 hexadecimal digits as in AWS's ids, by number. */
const hex = (number: number) => (0x0a1b2c3d4e5f60000n + BigInt(number)).toString(16).padStart(17, "0");
const vpce = (number: number) => `vpce-${hex(number)}`;

function placed(name: string, number: number, parts: Parameters<typeof endpoint>[1] = {}) {
  return endpoint(name, {
    id: vpce(number),
    name,
    vpcId: `vpc-${hex(number)}`,
    account: "123456789012",
    ...parts,
  });
}

const collections = (names: readonly string[], parts: Partial<WorldCollection> = {}): WorldCollection[] =>
  names.map((name) => ({ name, ...parts }));

const numbered = (prefix: string, most: number) =>
  Array.from({ length: most }, (_, place) => `${prefix}${String(place + 1).padStart(2, "0")}`);

const readers = (name: string, principal: string, resources: readonly string[]): WorldDataPolicy =>
  dataPolicy(name, [role(principal)], "index", resources, ["aoss:DescribeIndex", "aoss:ReadDocument"]);

/** Two VPCs, three collections, one service. */
export function worldOf3(): AccessWorld {
  return {
    account: "123456789012",
    vpcs: [],
    endpoints: [placed("apps", 1), placed("batch", 2)],
    securityGroups: [
      securityGroup("apps", [https({ cidrIpv4: "10.20.0.0/16" })]),
      securityGroup("batch", [
        https({ securityGroupId: `sg-${hex(7)}` }),
        https({ cidrIpv4: "10.30.4.0/22" }),
      ]),
    ],
    prefixLists: [],
    collections: collections(["orders", "logs", "knowledge"]),
    networkPolicies: [
      policy("apps", { endpoints: [vpce(1)] }, ["collection", "orders", "logs"], ["dashboard", "orders"]),
      policy("batch", { endpoints: [vpce(2)] }, ["collection", "logs"]),
      policy("answers", { services: [bedrock], endpoints: [vpce(1)] }, ["collection", "knowledge"]),
    ],
    dataPolicies: [
      readers("orders", "orders-api", ["index/orders/*"]),
      readers("logs", "batch", ["index/logs/*"]),
    ],
  };
}

/** Five VPCs with an endpoint of each generation in one, another account, something public, patterns ahead of their collections. */
export function worldOf30(): AccessWorld {
  const partner = "vpce-0fedcba9876543210";
  return {
    account: "123456789012",
    vpcs: [],
    endpoints: [
      placed("web", 1),
      placed("orders", 2),
      placed("analytics", 3),
      placed("analytics-nextgen", 4, {
        vpcId: `vpc-${hex(3)}`,
        generation: "nextgen",
        privateDns: true,
        securityGroupIds: ["sg-analytics"],
      }),
      placed("operations", 5),
      placed("build", 6, { securityGroupIds: ["sg-elsewhere"] }),
    ],
    securityGroups: [
      securityGroup("web", [
        https({ securityGroupId: `sg-${hex(21)}` }),
        https({ securityGroupId: `sg-${hex(22)}` }),
      ]),
      securityGroup("orders", [https({ cidrIpv4: "10.21.0.0/16" })]),
      securityGroup("analytics", [
        https({ cidrIpv4: "10.22.0.0/17" }),
        https({ cidrIpv6: "2600:1f16:4a2:7c00::/56" }),
      ]),
      securityGroup("operations", [
        https({ prefixListId: `pl-${hex(31)}` }),
        ...numbered("10.40.", 7).map((start) => https({ cidrIpv4: `${start.replace(".0", ".")}.0/24` })),
      ]),
    ],
    prefixLists: [],
    collections: [
      ...collections(["orders", "payments", "refunds", "shipping", "stock", "catalogue", "prices"]),
      ...collections(numbered("logs-", 12)),
      ...collections(["traces", "metrics"]),
      ...collections(["site-search", "site-suggest"]),
      ...collections(["reports", "events-eu", "events-us", "events-ap", "forecast"], {
        generation: "nextgen",
      }),
      ...collections(["knowledge", "scratch"]),
    ],
    networkPolicies: [
      policy("web", { endpoints: [vpce(1)] }, ["collection", "catalogue", "prices"]),
      policy(
        "orders",
        { endpoints: [vpce(2)] },
        ["collection", "orders", "payments", "refunds", "shipping", "stock", "catalogue", "prices"],
        ["dashboard", "orders", "payments"],
      ),
      policy("logs", { endpoints: [vpce(1), vpce(2), vpce(3), vpce(6)] }, [
        "collection",
        "logs-*",
        "traces",
        "metrics",
      ]),
      policy(
        "operations",
        { endpoints: [vpce(5)] },
        ["collection", "logs-*", "traces", "metrics"],
        ["dashboard", "logs-*", "traces", "metrics"],
      ),
      policy(
        "analytics",
        { endpoints: [vpce(3), vpce(4)] },
        ["collection", "orders", "payments", "reports", "events-*", "forecast"],
        ["dashboard", "reports"],
      ),
      policy("partner", { endpoints: [partner] }, ["collection", "shipping", "stock"]),
      policy("site", "public", ["collection", "site-*"]),
      policy("answers", { services: [bedrock] }, ["collection", "knowledge", "reports"]),
      policy("ahead", { endpoints: [vpce(2)] }, ["collection", "archive-*", "returns"]),
    ],
    dataPolicies: [
      readers("orders", "orders-api", ["index/orders/*", "index/payments/*", "index/refunds/*"]),
      readers("logs", "log-shipper", ["index/logs-*/*"]),
      dataPolicy(
        "partner",
        [role("partner", "210987654321")],
        "collection",
        ["collection/shipping"],
        ["aoss:DescribeCollectionItems"],
      ),
    ],
  };
}

const teams = [
  "billing",
  "catalogue",
  "claims",
  "fleet",
  "identity",
  "media",
  "orders",
  "risk",
  "search",
  "support",
];

/** Ten teams with 29 collections each and what they share. */
export function worldOf300(): AccessWorld {
  const shared = [
    "audit",
    "metrics",
    "traces",
    "logs-eu",
    "logs-us",
    "logs-ap",
    "knowledge-base",
    "site-search",
    "site-help",
    "lab",
  ];
  const partners = numbered("vpce-0fedcba98765432", 3);
  return {
    account: "123456789012",
    vpcs: [],
    endpoints: [
      ...teams.map((team, place) => placed(team, place + 1)),
      placed("operations", 20),
      placed("fleet-nextgen", 21, { vpcId: `vpc-${hex(4)}`, generation: "nextgen", privateDns: true }),
    ],
    securityGroups: [
      ...teams.map((team, place) => securityGroup(team, [https({ cidrIpv4: `10.${place + 20}.0.0/16` })])),
      securityGroup("operations", [https({ cidrIpv4: "10.0.0.0/8" })]),
      securityGroup("fleet-nextgen", [https({ securityGroupId: `sg-${hex(3)}` })]),
    ],
    prefixLists: [],
    collections: [
      ...teams.flatMap((team) => collections([...numbered(`${team}-`, 20), ...numbered(`${team}-test-`, 7)])),
      ...collections(numbered("fleet-telemetry-", 20), { generation: "nextgen" }),
      ...collections(shared),
    ],
    networkPolicies: [
      ...teams.map((team, place) =>
        policy(
          team,
          { endpoints: [vpce(place + 1)] },
          ["collection", `${team}-*`],
          ["dashboard", `${team}-test-*`],
        ),
      ),
      policy(
        "fleet-nextgen",
        { endpoints: [vpce(21)] },
        ["collection", "fleet-telemetry-*"],
        ["dashboard", "fleet-telemetry-*"],
      ),
      policy("logs", { endpoints: teams.map((_, place) => vpce(place + 1)) }, [
        "collection",
        "logs-*",
        "metrics",
        "traces",
      ]),
      policy(
        "operations",
        { endpoints: [vpce(20)] },
        ["collection", "logs-*", "metrics", "traces", "audit"],
        ["dashboard", "logs-*", "metrics", "traces", "audit"],
      ),
      policy("risk-reads", { endpoints: [vpce(8)] }, ["collection", "claims-0*", "billing-*", "audit"]),
      policy("search-reads", { endpoints: [vpce(9)] }, ["collection", "catalogue-*", "media-*"]),
      policy("partners", { endpoints: partners }, ["collection", "claims-01", "claims-02", "support-1*"]),
      policy("answers", { services: [bedrock] }, ["collection", "knowledge-base", "support-*"]),
      policy("site", "public", ["collection", "site-*"], ["dashboard", "site-help"]),
      policy("ahead", { endpoints: [vpce(7)] }, ["collection", "returns-*", "loyalty-*"]),
    ],
    dataPolicies: teams.map((team) => readers(team, `${team}-api`, [`index/${team}-*/*`])),
  };
}

export const view = (title: string, world: AccessWorld, notSeen: readonly string[] = []): MatrixView => ({
  title,
  matrix: accessMatrix(world),
  notSeen,
});

/** Names as nobody should give them, long ones, and all that can be unknown. */
export function nastyWorld(): AccessWorld {
  const long = "w".repeat(64);
  const markup = `<script>alert("1")</script> & 'x'`;
  return {
    vpcs: [],
    endpoints: [
      endpoint("markup", { id: `vpce-<"&'>`, name: markup, vpcId: `vpc-<b>`, address: 'module.a["b"].c' }),
      endpoint("long", { id: long, name: long.replace(/w$/, "W"), vpcId: long }),
      endpoint("odd", {
        name: "%%{init: {}}%% `end` ; #quot; 漢字 😀 \u202etxt\u0000\n",
        vpcId: undefined,
        securityGroupIds: undefined,
      }),
    ],
    securityGroups: [
      securityGroup("markup", [https({ securityGroupId: '<id of "apps">' })]),
      securityGroup("long", [https({ prefixListId: long }), { protocol: "tcp", fromPort: 443, toPort: 443 }]),
    ],
    prefixLists: [],
    collections: collections([long, "<&>\"'", "end", "plain"]),
    networkPolicies: [
      policy(
        "all",
        { endpoints: [`vpce-<"&'>`, long, "vpce-odd", "vpce-elsewhere"], services: ["<x>.amazonaws.com"] },
        ["collection", "*"],
        ["dashboard", "w*"],
      ),
      policy("ahead", "public", ["collection", "later-&-*"], ["dashboard", "later-&-*"]),
    ],
    dataPolicies: [dataPolicy("data", ["arn:<&>"], "index", ["index/orders/<*>"], ["aoss:*"])],
  };
}

export const emptyWorld: AccessWorld = {
  vpcs: [],
  endpoints: [],
  securityGroups: [],
  prefixLists: [],
  collections: [],
  networkPolicies: [],
  dataPolicies: [],
};
