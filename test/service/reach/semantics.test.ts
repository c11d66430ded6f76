import {
  type AccessFrom,
  type AccessTo,
  type AccessVerdict,
  type AccessWorld,
  explain,
} from "../../../service";
import {
  bedrock,
  collection,
  dashboard,
  dataPolicy,
  endpoint,
  fromBedrock,
  fromEndpoint,
  fromPublic,
  fromRole,
  policy,
  role,
  smallWorld,
} from "./small-world";

type Expected = readonly [AccessFrom, AccessTo, AccessVerdict];

interface Sentence {
  /** What the documentation says, in short. */
  readonly says: string;
  readonly world: Partial<AccessWorld>;
  readonly expected: readonly Expected[];
}

const apps = fromEndpoint("apps");
const batch = fromEndpoint("batch");
const toApps = { endpoints: ["vpce-apps"] };
const toBatch = { endpoints: ["vpce-batch"] };
const nextgen = { generation: "nextgen" } as const;

/**
 * The developer guide, serverless-network: how network policies are read. Two of its sentences are not on who
 * reaches what: that a policy is to be detached from collections before it is deleted, and that a change takes
 * about a minute.
 */
const networkPolicies: Sentence[] = [
  {
    says: "several policies may match one collection, and they add up",
    world: {
      networkPolicies: [
        policy("one", toApps, ["collection", "orders"]),
        policy("two", toBatch, ["collection", "ord*"]),
      ],
    },
    expected: [
      [apps, collection("orders"), "open"],
      [batch, collection("orders"), "open"],
    ],
  },
  {
    says: "several rules may match one collection, and they add up",
    world: {
      networkPolicies: [
        policy("one", toApps, ["collection", "logs-*"], ["collection", "logs-eu"], ["dashboard", "log*"]),
      ],
    },
    expected: [
      [apps, collection("logs-eu"), "open"],
      [apps, dashboard("logs-eu"), "open"],
      [apps, collection("logs-us"), "open"],
      [apps, collection("logfiles"), "shut"],
    ],
  },
  {
    says: "several blocks of one policy may match one collection, and they add up",
    world: {
      networkPolicies: [
        {
          name: "one",
          document: [
            ...policy("", toApps, ["collection", "orders"]).document,
            ...policy("", toBatch, ["collection", "orders"], ["dashboard", "orders"]).document,
          ],
        },
      ],
    },
    expected: [
      [apps, collection("orders"), "open"],
      [batch, collection("orders"), "open"],
      [apps, dashboard("orders"), "shut"],
      [batch, dashboard("orders"), "open"],
    ],
  },
  {
    says: "public beats private for a collection that both cover in one policy",
    world: {
      networkPolicies: [
        {
          name: "both",
          document: [
            ...policy("", toApps, ["collection", "orders", "logs-eu"]).document,
            ...policy("", "public", ["collection", "orders"]).document,
          ],
        },
      ],
    },
    expected: [
      [fromPublic, collection("orders"), "open"],
      [apps, collection("orders"), "open"],
      [batch, collection("orders"), "open"],
      [fromPublic, collection("logs-eu"), "shut"],
      [batch, collection("logs-eu"), "shut"],
    ],
  },
  {
    says: "public beats private for a collection that both cover across policies",
    world: {
      networkPolicies: [
        policy("private", toApps, ["collection", "*"]),
        policy("public", "public", ["collection", "log*"]),
      ],
    },
    expected: [
      [fromPublic, collection("logs-eu"), "open"],
      [fromPublic, collection("orders"), "shut"],
    ],
  },
  {
    says: "collection and dashboard are judged apart: a public dashboard leaves the collection private",
    world: {
      networkPolicies: [
        policy("private", toApps, ["collection", "orders"]),
        policy("public", "public", ["dashboard", "orders"]),
      ],
    },
    expected: [
      [fromPublic, collection("orders"), "shut"],
      [fromPublic, dashboard("orders"), "shut"],
      [apps, dashboard("orders"), "open"],
    ],
  },
  {
    says: "collection and dashboard are judged apart: a public collection leaves its dashboards private",
    world: {
      networkPolicies: [
        policy("public", "public", ["collection", "orders"]),
        policy("private", toApps, ["dashboard", "orders"]),
      ],
    },
    expected: [
      [fromPublic, collection("orders"), "open"],
      [fromPublic, dashboard("orders"), "shut"],
      [apps, dashboard("orders"), "open"],
      [batch, dashboard("orders"), "shut"],
    ],
  },
  {
    says: "sources beside AllowFromPublic, which AWS refuses today, leave it public",
    world: {
      networkPolicies: [
        {
          name: "old",
          document: policy("", "public", ["collection", "orders"]).document.map((block) => ({
            ...block,
            SourceVPCEs: ["vpce-apps"],
          })),
        },
      ],
    },
    expected: [
      [fromPublic, collection("orders"), "open"],
      [batch, collection("orders"), "open"],
    ],
  },
  {
    says: "several endpoints are a union",
    world: {
      networkPolicies: [policy("one", { endpoints: ["vpce-apps", "vpce-batch"] }, ["collection", "orders"])],
    },
    expected: [
      [apps, collection("orders"), "open"],
      [batch, collection("orders"), "open"],
      [fromEndpoint("other"), collection("orders"), "shut"],
    ],
  },
  {
    says: "endpoints and services of one block are a union",
    world: {
      networkPolicies: [
        policy("one", { endpoints: ["vpce-apps"], services: [bedrock] }, ["collection", "orders"]),
      ],
    },
    expected: [
      [apps, collection("orders"), "open"],
      [fromBedrock, collection("orders"), "open"],
      [batch, collection("orders"), "shut"],
    ],
  },
  {
    says: "dashboard access alone is useless: the same source also needs the collection",
    world: {
      networkPolicies: [
        policy("dashboards", { endpoints: ["vpce-apps", "vpce-batch"] }, ["dashboard", "orders"]),
        policy("collections", toBatch, ["collection", "orders"]),
      ],
    },
    expected: [
      [apps, dashboard("orders"), "shut"],
      [batch, dashboard("orders"), "open"],
    ],
  },
  {
    says: "public access also admits every VPC",
    world: { networkPolicies: [policy("public", "public", ["collection", "orders"])] },
    expected: [
      [apps, collection("orders"), "open"],
      [batch, collection("orders"), "open"],
    ],
  },
  {
    says: "policies may be there before the collections",
    world: { collections: [], networkPolicies: [policy("early", toApps, ["collection", "orders"])] },
    expected: [
      [apps, collection("orders"), "open"],
      [batch, collection("orders"), "shut"],
    ],
  },
  {
    says: "a policy affects all collections that it matches",
    world: {
      collections: [{ name: "logs-eu" }, { name: "logs-us" }],
      networkPolicies: [policy("logs", toBatch, ["collection", "logs-*"])],
    },
    expected: [
      [batch, collection("logs-eu"), "open"],
      [batch, collection("logs-us"), "open"],
      [batch, collection("logs-*"), "open"],
      [apps, collection("logs-*"), "shut"],
    ],
  },
  {
    says: "a collection that no network policy matches has no network access",
    world: {
      networkPolicies: [policy("other", "public", ["collection", "logs-*"], ["dashboard", "logs-*"])],
    },
    expected: [
      [apps, collection("orders"), "shut"],
      [fromPublic, collection("orders"), "shut"],
      [fromBedrock, collection("orders"), "shut"],
      [fromPublic, dashboard("orders"), "shut"],
    ],
  },
  {
    says: "services reach the collection endpoint only, never dashboards",
    world: {
      networkPolicies: [
        policy("service", { services: [bedrock] }, ["collection", "orders"], ["dashboard", "orders"]),
      ],
    },
    expected: [
      [fromBedrock, collection("orders"), "open"],
      [fromBedrock, dashboard("orders"), "shut"],
      [apps, collection("orders"), "shut"],
    ],
  },
  {
    says: "services may be named that nobody documented: the set is open",
    world: {
      networkPolicies: [policy("service", { services: ["new.amazonaws.com"] }, ["collection", "orders"])],
    },
    expected: [
      [{ kind: "service", service: "new.amazonaws.com" }, collection("orders"), "open"],
      [fromBedrock, collection("orders"), "shut"],
    ],
  },
  {
    says: "a wildcard is a prefix and one * at its end, or * alone",
    world: {
      networkPolicies: [
        policy("prefix", toApps, ["collection", "logs-*"]),
        policy("all", toBatch, ["collection", "*"]),
      ],
    },
    expected: [
      [apps, collection("logs-eu"), "open"],
      [apps, collection("logs-"), "open"],
      [apps, collection("logs"), "shut"],
      [apps, collection("my-logs-eu"), "shut"],
      [apps, collection("*"), "partly"],
      [batch, collection("*"), "open"],
    ],
  },
  {
    says: "a dashboard is named as collection/NAME too",
    world: {
      networkPolicies: [policy("one", toApps, ["collection", "orders"], ["dashboard", "orders"])],
    },
    expected: [[apps, dashboard("orders"), "open"]],
  },
  {
    says: "endpoints of other accounts may be named, and whether one exists is not checked",
    world: { networkPolicies: [policy("one", { endpoints: ["vpce-far"] }, ["collection", "orders"])] },
    expected: [
      [fromEndpoint("far"), collection("orders"), "unknown"],
      [fromEndpoint("far"), collection("logs-eu"), "shut"],
    ],
  },
  {
    says: "OpenSearch Ingestion adds an endpoint of its own to a policy, beside those that were there",
    world: {
      networkPolicies: [
        policy("one", { endpoints: ["vpce-apps", "vpce-pipeline"] }, ["collection", "orders"]),
      ],
    },
    expected: [
      [apps, collection("orders"), "open"],
      [fromEndpoint("pipeline"), collection("orders"), "unknown"],
    ],
  },
];

/** The developer guide, serverless-vpc and serverless-collection-endpoints, 2026: two generations. */
const generations: Sentence[] = [
  {
    says: "a managed endpoint serves Classic collections and not NEXTGEN ones",
    world: {
      collections: [{ name: "orders" }, { name: "vectors", ...nextgen }],
      networkPolicies: [policy("all", toApps, ["collection", "*"])],
    },
    expected: [
      [apps, collection("orders"), "open"],
      [apps, collection("vectors"), "shut"],
    ],
  },
  {
    says: "an aoss-data endpoint serves NEXTGEN collections and not Classic ones",
    world: {
      endpoints: [endpoint("apps", nextgen)],
      collections: [{ name: "orders" }, { name: "vectors", ...nextgen }],
      networkPolicies: [policy("all", toApps, ["collection", "*"])],
    },
    expected: [
      [apps, collection("orders"), "shut"],
      [apps, collection("vectors"), "open"],
    ],
  },
  {
    says: "both kinds of endpoint stand in the same SourceVPCEs",
    world: {
      endpoints: [endpoint("apps"), endpoint("batch", nextgen)],
      collections: [{ name: "orders" }, { name: "vectors", ...nextgen }],
      networkPolicies: [policy("all", { endpoints: ["vpce-apps", "vpce-batch"] }, ["collection", "*"])],
    },
    expected: [
      [apps, collection("orders"), "open"],
      [batch, collection("vectors"), "open"],
    ],
  },
  {
    says: "a collection is Classic unless its group says otherwise",
    world: {
      endpoints: [endpoint("apps"), endpoint("batch", nextgen)],
      networkPolicies: [policy("all", { endpoints: ["vpce-apps", "vpce-batch"] }, ["collection", "*"])],
    },
    expected: [
      [apps, collection("orders"), "open"],
      [batch, collection("orders"), "shut"],
    ],
  },
  {
    says: "public access admits endpoints of the collection's generation alone",
    world: {
      endpoints: [endpoint("apps"), endpoint("batch", nextgen)],
      collections: [{ name: "vectors", ...nextgen }],
      networkPolicies: [policy("all", "public", ["collection", "vectors"])],
    },
    expected: [
      [apps, collection("vectors"), "shut"],
      [batch, collection("vectors"), "open"],
      [fromPublic, collection("vectors"), "open"],
    ],
  },
];

/** The developer guide, serverless-data-access. */
const dataAccess: Sentence[] = [
  {
    says: "data access policies add up",
    world: {
      dataPolicies: [
        dataPolicy("one", [role("reader")], "index", ["index/orders/*"], ["aoss:ReadDocument"]),
        dataPolicy("two", [role("reader")], "collection", ["collection/logs-*"], ["aoss:*"]),
      ],
    },
    expected: [
      [fromRole("reader"), collection("orders"), "open"],
      [fromRole("reader"), collection("logs-eu"), "open"],
    ],
  },
  {
    says: "there is no deny: what is not permitted is refused",
    world: {
      dataPolicies: [dataPolicy("one", [role("reader")], "index", ["index/orders/*"], ["aoss:ReadDocument"])],
    },
    expected: [
      [fromRole("reader"), collection("logs-eu"), "shut"],
      [fromRole("writer"), collection("orders"), "shut"],
    ],
  },
  {
    says: "principals belong to the collections' account",
    world: {
      account: "123456789012",
      dataPolicies: [
        dataPolicy(
          "one",
          [role("reader"), role("reader", "999999999999"), "saml/123456789012/corp/group/search"],
          "index",
          ["index/*/*"],
          ["aoss:ReadDocument"],
        ),
      ],
    },
    expected: [
      [fromRole("reader"), collection("orders"), "open"],
      [fromRole("reader", "999999999999"), collection("orders"), "shut"],
      [{ kind: "principal", principal: "saml/123456789012/corp/group/search" }, collection("orders"), "open"],
    ],
  },
  {
    says: "the session of an assumed role has what its role is permitted",
    world: {
      dataPolicies: [
        dataPolicy("one", [role("teams/reader")], "index", ["index/orders/*"], ["aoss:ReadDocument"]),
      ],
    },
    expected: [
      [
        { kind: "principal", principal: "arn:aws:sts::123456789012:assumed-role/reader/anna" },
        collection("orders"),
        "open",
      ],
      [
        { kind: "principal", principal: "arn:aws:sts::123456789012:assumed-role/writer/anna" },
        collection("orders"),
        "shut",
      ],
      [
        { kind: "principal", principal: "arn:aws:sts::999999999999:assumed-role/reader/anna" },
        collection("orders"),
        "shut",
      ],
    ],
  },
  {
    says: "data access policies cover by prefix and *, as network policies do",
    world: {
      dataPolicies: [
        dataPolicy("one", [role("reader")], "index", ["index/logs-*/app-*"], ["aoss:ReadDocument"]),
      ],
    },
    expected: [
      [fromRole("reader"), collection("logs-eu"), "open"],
      [fromRole("reader"), collection("*"), "partly"],
      [fromRole("reader"), collection("orders"), "shut"],
    ],
  },
];

test("a change of a policy changes access to all collections that it matches, and to no other", () => {
  const verdicts = (networkPolicies: AccessWorld["networkPolicies"]) =>
    ["logs-eu", "logs-us", "orders"].map(
      (name) => explain(smallWorld({ networkPolicies }), batch, collection(name)).verdict,
    );
  const orders = policy("orders", toBatch, ["collection", "orders"]);
  expect(verdicts([orders, policy("logs", toApps, ["collection", "logs-*"])])).toEqual([
    "shut",
    "shut",
    "open",
  ]);
  expect(verdicts([orders, policy("logs", toBatch, ["collection", "logs-*"])])).toEqual([
    "open",
    "open",
    "open",
  ]);
});

describe.each([
  ["network policies", networkPolicies],
  ["generations", generations],
  ["data access policies", dataAccess],
] as const)("%s", (_, sentences) => {
  test.each(sentences)("$says", ({ world, expected }) => {
    const answers = expected.map(([from, to]) => [from, to, explain(smallWorld(world), from, to).verdict]);
    expect(answers).toEqual(expected);
  });
});
