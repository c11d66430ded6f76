import type { Fields } from "./input";

/** Who may open a connection to an endpoint: one of the three kinds. */
export const sourceFields: Fields = {
  cidr: {
    type: "string",
    description: "An IPv4 or IPv6 block with its network address, such as `10.20.0.0/16`.",
    default: null,
  },
  security_group_id: {
    type: "string",
    description: "Members of this security group, of the same VPC or a peered one.",
    default: null,
  },
  prefix_list_id: { type: "string", description: "The blocks of this prefix list.", default: null },
  description: { type: "string", description: "Stands in the security group rule.", default: null },
  allow_anywhere: {
    type: "bool",
    description: "Says that `0.0.0.0/0` or `::/0` is meant; without it they are refused.",
    default: false,
  },
};
