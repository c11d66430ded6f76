import { wrongParts, wrongPermissions } from "../rules/data-access";
import { wrongCollectionPatterns, wrongIndexPatterns } from "../rules/patterns";
import { wrongPrincipals } from "../rules/principals";
import type { Fields, Inputs } from "./input";
import { entryDescription, policyLabel } from "./policy-fields";

const principals = {
  type: "list(string)",
  description:
    "ARNs of IAM roles and users of the same account, or SAML users and groups (`saml/ACCOUNT/CONFIG/group/NAME`). They need not exist yet.",
} as const;

const permissions = (what: string, example: string) => ({
  type: "list(string)",
  description: `What the principals may do to ${what}: \`${example}\` and the like, or \`aoss:*\`.`,
  default: [],
});

/** The same where the collection is known already. */
export const ownDataAccessFields: Fields = {
  principals,
  collection_permissions: permissions("the collection itself", "aoss:DescribeCollectionItems"),
  indexes: {
    type: "list(string)",
    description: "Indexes within the collection: a name, a prefix (`2024-*`), or `*`.",
    default: [],
  },
  index_permissions: permissions("the indexes and the documents in them", "aoss:ReadDocument"),
  description: entryDescription,
};

const items = (name: string) =>
  `flatten([for index, one in var.data_access : [for value in one.${name} : { at = "data_access[\${index}].${name}: ", value = value }]])`;

/** Who may do what to data. */
export const dataAccessInputs: Inputs = {
  data_access: {
    type: {
      list: {
        principals,
        collections: {
          type: "list(string)",
          description: "Collection names, prefixes of 3 or more characters (`logs-*`), or `*`.",
          default: [],
        },
        collection_permissions: permissions("the collections themselves", "aoss:DescribeCollectionItems"),
        indexes: {
          type: "list(string)",
          description:
            "Indexes as `COLLECTION/INDEX`; each may be a name, a prefix (`orders/2024-*`), or `*`.",
          default: [],
        },
        index_permissions: permissions("the indexes and the documents in them", "aoss:ReadDocument"),
        description: entryDescription,
        policy: policyLabel,
      },
    },
    description:
      "Who may do what to which collections and indexes. Principals need `aoss:APIAccessAll` in IAM besides.",
    default: [],
    rules: [
      ...wrongParts('[for index, one in var.data_access : { at = "data_access[${index}]: ", value = one }]'),
      wrongPrincipals(items("principals")),
      wrongCollectionPatterns(items("collections")),
      wrongPermissions("collection", items("collection_permissions")),
      wrongIndexPatterns(items("indexes"), "data"),
      wrongPermissions("index", items("index_permissions")),
    ],
  },
};
