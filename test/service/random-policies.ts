import fc from "fast-check";
import {
  type DataAccessPolicyDocument,
  type DataAccessWish,
  dataAccessBlock,
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

/** As AWS lists them when it refuses one; written down here once more, so that a slip in the product shows. */
const permissions = {
  collection: [
    ...["aoss:CreateCollectionItems", "aoss:DeleteCollectionItems", "aoss:UpdateCollectionItems"],
    ...["aoss:DescribeCollectionItems", "aoss:RestoreSnapshot", "aoss:DescribeSnapshot", "aoss:*"],
  ],
  index: [
    ...[
      "aoss:ReadDocument",
      "aoss:WriteDocument",
      "aoss:CreateIndex",
      "aoss:DeleteIndex",
      "aoss:UpdateIndex",
    ],
    ...[
      "aoss:DescribeIndex",
      "aoss:DelegateAccess",
      "aoss:RestoreSnapshot",
      "aoss:DescribeSnapshot",
      "aoss:*",
    ],
  ],
  model: [
    ...["aoss:DescribeMLResource", "aoss:CreateMLResource", "aoss:UpdateMLResource", "aoss:DeleteMLResource"],
    ...["aoss:ExecuteMLResource", "aoss:*"],
  ],
  agent: [
    ...[
      "aoss:DescribeAgent",
      "aoss:SearchAgents",
      "aoss:CreateAgent",
      "aoss:UpdateAgent",
      "aoss:DeleteAgent",
    ],
    ...["aoss:InvokeAgent", "aoss:*"],
  ],
} as const;

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
        permissions: some(fc.constantFrom(...permissions.collection)),
      }),
      0,
    ),
    indexes: some(
      fc.record({
        indexes: some(indexPattern),
        permissions: some(fc.constantFrom(...permissions.index)),
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

const dataRule = fc.constantFrom("collection", "index", "model", "agent").chain((type) =>
  fc.record({
    ResourceType: fc.constant(type),
    Resource: some(
      type === "collection"
        ? collection.map((name) => `collection/${name}`)
        : indexPattern.map((pattern) => `${type}/${pattern}`),
    ),
    Permission: some(fc.constantFrom<string>(...permissions[type])),
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
