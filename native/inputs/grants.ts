import { refusedSources, wrongServices } from "../rules/grants";
import { wrongCollectionPatterns } from "../rules/patterns";
import type { Inputs } from "./input";
import { collectionPatterns, entryDescription, policyLabel } from "./policy-fields";

const items = (name: string) =>
  `flatten([for index, one in var.grants : [for value in one.${name} : { at = "grants[\${index}].${name}: ", value = value }]])`;

/** Network access. */
export const grantInputs: Inputs = {
  grants: {
    type: {
      list: {
        collections: collectionPatterns,
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
        description: entryDescription,
        policy: policyLabel,
      },
    },
    description:
      "Which collections and dashboards a set of endpoints or AWS services may reach. Grants add up.",
    default: [],
    rules: [
      wrongCollectionPatterns(items("collections")),
      wrongServices(items("services")),
      refusedSources(items("services")),
    ],
  },
};
