/** A file with all that can be said of collections, without a mistake; each case below breaks one thing in it. */
export const goodCollectionsFile = `version: 1
stacks:
  network:
    region: eu-central-1
    account: "123456789012"
    tags: { team: search }
    endpoints:
      apps:
        vpc: vpc-0a1b2c3d4e5f60718
        subnets: [subnet-0a1b2c3d4e5f60711]
        allow: [{ cidr: 10.20.0.0/16 }]
        tags: { cost: "7" }
        shareZoneWith: [vpc-0a1b2c3d4e5f60728]
      next:
        generation: nextgen
        vpc: vpc-0a1b2c3d4e5f60718
        subnets: [subnet-0a1b2c3d4e5f60711]
        allow: [{ cidr: 10.20.0.0/16 }]
    grants:
      - collections: [reports]
        from: [apps]
  search:
    region: eu-central-1
    account: "123456789012"
    endpoints:
      partner: { id: vpce-0a1b2c3d4e5f60731, generation: nextgen }
    collections:
      orders:
        type: timeseries
        kmsKey: arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef
        from: [network.apps]
        access:
          - principals: [arn:aws:iam::123456789012:role/reader]
            permissions: [aoss:DescribeCollectionItems]
            indexes: ["2024-*"]
            indexPermissions: [aoss:ReadDocument]
        retention:
          - indexes: ["2024-*"]
            keepDays: 30
      notes: { exists: true, generation: nextgen, from: [partner, network.next] }
    dataAccess:
      - principals: [saml/123456789012/idp/group/analysts]
        collections: ["logs-*"]
        collectionPermissions: [aoss:DescribeCollectionItems]
        indexes: ["logs-*/*"]
        indexPermissions: [aoss:ReadDocument]
    encryption:
      - collections: ["logs-*"]
        kmsKey: arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef
    lifecycle:
      - indexes: ["logs-*/*"]
        keepDays: 90
`;

const keyArn = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
const reader = "arn:aws:iam::123456789012:role/reader";
const orders = "stacks.search.collections.orders";
const notes = "stacks.search.collections.notes";
const access = `${orders}.access[0]`;
const networkGrants = "    grants:\n      - collections: [reports]";
const encryption = `      - collections: ["logs-*"]\n        kmsKey: ${keyArn}`;
const oneOther = "subnets: [subnet-0a1b2c3d4e5f60731], securityGroups: [sg-0a1b2c3d4e5f60733]";

/** With the key of `orders` one more than AWS has policies. */
const manyKeys = Array.from(
  { length: 150 },
  (_, index) =>
    `      - { collections: [c-${index}], kmsKey: "${keyArn.slice(0, -3)}${String(index).padStart(3, "0")}" }`,
);

type Edit = readonly [name: string, find: string, replace: string, expected: string];

const references: readonly Edit[] = [
  [
    "a stack that the file does not have",
    "[network.apps]",
    "[netwrk.apps]",
    `31:16 ${orders}.from[0]: no stack "netwrk" in this file; did you mean "network.apps"? defined: network, search; or give a vpce- id`,
  ],
  [
    "an endpoint that another stack does not have",
    "[network.apps]",
    "[network.app]",
    `31:16 ${orders}.from[0]: no endpoint "app" in stack network; did you mean "network.apps"? defined: apps, next; or give a vpce- id`,
  ],
  [
    "an endpoint of another stack by its key alone",
    "[network.apps]",
    "[apps]",
    `31:16 ${orders}.from[0]: no endpoint "apps" in this stack; did you mean "network.apps"? defined: partner; or give a vpce- id`,
  ],
  [
    "an endpoint of a stack of another Region",
    "keepDays: 90\n",
    "keepDays: 90\n  far:\n    region: us-east-1\n    endpoints: {}\n    grants: [{ collections: [orders], from: [network.apps] }]\n",
    "56:46 stacks.far.grants[0].from[0]: endpoint network.apps is of eu-central-1, this stack of us-east-1: an endpoint serves the collections of its own Region; name an endpoint of us-east-1",
  ],
  [
    "two stacks that wait for each other",
    `from: [apps]\n  search:\n    region: eu-central-1\n    account: "123456789012"\n    endpoints:\n`,
    `from: [apps, search.batch]\n  search:\n    region: eu-central-1\n    account: "123456789012"\n    endpoints:\n      batch: { vpc: vpc-0a1b2c3d4e5f60738, ${oneOther} }\n`,
    `32:16 ${orders}.from[0]: stacks wait for each other: network -> search -> network; move an endpoint so that one of them can be deployed first`,
  ],
  [
    "an endpoint of the other generation, of another stack",
    "[network.apps]",
    "[network.next]",
    `31:16 ${orders}.from[0]: endpoint network.next serves nextgen collections, orders is classic; name an endpoint of generation classic`,
  ],
  [
    "an endpoint of the other generation, of the same stack",
    "[network.apps]",
    "[network.apps, partner]",
    `31:30 ${orders}.from[1]: endpoint partner serves nextgen collections, orders is classic`,
  ],
];

const endpoints: readonly Edit[] = [
  [
    "a generation that there is not",
    "generation: nextgen\n",
    "generation: next-gen\n",
    '15:21 stacks.network.endpoints.next.generation: generation: "next-gen" is not known; did you mean "nextgen"? allowed: classic, nextgen',
  ],
  [
    "a second nextgen endpoint in a VPC",
    networkGrants,
    `      third: { generation: nextgen, vpc: vpc-0a1b2c3d4e5f60718, ${oneOther} }\n${networkGrants}`,
    "19:42 stacks.network.endpoints.third.vpc: VPC vpc-0a1b2c3d4e5f60718 has an endpoint for nextgen collections already, stacks.network.endpoints.next; the private DNS names of two would conflict",
  ],
  [
    "a zone shared with the endpoint's own VPC",
    "[vpc-0a1b2c3d4e5f60728]",
    "[vpc-0a1b2c3d4e5f60718]",
    "13:25 stacks.network.endpoints.apps.shareZoneWith[0]: shareZoneWith: vpc-0a1b2c3d4e5f60718 is the endpoint's own VPC, which has the zone already; leave it out",
  ],
  [
    "a zone shared twice with a VPC",
    "[vpc-0a1b2c3d4e5f60728]",
    "[vpc-0a1b2c3d4e5f60728, vpc-0a1b2c3d4e5f60728]",
    '13:48 stacks.network.endpoints.apps.shareZoneWith[1]: VPC "vpc-0a1b2c3d4e5f60728" is given twice; drop one',
  ],
  [
    "a zone shared with a VPC that has an endpoint of its own",
    networkGrants,
    `      batch: { vpc: vpc-0a1b2c3d4e5f60728, ${oneOther} }\n${networkGrants}`,
    "13:25 stacks.network.endpoints.apps.shareZoneWith[0]: VPC vpc-0a1b2c3d4e5f60728 has an endpoint of its own, stacks.network.endpoints.batch, and so a zone of the same name; leave the VPC out",
  ],
  [
    "two zones shared with one VPC",
    networkGrants,
    `      batch: { vpc: vpc-0a1b2c3d4e5f60738, shareZoneWith: [vpc-0a1b2c3d4e5f60728], ${oneOther} }\n${networkGrants}`,
    "19:60 stacks.network.endpoints.batch.shareZoneWith[0]: VPC vpc-0a1b2c3d4e5f60728 shares the zone of stacks.network.endpoints.apps already, and a VPC takes one zone of a name; leave the VPC out of one of the two",
  ],
  [
    "the zone of a nextgen endpoint shared",
    "generation: nextgen\n",
    "generation: nextgen\n        shareZoneWith: [vpc-0a1b2c3d4e5f60728]\n",
    "16:24 stacks.network.endpoints.next.shareZoneWith: shareZoneWith: an endpoint for nextgen collections has no hosted zone that could be shared; leave it out",
  ],
  [
    "a tag of an endpoint that AWS reserves",
    'cost: "7"',
    'aws:cost: "7"',
    '12:17 stacks.network.endpoints.apps.tags.aws:cost: tag "aws:cost": aws: is reserved; rename it',
  ],
  [
    "51 tags, those of the stack included",
    "generation: nextgen\n",
    `generation: nextgen\n        tags: { ${Array.from({ length: 49 }, (_, index) => `t${index}: x`).join(", ")} }\n`,
    "16:15 stacks.network.endpoints.next.tags: tags: 49 given, 48 are allowed beside the stack's and Name; drop 1",
  ],
];

const collections: readonly Edit[] = [
  [
    "an unknown key of a collection",
    "type: timeseries",
    "typ: timeseries",
    `29:9 ${orders}.typ: unknown key "typ"; did you mean "type"? allowed: exists, type, description`,
  ],
  [
    "a type in capitals",
    "type: timeseries",
    "type: SEARCH",
    `29:15 ${orders}.type: type: "SEARCH" is not known; did you mean "search"? allowed: search, timeseries, vectorsearch`,
  ],
  [
    "a collection's name with capitals",
    "      orders:\n",
    "      Orders:\n",
    '28:7 stacks.search.collections.Orders: collection name "Orders": only a-z, 0-9 and "-" are allowed, a letter first; rename it',
  ],
  [
    "a collection's name of 33 characters",
    "      orders:\n",
    `      ${"o".repeat(33)}:\n`,
    `28:7 stacks.search.collections.${"o".repeat(33)}: collection name "${"o".repeat(33)}": 33 characters, 3 to 32 are allowed; use a shorter one`,
  ],
  [
    "a collection that two stacks make",
    networkGrants,
    `    collections: { orders: {} }\n${networkGrants}`,
    `29:7 ${orders}: collection "orders" is made already, by stacks.network.collections.orders; rename it; names are unique in an account and Region`,
  ],
  [
    "a nextgen collection without a group",
    "exists: true, ",
    "",
    `40:28 ${notes}.generation: generation nextgen without a collection group: a collection has the generation of its group; name a group of that generation in group, or write exists: true`,
  ],
  [
    "a nextgen collection without standby replicas",
    "exists: true, ",
    "group: next, standbyReplicas: false, ",
    `40:46 ${notes}.standbyReplicas: a nextgen collection has standby replicas, AWS refuses its group without them; leave standbyReplicas out`,
  ],
  [
    "a key for a collection that exists already",
    "exists: true, ",
    `exists: true, kmsKey: "${keyArn}", `,
    `40:30 ${notes}.kmsKey: kmsKey: the collection exists already and is not changed here; leave it out, or leave out exists`,
  ],
  [
    "dashboards of a collection for a service only",
    "from: [network.apps]",
    "services: [bedrock.amazonaws.com]\n        dashboards: true",
    `29:9 ${orders}: dashboards are granted to services only, which AWS never lets into dashboards; leave out dashboards`,
  ],
];

const encryptionKeys: readonly Edit[] = [
  [
    "a KMS key of another Region, of a collection",
    "arn:aws:kms:eu-central-1",
    "arn:aws:kms:eu-west-1",
    `30:17 ${orders}.kmsKey: "${keyArn.replace("eu-central-1", "eu-west-1")}" is a key of eu-west-1, the policy is of eu-central-1; give a key of eu-central-1`,
  ],
  [
    "a KMS key of another Region, in encryption",
    encryption,
    encryption.replace("eu-central-1", "eu-west-1"),
    `49:17 stacks.search.encryption[0].kmsKey: "${keyArn.replace("eu-central-1", "eu-west-1")}" is a key of eu-west-1`,
  ],
  [
    "an alias in place of a KMS key",
    "key/01234567-89ab-cdef-0123-456789abcdef",
    "alias/search",
    `30:17 ${orders}.kmsKey: "arn:aws:kms:eu-central-1:123456789012:alias/search" is not the ARN of a KMS key; an alias is not taken`,
  ],
  [
    "the same prefix twice in encryption",
    encryption,
    encryption.replace('["logs-*"]', '["logs-*", "logs-*"]'),
    '48:33 stacks.search.encryption[0].collections[1]: "logs-*" has its key already, from stacks.search.encryption[0].collections[0]; drop one; AWS refuses',
  ],
  [
    "the same prefix in the encryption of two stacks of one account and Region",
    networkGrants,
    `    encryption: [{ collections: ["logs-*"] }]\n${networkGrants}`,
    '49:23 stacks.search.encryption[0].collections[0]: "logs-*" has its key already, from stacks.network.encryption[0].collections[0]; drop one',
  ],
  [
    "a collection with another key than encryption has for it",
    encryption,
    "      - collections: [orders]",
    `30:17 ${orders}.kmsKey: "orders" has its key already, from stacks.search.encryption[0].collections[0]; drop one`,
  ],
  [
    "151 keys in one account and Region",
    encryption,
    manyKeys.join("\n"),
    "47:5 stacks.search.encryption: 151 encryption policies in account 123456789012, eu-central-1, those of stacks before included; AWS takes 150; let collections share keys",
  ],
  [
    "encryption of nothing",
    encryption,
    encryption.replace('["logs-*"]', "[]"),
    "48:22 stacks.search.encryption[0].collections: collections: shorter than 1; fill it in",
  ],
];

const dataAccess: readonly Edit[] = [
  [
    "a principal of another account",
    reader,
    reader.replace("123456789012", "210987654321"),
    `33:26 ${access}.principals[0]: principal "arn:aws:iam::210987654321:role/reader" is of account 210987654321, the policy of 123456789012: cross-account principals are not allowed; name a role of account 123456789012`,
  ],
  [
    "a principal of another partition",
    reader,
    reader.replace("arn:aws:", "arn:aws-us-gov:"),
    `33:26 ${access}.principals[0]: principal "arn:aws-us-gov:iam::123456789012:role/reader" is of partition aws-us-gov, Region eu-central-1 of aws: no account is in both; write "arn:aws:iam::123456789012:role/reader" if that is meant`,
  ],
  [
    "the session of an assumed role",
    reader,
    "arn:aws:sts::123456789012:assumed-role/reader/jane",
    `33:26 ${access}.principals[0]: principal "arn:aws:sts::123456789012:assumed-role/reader/jane": a session of an assumed role, whose access would end with the session's name; name the role: "${reader}"`,
  ],
  [
    "everybody as a principal",
    reader,
    '"*"',
    `33:26 ${access}.principals[0]: principal "*": a data access policy has no principal for everybody; name the roles and users`,
  ],
  [
    "data access without a principal",
    `[${reader}]`,
    "[]",
    `33:13 ${access}: no principal: nobody is granted anything; name roles or users by ARN`,
  ],
  [
    "data access without the list of principals",
    "principals: [saml/123456789012/idp/group/analysts]\n        ",
    "",
    "42:9 stacks.search.dataAccess[0].principals: principals is missing; add principals, a list",
  ],
  [
    "a permission that there is not",
    "[aoss:ReadDocument]",
    "[aoss:ReadDocuments]",
    `36:32 ${access}.indexPermissions[0]: "aoss:ReadDocuments" is not a permission for index; did you mean "aoss:ReadDocument"? allowed:`,
  ],
  [
    "a collection's permission for an index",
    "[aoss:ReadDocument]",
    "[aoss:CreateCollectionItems]",
    `36:32 ${access}.indexPermissions[0]: permission "aoss:CreateCollectionItems" is for collection, not for index; put it into permissions;`,
  ],
  [
    "an index's permission for a collection",
    "permissions: [aoss:DescribeCollectionItems]",
    "permissions: [aoss:WriteDocument]",
    `34:27 ${access}.permissions[0]: permission "aoss:WriteDocument" is for index, not for collection; put it into indexPermissions;`,
  ],
  [
    "an IAM action as a permission",
    "permissions: [aoss:DescribeCollectionItems]",
    "permissions: [aoss:APIAccessAll]",
    `34:27 ${access}.permissions[0]: "aoss:APIAccessAll" is an IAM action, not a permission of a data access policy; allow it in the principals' IAM policies`,
  ],
  [
    "indexes without permissions",
    "            indexPermissions: [aoss:ReadDocument]\n",
    "",
    `33:13 ${access}: no index permission for what is named: nothing is granted there; add index permissions such as aoss:ReadDocument`,
  ],
  [
    "permissions on indexes without indexes",
    '            indexes: ["2024-*"]\n',
    "",
    `33:13 ${access}: index permissions, and no index they are for; name each index`,
  ],
  [
    "an index with the name of its collection, within the collection",
    'indexes: ["2024-*"]',
    'indexes: ["orders/2024-*"]',
    `35:23 ${access}.indexes[0]: index "orders/2024-*": names a collection too; leave it out: "2024-*"`,
  ],
  [
    "a star within the name of an index",
    'indexes: ["2024-*"]',
    'indexes: ["20*4"]',
    `35:23 ${access}.indexes[0]: index "20*4": "20*4" does not name an index; use a name in lower case`,
  ],
  [
    "an index without its collection, over several collections",
    'indexes: ["logs-*/*"]',
    'indexes: ["logs-*"]',
    '45:19 stacks.search.dataAccess[0].indexes[0]: index "logs-*": not a collection and an index; write "logs-*/*" for all indexes of the collection',
  ],
];

const retention: readonly Edit[] = [
  [
    "data kept for no day",
    "keepDays: 30",
    "keepDays: 0",
    `39:23 ${orders}.retention[0].keepDays: keepDays: 0 given, 1 to 3650 whole days are allowed; write 1`,
  ],
  [
    "data kept for more than ten years",
    "keepDays: 90",
    "keepDays: 3651",
    "52:19 stacks.search.lifecycle[0].keepDays: keepDays: 3651 given, 1 to 3650 whole days are allowed; write 3650, or leave it out to keep the data for ever",
  ],
  [
    "days with their unit",
    "keepDays: 90",
    "keepDays: 90d",
    '52:19 stacks.search.lifecycle[0].keepDays: keepDays: "90d" is not a number; write 90',
  ],
  [
    "two retentions for the same indexes",
    'indexes: ["logs-*/*"]\n        keepDays: 90',
    'indexes: ["orders/2024-*"]\n        keepDays: 90',
    `38:23 ${orders}.retention[0].indexes[0]: index "orders/2024-*" is kept 90 days already, 30 days here; drop one of the two`,
  ],
];

/** Edits of the good file above, each for one mistake, and what is told of it. */
export const collectionEdits: readonly Edit[] = [
  ...references,
  ...endpoints,
  ...collections,
  ...encryptionKeys,
  ...dataAccess,
  ...retention,
];
