import { wrongServices } from "../rules/grants";
import { wrongCollectionPatterns } from "../rules/patterns";
import type { Field, Inputs } from "./input";

/** What every entry may say that is written into a policy. */
export const policyLabel: Field = {
  type: "string",
  description:
    "Label of the policies that it is written in, which becomes part of their names. Default: those without a label.",
  default: null,
};

const items = (name: string) =>
  `flatten([for index, one in var.grants : [for value in one.${name} : { at = "grants[\${index}].${name}: ", value = value }]])`;

/** Network access. */
export const grantInputs: Inputs = {
  grants: {
    type: {
      list: {
        collections: {
          type: "list(string)",
          description:
            "Collection names, prefixes of 3 or more characters (`logs-*`), or `*`. They need not exist yet.",
        },
        dashboards: {
          type: "bool",
          description: "Whether the endpoints reach the collections' dashboards too.",
          default: false,
        },
        from: {
          type: "list(string)",
          description:
            "Keys of endpoints, or ids of endpoints (`vpce-…`). Default: the endpoint where the module has just one and `services` is empty, else none.",
          default: null,
        },
        services: {
          type: "list(string)",
          description:
            "AWS services that reach the collections without an endpoint, such as `bedrock.amazonaws.com`. They never reach dashboards.",
          default: [],
        },
        description: {
          type: "string",
          description: "Stands in the policy beside what it grants.",
          default: null,
        },
        policy: policyLabel,
      },
    },
    description:
      "Which collections and dashboards a set of endpoints or AWS services may reach. Grants add up.",
    default: [],
    rules: [wrongCollectionPatterns(items("collections")), wrongServices(items("services"))],
  },
};
