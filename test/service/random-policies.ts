import fc from "fast-check";
import {
  type DataAccessPolicyDocument,
  type DataAccessWish,
  dataAccessBlock,
  dataPermissions,
  dataResourceTypes,
  type EncryptionPolicyDocument,
  type EncryptionWish,
  encryptionDocument,
  type LifecyclePolicyDocument,
  type NetworkPolicyDocument,
  type PolicyKind,
  type PrivateAccessWish,
  privateBlock,
  type RetentionWish,
  retentionRule,
} from "../../service";

export const account = "123456789012";
export const region = "eu-central-1";

const letters = (characters: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...characters), minLength, maxLength });

/** Few letters and short names, so that names meet. */
const collectionName = fc
  .tuple(fc.constantFrom("a", "b", "l"), letters("ab-1", 2, 5))
  .map(([first, rest]) => first + rest);

export const collection = fc.oneof(
  { weight: 6, arbitrary: collectionName },
  { weight: 3, arbitrary: collectionName.map((name) => `${name}*`) },
  { weight: 1, arbitrary: fc.constant("*") },
);

const index = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(letters("a0&;", 1, 1), letters("ab0.-_+$", 0, 5)).map((two) => two.join("")),
  },
  { weight: 2, arbitrary: letters("ab0", 1, 4).map((prefix) => `${prefix}*`) },
  { weight: 2, arbitrary: fc.constant("*") },
);

const indexPattern = fc.tuple(collection, index).map((two) => two.join("/"));

const endpoint = letters("0123456789abcdef", 8, 20).map((id) => `vpce-${id}`);

const service = fc.constantFrom(
  "bedrock.amazonaws.com",
  "aoss.amazonaws.com",
  "application.opensearchservice.amazonaws.com",
);

/** Any text, with quotes, line ends, signs of every plane and halves of such signs. */
const description = fc.oneof(
  fc.string({ maxLength: 12, unit: "binary" }),
  fc.constantFrom("", "apps", "\ud800", "ü\n\t\\\"'", "😀"),
);

const principal = fc.oneof(
  letters("ab/", 1, 4).map((name) => `arn:aws:iam::${account}:role/${name}x`),
  fc.constantFrom(
    `arn:aws:iam::${account}:user/team/annie`,
    `arn:aws:iam::${account}:root`,
    `arn:aws:sts::${account}:federated-user/annie`,
    `saml/${account}/idp/group/Accounting`,
    "iamidentitycenter/ssoins-0123456789abcdef/user/annie",
  ),
);

const some = <T>(arbitrary: fc.Arbitrary<T>, minLength = 1) =>
  fc.array(arbitrary, { minLength, maxLength: 4 });

export const privateAccessWish: fc.Arbitrary<PrivateAccessWish> = fc
  .record({
    collections: some(collection),
    dashboards: fc.boolean(),
    endpoints: some(endpoint, 0),
    services: some(service, 0),
    description: fc.option(description, { nil: undefined }),
  })
  .filter(({ endpoints, services }) => endpoints.length + services.length > 0);

const kmsKeyArn = fc.uuid().map((id) => `arn:aws:kms:${region}:${account}:key/${id}`);

export const encryptionWish: fc.Arbitrary<EncryptionWish> = fc.record({
  collections: some(collection),
  kmsKeyArn: fc.option(kmsKeyArn, { nil: undefined }),
});

export const dataAccessWish: fc.Arbitrary<DataAccessWish> = fc
  .record({
    principals: some(principal),
    collections: some(
      fc.record({
        collections: some(collection),
        permissions: some(fc.constantFrom(...dataPermissions.collection)),
      }),
      0,
    ),
    indexes: some(
      fc.record({
        indexes: some(indexPattern),
        permissions: some(fc.constantFrom(...dataPermissions.index)),
      }),
      0,
    ),
    description: fc.option(description, { nil: undefined }),
  })
  .filter(({ collections, indexes }) => collections.length + indexes.length > 0);

export const retentionWish: fc.Arbitrary<RetentionWish> = fc.record({
  indexes: some(indexPattern),
  retention: fc.oneof(
    fc.integer({ min: 1, max: 3650 }).map((days) => `${days}d`),
    fc.integer({ min: 1, max: 3650 }).map((days) => `${days * 24}h`),
    fc.constant("unlimited"),
  ),
});

/** Documents that our builders never write, but other people may. */
const publicBlock = fc
  .record({ collections: some(collection), type: fc.constantFrom("collection", "dashboard") })
  .map(({ collections, type }) => ({
    Rules: [
      {
        ResourceType: type as "collection" | "dashboard",
        Resource: collections.map((pattern) => `collection/${pattern}`),
      },
    ],
    AllowFromPublic: true,
  }));

const dataRule = fc.constantFrom(...dataResourceTypes).chain((type) =>
  fc.record({
    ResourceType: fc.constant(type),
    Resource: some(
      type === "collection"
        ? collection.map((name) => `collection/${name}`)
        : indexPattern.map((pattern) => `${type}/${pattern}`),
    ),
    Permission: some(fc.constantFrom(...dataPermissions[type])),
  }),
);

const hours = fc.integer({ min: 24, max: 87_600 }).map((count) => `${count}h`);

interface Documents {
  readonly network: NetworkPolicyDocument;
  readonly encryption: EncryptionPolicyDocument;
  readonly data: DataAccessPolicyDocument;
  readonly retention: LifecyclePolicyDocument;
}

/** Documents that AWS takes, of each kind. */
export const documents: { readonly [Kind in PolicyKind]: fc.Arbitrary<Documents[Kind]> } = {
  network: some(fc.oneof(privateAccessWish.map(privateBlock), publicBlock)),
  encryption: fc.oneof(
    encryptionWish.map(encryptionDocument),
    fc.tuple(encryptionWish, encryptionWish, kmsKeyArn).map(([one, other, arn]) => ({
      Rules: [...encryptionDocument(one).Rules, ...encryptionDocument(other).Rules],
      AWSOwnedKey: false as const,
      KmsARN: arn,
    })),
  ),
  data: some(
    fc.oneof(
      dataAccessWish.map(dataAccessBlock),
      fc.record({ Rules: some(dataRule), Principal: some(principal), Description: description }),
    ),
  ),
  retention: fc.record({
    Rules: some(
      fc.oneof(
        retentionWish.map(retentionRule),
        fc.tuple(indexPattern, hours).map(([pattern, retention]) => ({
          ResourceType: "index" as const,
          Resource: [`index/${pattern}`],
          MinIndexRetention: retention,
        })),
      ),
    ),
  }),
};

/** Values that are almost right in one place or another. */
const oddValues: readonly unknown[] = [
  ...[null, true, false, 0, 1, "", "x", [], {}, [null], [[]], ["x"], "true", -1.5],
  ...[
    "collection/ab",
    "collection/ab*",
    "collection/abc*d",
    "collection/Abc",
    "collection/*",
    "dashboard/abc",
  ],
  ...["collection", "dashboard", "dashboards", "index", "model", "agent", "alias", ["collection/abc"]],
  ...["index/abc", "index/abc/", "index/abc/*", "index/abc/A", "index/abc/~", "index/abc/a~=", "index/*/*"],
  ...["model/abc/*", "agent/abc/x", "model/abc", "index/abc/_a", ["index/abc/a*"], "index/abc/a*b"],
  ...["vpce-1", "vpce-0a1b2c3d", ["vpce-0a1b2c3d"], "lambda.amazonaws.com", ["lambda.amazonaws.com"]],
  ...["bedrock.amazonaws.com", ["bedrock.amazonaws.com"], "bedrock", ["Bedrock.amazonaws.com"]],
  ...[
    "aoss:*",
    "aoss:ReadDocument",
    "ReadDocument",
    "aoss:APIAccessAll",
    "*",
    ["aoss:*"],
    ["aoss:DescribeAgent"],
  ],
  ...["0d", "1d", "3650d", "3651d", "23h", "24h", "8000h", "79999h", "87600h", "87601h", "01d", "1 d", "30D"],
  ...[
    `arn:aws:iam::222222222222:role/x`,
    `arn:aws:sts::${account}:assumed-role/x/session`,
    `saml/${account}/idp`,
  ],
  ...[
    `saml/222222222222/idp/user/a`,
    `arn:aws:s3:::bucket`,
    "iamidentitycenter/x",
    `arn:aws:iam::${account}:`,
  ],
  ...[`arn:aws:kms:us-east-1:${account}:key/00000000-0000-0000-0000-000000000000`, "alias/key"],
  ...[`arn:aws:kms:${region}:${account}:alias/key`, `arn:aws-cn:kms:${region}:1:key/x`],
  ...[`arn:aws:kms:${region}:${account}:key/00000000-0000-0000-0000-00000000000g`],
];

const keys: readonly string[] = [
  ...["Rules", "ResourceType", "Resource", "Permission", "Principal", "Description", "AllowFromPublic"],
  ...["SourceVPCEs", "SourceServices", "AWSOwnedKey", "KmsARN", "MinIndexRetention", "NoMinIndexRetention"],
  ...["rules", "Resources", "KmsArn", "__proto__", "toString", ""],
];

/** One change to a document: which place, counted from the top, and what happens there. */
type Damage = readonly [place: number, change: (value: unknown) => unknown];

const gone = Symbol("gone");

const damage: fc.Arbitrary<Damage> = fc.tuple(
  fc.nat(1000),
  fc.oneof(
    fc.constant(() => gone),
    fc.constantFrom(...oddValues).map((value) => () => structuredClone(value)),
    fc.constant((value: unknown) => [value]),
    fc.constant((value: unknown) => (Array.isArray(value) ? (value[0] ?? null) : value)),
    fc.tuple(fc.nat(30), fc.constantFrom("", "a", "A", "*", "/", "-", "0", " ", "\n", "é")).map(
      ([at, character]) =>
        (value: unknown) =>
          typeof value === "string" ? value.slice(0, at) + character + value.slice(at + 1) : value,
    ),
    fc.tuple(fc.constantFrom(...keys), fc.constantFrom(...oddValues)).map(
      ([key, odd]) =>
        (value: unknown) =>
          typeof value === "object" && value !== null && !Array.isArray(value)
            ? Object.fromEntries([...Object.entries(value), [key, structuredClone(odd)]])
            : value,
    ),
  ),
);

/** The document with the value at a place, in the order of reading, changed. */
function damaged(document: unknown, [place, change]: Damage): unknown {
  let count = 0;
  const size = (value: unknown): number =>
    typeof value === "object" && value !== null
      ? Object.values(value).reduce((sum: number, item) => sum + size(item), 1)
      : 1;
  const target = place % size(document);
  const walk = (value: unknown): unknown => {
    const here = count === target;
    count += 1;
    if (here) return change(value);
    if (Array.isArray(value)) return value.map(walk).filter((item) => item !== gone);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, item]): [string, unknown] => [key, walk(item)]);
    return Object.fromEntries(entries.filter(([, item]) => item !== gone));
  };
  const result = walk(document);
  return result === gone ? null : result;
}

/** A document of a kind with up to three changes, most of which AWS would refuse. */
export const damagedDocument = (kind: PolicyKind): fc.Arbitrary<unknown> =>
  fc
    .tuple(documents[kind] as fc.Arbitrary<unknown>, fc.array(damage, { minLength: 1, maxLength: 3 }))
    .map(([document, changes]) => changes.reduce(damaged, document));
