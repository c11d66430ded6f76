import fc from "fast-check";
import { policyKinds } from "../../sandbox/aoss/policy-kinds";
import {
  type DataAccessPolicyDocument,
  dataAccessBlock,
  type EncryptionPolicyDocument,
  encryptionDocument,
  type LifecyclePolicyDocument,
  type NetworkPolicyDocument,
  type PolicyKind,
  parsePolicy,
  privateBlock,
  retentionRule,
  serialiseDataAccessPolicy,
  serialiseEncryptionPolicy,
  serialiseLifecyclePolicy,
  serialiseNetworkPolicy,
  validateDataAccessPolicy,
  validateEncryptionPolicy,
  validateLifecyclePolicy,
  validateNetworkPolicy,
} from "../../service";
import {
  account,
  dataAccessWish,
  documents,
  encryptionWish,
  privateAccessWish,
  region,
  retentionWish,
} from "./random-policies";

/** What a document grants, taken apart into single sentences, so that no form of it can hide a difference. */
const sentences = {
  network: (document: NetworkPolicyDocument) =>
    document.flatMap((block) =>
      (block.AllowFromPublic ? ["public"] : [...(block.SourceVPCEs ?? []), ...(block.SourceServices ?? [])])
        .flatMap((source) =>
          block.Rules.flatMap((rule) =>
            rule.Resource.map((resource) => [source, rule.ResourceType, resource]),
          ),
        )
        .map((sentence) => [...sentence, block.Description ?? ""].join(" | ")),
    ),
  encryption: (document: EncryptionPolicyDocument) =>
    document.Rules.flatMap((rule) =>
      rule.Resource.map((resource) => `${resource} | ${"KmsARN" in document ? document.KmsARN : "AWS"}`),
    ),
  data: (document: DataAccessPolicyDocument) =>
    document.flatMap((block) =>
      block.Principal.flatMap((principal) =>
        block.Rules.flatMap((rule) =>
          rule.Resource.flatMap((resource) =>
            rule.Permission.map((permission) =>
              [principal, rule.ResourceType, resource, permission, block.Description ?? ""].join(" | "),
            ),
          ),
        ),
      ),
    ),
  retention: (document: LifecyclePolicyDocument) =>
    document.Rules.flatMap((rule) =>
      rule.Resource.map(
        (resource) =>
          `${resource} | ${"MinIndexRetention" in rule ? inHours(rule.MinIndexRetention) : "unlimited"}`,
      ),
    ),
};

const inHours = (retention: string) => Number.parseInt(retention, 10) * (retention.endsWith("d") ? 24 : 1);

/** One kind with its functions; the types differ, what is tested of them does not. */
interface Kind {
  readonly kind: PolicyKind;
  readonly documents: fc.Arbitrary<unknown>;
  readonly serialise: (document: never) => string;
  readonly sentences: (document: never) => readonly string[];
}

const kinds: readonly Kind[] = [
  {
    kind: "network",
    documents: documents.network,
    serialise: serialiseNetworkPolicy,
    sentences: sentences.network,
  },
  {
    kind: "encryption",
    documents: documents.encryption,
    serialise: serialiseEncryptionPolicy,
    sentences: sentences.encryption,
  },
  {
    kind: "data",
    documents: documents.data,
    serialise: serialiseDataAccessPolicy,
    sentences: sentences.data,
  },
  {
    kind: "retention",
    documents: documents.retention,
    serialise: serialiseLifecyclePolicy,
    sentences: sentences.retention,
  },
];

const thousand = { numRuns: 1000 };

function parsed(kind: PolicyKind, text: string): unknown {
  const result = parsePolicy(kind, text, { account, region });
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.document;
}

/** All arrays of a document in another order, and some of their items twice. */
function shuffled(document: unknown, random: () => number): unknown {
  if (Array.isArray(document)) {
    const items = document.map((item: unknown) => shuffled(item, random));
    const twice = items.filter(() => random() < 0.2);
    return [...items, ...twice]
      .map((item) => ({ item, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  }
  if (typeof document !== "object" || document === null) return document;
  const entries = Object.entries(document).map(([key, value]): [string, unknown] => [
    key,
    shuffled(value, random),
  ]);
  return Object.fromEntries(random() < 0.5 ? entries : entries.reverse());
}

describe.each(kinds)("a $kind policy", ({ kind, documents, serialise, sentences }) => {
  test("read back from its text grants the same, no more and no less, and has the same text", () => {
    fc.assert(
      fc.property(documents, (document) => {
        const text = serialise(document as never);
        const readBack = parsed(kind, text);
        expect(serialise(readBack as never)).toBe(text);
        expect(new Set(sentences(readBack as never))).toEqual(new Set(sentences(document as never)));
      }),
      thousand,
    );
  });

  test("has a text that does not depend on the order of arrays and keys, nor on repetitions", () => {
    fc.assert(
      fc.property(
        documents,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (document, numbers) => {
          const other = shuffled(document, () => Number(numbers.next().value));
          expect(serialise(other as never)).toBe(serialise(document as never));
        },
      ),
      thousand,
    );
  });

  test("has a text that is minified, with sorted keys, and never larger than the document", () => {
    const sortedKeys = (_key: string, value: unknown) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value;
    fc.assert(
      fc.property(documents, (document) => {
        const text = serialise(document as never);
        expect(JSON.stringify(JSON.parse(text), sortedKeys)).toBe(text);
        // AWSOwnedKey is always written, also where the document leaves it out beside KmsARN.
        const slack = kind === "encryption" ? '"AWSOwnedKey":false,'.length : 0;
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(
          Buffer.byteLength(JSON.stringify(document)) + slack,
        );
      }),
      thousand,
    );
  });
});

describe("what the builders give is taken by the validator and by the sandbox's schema", () => {
  const cases: readonly [
    kind: PolicyKind,
    fc.Arbitrary<unknown>,
    (document: unknown) => readonly unknown[],
  ][] = [
    [
      "network",
      fc.array(privateAccessWish.map(privateBlock), { minLength: 1, maxLength: 4 }),
      validateNetworkPolicy,
    ],
    [
      "encryption",
      encryptionWish.map(encryptionDocument),
      (document) => validateEncryptionPolicy(document, { region }),
    ],
    [
      "data",
      fc.array(dataAccessWish.map(dataAccessBlock), { minLength: 1, maxLength: 4 }),
      (document) => validateDataAccessPolicy(document, { account }),
    ],
    [
      "retention",
      fc.record({ Rules: fc.array(retentionWish.map(retentionRule), { minLength: 1, maxLength: 4 }) }),
      validateLifecyclePolicy,
    ],
  ];
  test.each(cases)("%s", (kind, built, validate) => {
    fc.assert(
      fc.property(built, (document) => {
        expect(validate(document)).toEqual([]);
        expect(policyKinds[kind].problemsOf(document)).toEqual([]);
      }),
      thousand,
    );
  });
});

describe("a built document grants what was wished and nothing more", () => {
  test("on the network", () => {
    fc.assert(
      fc.property(privateAccessWish, (wish) => {
        const types = wish.dashboards ? ["collection", "dashboard"] : ["collection"];
        const wished = [...wish.endpoints, ...wish.services].flatMap((source) =>
          types.flatMap((type) =>
            wish.collections.map((name) =>
              [source, type, `collection/${name}`, wish.description ?? ""].join(" | "),
            ),
          ),
        );
        expect(new Set(sentences.network([privateBlock(wish)]))).toEqual(new Set(wished));
      }),
      thousand,
    );
  });

  test("on data", () => {
    fc.assert(
      fc.property(dataAccessWish, (wish) => {
        const wished = wish.principals.flatMap((principal) => [
          ...(wish.collections ?? []).flatMap(({ collections, permissions }) =>
            collections.flatMap((name) =>
              permissions.map((one) =>
                [principal, "collection", `collection/${name}`, one, wish.description ?? ""].join(" | "),
              ),
            ),
          ),
          ...(wish.indexes ?? []).flatMap(({ indexes, permissions }) =>
            indexes.flatMap((name) =>
              permissions.map((one) =>
                [principal, "index", `index/${name}`, one, wish.description ?? ""].join(" | "),
              ),
            ),
          ),
        ]);
        expect(new Set(sentences.data([dataAccessBlock(wish)]))).toEqual(new Set(wished));
      }),
      thousand,
    );
  });
});
