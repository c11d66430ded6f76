import type { AccessChange, AccessPath, Finding, NamedReview, Review, Severity, Who } from "../../../review";
import { tellsAll } from "../../../review/change/tells-all";
import { type AccessWorld, accessMatrix, accessRows } from "../../../service";
import { worldOf3 } from "../picture/worlds";

const emptyWorld: AccessWorld = {
  vpcs: [],
  endpoints: [],
  securityGroups: [],
  prefixLists: [],
  collections: [],
  networkPolicies: [],
  dataPolicies: [],
};

/** A change by hand: what is not given is empty. */
export function change(parts: Partial<AccessChange> = {}, worlds: Partial<Worlds> = {}): AccessChange {
  const { before = emptyWorld, after = emptyWorld } = worlds;
  const read = (world: AccessWorld) => ({
    world,
    notSeen: [],
    doubts: [],
    inputs: ["the plan"],
    owners: ["the plan"],
    calledEndpoints: [],
  });
  return {
    scopes: [
      {
        before: read(before),
        after: read(after),
        matrixBefore: accessMatrix(before),
        matrixAfter: accessMatrix(after),
      },
    ],
    tellsAll: tellsAll(read(after), { before: accessRows(before), after: accessRows(after) }),
    gained: [],
    lost: [],
    unsure: [],
    unchanged: 0,
    interruptions: [],
    drift: { resources: [], gained: [], lost: [], unsure: [], unchanged: 0 },
    notSeen: [],
    ...parts,
  };
}

interface Worlds {
  readonly before: AccessWorld;
  readonly after: AccessWorld;
}

export function review(ofChange: AccessChange, findings: readonly Finding[] = []): Review {
  const open = findings.filter(({ accepted }) => accepted === undefined);
  const count = (severity: Severity) => open.filter((one) => one.severity === severity).length;
  return {
    change: ofChange,
    findings,
    counts: { error: count("error"), warning: count("warning"), note: count("note") },
    accepted: findings.length - open.length,
  };
}

export const path = (
  who: Who,
  collections: readonly string[],
  kind: AccessPath["kind"] = "collection",
): AccessPath => ({ who, kind, collections });

export const publicWho: Who = { kind: "public" };
export const bedrock: Who = { kind: "service", service: "bedrock.amazonaws.com" };

export const apps = {
  kind: "endpoint",
  id: "vpce-07cc46262cb06f66c",
  name: "apps",
  vpcId: "vpc-0a1b2c3d4e5f60718",
  address: "aws_opensearchserverless_vpc_endpoint.apps",
  known: true,
} as const;

/** The apply makes it. */
export const batch = {
  kind: "endpoint",
  id: "<id of batch>",
  name: "batch",
  vpcId: "vpc-0a1b2c3d4e5f60728",
  known: true,
} as const;

export const foreign = { kind: "endpoint", id: "vpce-0fedcba9876543210", known: false } as const;

export const block = (value: string, addresses?: readonly string[]): Who => ({
  kind: "source",
  endpoint: apps,
  source: { key: `endpoint/apps/cidr/${value}`, kind: "cidr", value, securityGroupIds: ["sg-1"] },
  addresses,
});

export const role = (name: string, permissions: readonly string[], within?: string): Who => ({
  kind: "principal",
  principal: `arn:aws:iam::123456789012:role/${name}`,
  on: within === undefined ? "collection" : "index",
  permissions,
  within,
});

export function finding(id: string, parts: Partial<Finding> = {}): Finding {
  return {
    id,
    severity: "warning",
    title: `title of ${id}`,
    message: `message of ${id}`,
    why: `why of ${id}`,
    remedy: `remedy of ${id}`,
    fingerprint: "0123456789abcdef",
    ...parts,
  };
}

export const publicAccess = finding("public-access", {
  severity: "error",
  title: "A collection is open to the public internet",
  message: "network policy site opens site-search to everybody",
  address: "aws_opensearchserverless_security_policy.site",
  place: { file: "access.yaml", line: 12, column: 9, path: "stacks.search.collections.site-search" },
  why: "whoever has credentials of the account reaches it from anywhere",
  remedy: "grant it to an endpoint instead",
  fingerprint: "1111111111111111",
});

/** Everything that a review can hold, once. */
export function fullReview(): Review {
  return review(
    change(
      {
        gained: [
          path(apps, ["logs-*", "orders"]),
          path(apps, ["logs-*", "orders"], "dashboard"),
          path(batch, ["logs-*"]),
          path(publicWho, ["site-search"]),
          path(role("ingest", ["aoss:ReadDocument", "aoss:WriteDocument"], "*"), ["orders"]),
        ],
        lost: [
          path(block("10.0.0.0/8", ["10.2.0.0/15"]), ["orders"]),
          path(bedrock, ["kb-a", "kb-b", "kb-c"]),
        ],
        unsure: [path(foreign, ["metrics"])],
        unchanged: 7,
        interruptions: [
          {
            reason: "endpoint-replaced",
            address: apps.address,
            name: "apps",
            endpoint: apps,
            vpcIds: [apps.vpcId],
            because: ["name"],
            loses: [path(apps, ["orders"])],
            until: "the new endpoint is active",
            seconds: [309, 436],
          },
        ],
        drift: {
          resources: [
            {
              address: "aws_opensearchserverless_security_policy.site",
              type: "aws_opensearchserverless_security_policy",
              action: "update",
              attributes: ["policy"],
              overwritten: true,
            },
          ],
          gained: [path(publicWho, ["orders"])],
          lost: [],
          unsure: [],
          unchanged: 3,
        },
        notSeen: ["policy of other, which is sensitive"],
      },
      { before: worldOf3(), after: { ...worldOf3(), networkPolicies: [] } },
    ),
    [
      publicAccess,
      finding("single-subnet", { address: apps.address }),
      finding("quota-use", { severity: "note", accepted: { reason: "raised | soon", until: "2027-01-31" } }),
    ],
  );
}

export const named = (name: string, ofReview: Review, parts: Partial<NamedReview> = {}): NamedReview => ({
  name,
  review: ofReview,
  ...parts,
});
