/** The stacks of the file: the first one waits for no collection, so that its runs are short. */
export type ProofStack = "network" | "collections";
export const proofStacks: readonly ProofStack[] = ["network", "collections"];

/**
 * `first` is created; `changed` says each thing that can change in place in another way; `moved` besides has another
 * tag for everything, and a collection less: what its policies are limited by is not what is there.
 */
export type Version = "first" | "changed" | "moved";

/** Account and Region of the sandbox's own world. */
export const proofAccount = "123456789012";
export const proofRegion = "eu-central-1";

/** Every feature that takes permissions, once. */
const first = `version: 1
stacks:
  network:
    region: ${proofRegion}
    account: "${proofAccount}"
    tags: { team: search, cost: "7" }
    endpoints:
      apps:
        vpc: vpc-0a1b2c3d4e5f60718
        subnets: [subnet-0a1b2c3d4e5f60711]
        tags: { purpose: apps, stage: test }
        shareZoneWith: [vpc-0a1b2c3d4e5f60728]
        allow:
          - cidr: 10.20.0.0/16
            description: application subnets
          - securityGroup: sg-0a1b2c3d4e5f60713
          - prefixList: pl-0a1b2c3d4e5f60714
      next:
        generation: nextgen
        vpc: vpc-0a1b2c3d4e5f60718
        subnets: [subnet-0a1b2c3d4e5f60711]
        tags: { purpose: next, stage: test }
        allow:
          - cidr: 10.20.0.0/16
    grants:
      - collections: [orders, "logs-*"]
        from: [apps, next]
    encryption:
      - collections: ["logs-*"]
    dataAccess:
      - principals: [arn:aws:iam::${proofAccount}:role/reader]
        indexes: ["logs-*/*"]
        indexPermissions: [aoss:ReadDocument]
    lifecycle:
      - indexes: ["logs-web/*"]
        keepDays: 30
  collections:
    region: ${proofRegion}
    account: "${proofAccount}"
    tags: { team: search }
    endpoints:
      shared: { id: vpce-0a1b2c3d4e5f60731 }
    collections:
      invoices:
        description: invoices
        tags: { owner: shop, stage: test }
        kmsKey: arn:aws:kms:${proofRegion}:${proofAccount}:key/01234567-89ab-cdef-0123-456789abcdef
        from: [shared]
      metrics:
        type: timeseries
        from: [shared]
`;

/** What changes, as it stands in the file and as it stands there afterwards. */
const changes: readonly (readonly [string, string])[] = [
  ['tags: { team: search, cost: "7" }', "tags: { team: search, unit: seven }"],
  ["subnets: [subnet-0a1b2c3d4e5f60711]", "subnets: [subnet-0a1b2c3d4e5f60711, subnet-0a1b2c3d4e5f60712]"],
  ["tags: { purpose: apps, stage: test }", "tags: { purpose: search, owner: apps }"],
  ["tags: { purpose: next, stage: test }", "tags: { purpose: search, owner: apps }"],
  ["        allow:\n", "        securityGroups: [sg-0a1b2c3d4e5f60713]\n        allow:\n"],
  ["description: application subnets", "description: applications"],
  ["          - prefixList: pl-0a1b2c3d4e5f60714\n", "          - cidr: 10.30.0.0/16\n"],
  ['collections: [orders, "logs-*"]', 'collections: [returns, "logs-*"]'],
  ['      - collections: ["logs-*"]\n', '      - collections: ["logs-*", returns]\n'],
  ["[aoss:ReadDocument]", "[aoss:ReadDocument, aoss:WriteDocument]"],
  ["keepDays: 30", "keepDays: 60"],
  ["description: invoices", "description: invoices and reminders"],
  ["tags: { owner: shop, stage: test }", "tags: { owner: accounts, level: high }"],
];

const moves: typeof changes = [
  ["team: search", "team: data"],
  ["      metrics:\n        type: timeseries\n        from: [shared]\n", ""],
];

/** The access file of the proof. */
export function proofAccessFile(version: Version): string {
  if (version === "first") return first;
  return [...changes, ...(version === "moved" ? moves : [])].reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the access file of the proof has no ${from}`);
    return text.replaceAll(from, to);
  }, first);
}
