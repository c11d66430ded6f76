import {
  withoutCollection,
  withoutIndex,
  wrongCollectionDescriptions,
  wrongCollectionNames,
  wrongKeepDays,
  wrongKeyArns,
  wrongTypes,
} from "../rules/collections";
import { wrongParts, wrongPermissions } from "../rules/data-access";
import { refusedSources, wrongServices } from "../rules/grants";
import { wrongCollectionPatterns, wrongIndexes, wrongIndexPatterns } from "../rules/patterns";
import { wrongPrincipals } from "../rules/principals";
import { wrongTags } from "../rules/tags";
import { ownDataAccessFields } from "./data-access";
import type { Field, Fields, Inputs } from "./input";
import { collectionPatterns, policyLabel } from "./policy-fields";

const keepDays: Field = {
  type: "number",
  description: "Days, 1 to 3650, after which the service may delete the data. Default: kept for ever.",
  default: null,
};

const kmsKey = (what: string): Field => ({
  type: "string",
  description: `Key in \`kms_key_arns\` of the KMS key that ${what} encrypted with. Default: the key that AWS owns.`,
  default: null,
});

const collectionFields: Fields = {
  type: {
    type: "string",
    description:
      "`search`, `timeseries` or `vectorsearch`; another one replaces the collection, and its data is gone.",
    default: "search",
  },
  description: { type: "string", description: "Up to 1,000 characters; changes in place.", default: null },
  standby_replicas: {
    type: "bool",
    description:
      "Whether replicas are kept in a second Availability Zone; another choice replaces the collection, and its data is gone.",
    default: true,
  },
  tags: { type: "map(string)", description: "Tags beside those in `tags`.", default: {} },
  kms_key: kmsKey("the collection is"),
  from: {
    type: "list(string)",
    description: "Keys of endpoints, or ids of endpoints (`vpce-…`), that reach the collection.",
    default: [],
  },
  services: {
    type: "list(string)",
    description: "AWS services that reach the collection without an endpoint.",
    default: [],
  },
  dashboards: {
    type: "bool",
    description: "Whether the endpoints reach the collection's dashboards too.",
    default: false,
  },
  data_access: {
    type: { list: ownDataAccessFields },
    description: "Who may do what to the collection and its indexes.",
    default: [],
  },
  retention: {
    type: {
      list: {
        indexes: {
          type: "list(string)",
          description: "Indexes within the collection: a name, a prefix (`web-*`), or `*`.",
        },
        keep_days: keepDays,
      },
    },
    description: "For how long data is kept. AWS acts on it in collections of type `timeseries` only.",
    default: [],
  },
  policy: policyLabel,
};

const of = (field: string) =>
  `[for name, one in var.collections : { at = "collections.\${name}.${field}: ", value = one.${field} } if one.${field} != null]`;
const inEach = (list: string) =>
  `flatten([for name, one in var.collections : [for value in one.${list} : { at = "collections.\${name}.${list}: ", value = value }]])`;
const entries = (list: string, value: string) =>
  `flatten([for name, one in var.collections : [for index, entry in one.${list} : { at = "collections.\${name}.${list}[\${index}]: ", value = ${value} }]])`;
const inEntries = (list: string, field: string) =>
  `flatten([for name, one in var.collections : [for index, entry in one.${list} : [for value in entry.${field} : { at = "collections.\${name}.${list}[\${index}].${field}: ", value = value }]]])`;

/** A collection's own access names it by its name, so it has the parts of any other with it. */
const parts = "merge(entry, { collections = length(entry.collection_permissions) > 0 ? [name] : [] })";

const retentionItems = (name: string, value: string) =>
  `[for index, one in var.${name} : { at = "${name}[\${index}]: ", value = ${value} }]`;
const inItems = (name: string, list: string) =>
  `flatten([for index, one in var.${name} : [for value in one.${list} : { at = "${name}[\${index}].${list}: ", value = value }]])`;

/** Collections that are made, how they are encrypted, and for how long data is kept. */
export const collectionInputs: Inputs = {
  collections: {
    type: { map: collectionFields },
    description:
      "Collections that are made, by their names, and who gets to them. They are of generation `classic`; open one that exists already with `grants` and `data_access`.",
    default: {},
    rules: [
      ...wrongCollectionNames('[for name in keys(var.collections) : { at = "collections: ", value = name }]'),
      wrongTypes(of("type")),
      wrongCollectionDescriptions(
        '[for name, one in var.collections : { at = "collections.${name}: ", value = one.description } if one.description != null]',
      ),
      ...wrongTags('[for name, one in var.collections : { at = "collections.${name}: ", value = one.tags }]'),
      wrongServices(inEach("services")),
      refusedSources(inEach("services")),
      ...wrongParts(entries("data_access", parts)),
      wrongPrincipals(inEntries("data_access", "principals")),
      wrongPermissions("collection", inEntries("data_access", "collection_permissions")),
      wrongIndexes(inEntries("data_access", "indexes"), "data"),
      wrongPermissions("index", inEntries("data_access", "index_permissions")),
      withoutIndex(entries("retention", "entry.indexes")),
      wrongIndexes(inEntries("retention", "indexes"), "retention"),
      wrongKeepDays(`[for one in ${entries("retention", "entry.keep_days")} : one if one.value != null]`),
    ],
  },
  kms_key_arns: {
    type: "map(string)",
    description:
      "ARNs of KMS keys of the same Region, by keys of your choice, which `collections` and `encryption` name: an ARN may be one that Terraform does not know yet.",
    default: {},
    rules: [
      wrongKeyArns('[for key, arn in var.kms_key_arns : { at = "kms_key_arns.${key}: ", value = arn }]'),
    ],
  },
  encryption: {
    type: {
      list: {
        collections: collectionPatterns,
        kms_key: kmsKey("they are"),
        policy: policyLabel,
      },
    },
    description: "With which key collections are encrypted that are made elsewhere or later.",
    default: [],
    rules: [
      withoutCollection(retentionItems("encryption", "one.collections")),
      wrongCollectionPatterns(inItems("encryption", "collections")),
    ],
  },
  retention: {
    type: {
      list: {
        indexes: {
          type: "list(string)",
          description: "Indexes as `COLLECTION/INDEX`; each may be a name, a prefix (`logs/web-*`), or `*`.",
        },
        keep_days: keepDays,
        policy: policyLabel,
      },
    },
    description:
      "For how long the data of indexes is kept at least. AWS acts on it in collections of type `timeseries` only.",
    default: [],
    rules: [
      withoutIndex(retentionItems("retention", "one.indexes")),
      wrongIndexPatterns(inItems("retention", "indexes"), "retention"),
      wrongKeepDays(
        `[for one in ${retentionItems("retention", "one.keep_days")} : one if one.value != null]`,
      ),
    ],
  },
};
