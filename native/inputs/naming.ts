import { policyWords } from "../../modules/policy-resource";
import { wrongNames, wrongPolicyDescriptions } from "../rules/names";
import { wrongTags } from "../rules/tags";
import type { Inputs } from "./input";

/** What things are called. */
export const namingInputs: Inputs = {
  name: {
    type: "string",
    description:
      "What the names of endpoints and policies in AWS begin with; names that get longer than 32 characters are shortened and end in a hash. Another one replaces endpoints and policies. Names are unique in an account and Region: each call of the module there takes one of its own.",
  },
  tags: {
    type: "map(string)",
    description:
      "Tags of everything that takes some: endpoints, security groups, collections. The provider's `default_tags` do not reach endpoints of generation `classic`; these do.",
    default: {},
    rules: wrongTags('[{ at = "", value = var.tags }]'),
  },
  policy_name: {
    type: "string",
    description:
      "Name of the network policy; those of other labels are called after it. Default: `name` and `private-access`.",
    default: null,
    rules: wrongNames('[for one in var.policy_name[*] : { at = "policy_name: ", value = one }]'),
  },
  policy_description: {
    type: "string",
    description: "Description of the network policies, 1 to 1,000 characters.",
    default: policyWords.network.description,
    rules: [wrongPolicyDescriptions('[{ at = "policy_", value = var.policy_description }]')],
  },
};
