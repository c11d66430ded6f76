import type { Rule } from "../message";
import { wrongSecurityGroups, wrongSubnets } from "../rules/endpoints";
import { wrongIds } from "../rules/ids";
import { wrongNames } from "../rules/names";
import { sourcesTwice, wrongSources } from "../rules/sources";
import { wrongTags } from "../rules/tags";
import { wrongGeneration, wrongKeys } from "../rules/words";
import type { Fields, Inputs } from "./input";
import { sourceFields } from "./sources";

const generation = {
  type: "string",
  description:
    "Which collections the endpoint serves. `classic`: an endpoint that OpenSearch Serverless manages. `nextgen`: an interface endpoint of EC2 for `aoss-data` with private DNS. Another one replaces the endpoint.",
  default: "classic",
} as const;

const allow = {
  type: { map: sourceFields },
  description:
    "Who may connect on TCP 443, by keys of your choice: a key becomes part of an address, so a value may be one that Terraform does not know yet.",
  default: {},
} as const;

const securityGroupIds = {
  type: "list(string)",
  description: "Security groups kept elsewhere, 4 at most beside the endpoint's own, 5 without it.",
  default: [],
} as const;

const endpointFields: Fields = {
  vpc_id: {
    type: "string",
    description: "The VPC; another one replaces the endpoint. A VPC takes one endpoint of each generation.",
  },
  subnet_ids: {
    type: "list(string)",
    description: "1 to 6 subnets of the VPC, each in another Availability Zone.",
  },
  allow,
  security_group_ids: securityGroupIds,
  generation,
  name: {
    type: "string",
    description:
      "Name in AWS; another one replaces the endpoint. Default: `name` and the key, shortened to fit.",
    default: null,
  },
  tags: { type: "map(string)", description: "Tags beside those in `tags`.", default: {} },
};

/** What is refused of one list or value that both the one endpoint and each of several have. */
const of = (name: string, at: (key: string) => string) =>
  `[for key, one in var.endpoints : { at = "endpoints.\${key}${at(name)}: ", value = one.${name} }]`;
const each = (name: string) => of(name, (field) => `.${field}`);
const whole = (name: string) => of(name, () => "");
const flat = (name: string) => `[{ at = "", value = var.${name} }]`;
const given = (name: string) => `[for one in var.${name}[*] : { at = "${name}: ", value = one }]`;

const inLists = (name: string) =>
  `flatten([for key, one in var.endpoints : [for id in one.${name} : { at = "endpoints.\${key}.${name}: ", value = id }]])`;

const sources =
  'flatten([for key, one in var.endpoints : [for source, value in one.allow : { at = "endpoints.${key}.allow.${source}: ", value = value }]])';
const ownSources = '[for source, value in var.allow : { at = "allow.${source}: ", value = value }]';

const endpointRules: readonly Rule[] = [
  wrongKeys("endpoints", "var.endpoints"),
  wrongIds("vpc", each("vpc_id")),
  ...wrongSubnets(whole("subnet_ids")),
  wrongIds("subnet", inLists("subnet_ids")),
  ...wrongSecurityGroups(
    '[for key, one in var.endpoints : { at = "endpoints.${key}: ", value = one.security_group_ids, own = length(one.allow) > 0 }]',
  ),
  wrongIds("securityGroup", inLists("security_group_ids")),
  wrongGeneration(each("generation")),
  ...wrongNames(
    '[for key, one in var.endpoints : { at = "endpoints.${key}: ", value = one.name } if one.name != null]',
  ),
  wrongKeys("allow", "merge({}, values(var.endpoints)[*].allow...)"),
  ...wrongSources(sources),
  sourcesTwice(whole("allow")),
  ...wrongTags(whole("tags")),
];

/** Endpoints: one in short, several, and those that exist already. */
export const endpointInputs: Inputs = {
  create_endpoint: {
    type: "bool",
    description:
      "Whether the endpoint of `vpc_id` is made where neither `endpoints` nor `existing_endpoints` has any. `false` for a module that makes policies or collections alone.",
    default: true,
  },
  vpc_id: {
    type: "string",
    description: "The VPC of the one endpoint, whose key is `main`; another one replaces it.",
    default: null,
    rules: [wrongIds("vpc", given("vpc_id"))],
  },
  subnet_ids: {
    type: "list(string)",
    description: "1 to 6 subnets of the VPC, each in another Availability Zone.",
    default: [],
    rules: [
      ...wrongSubnets(`[for one in ${flat("subnet_ids")} : one if length(one.value) > 0]`),
      wrongIds("subnet", '[for id in var.subnet_ids : { at = "subnet_ids: ", value = id }]'),
    ],
  },
  allow: {
    ...allow,
    rules: [wrongKeys("allow", "var.allow"), ...wrongSources(ownSources), sourcesTwice(flat("allow"))],
  },
  security_group_ids: {
    ...securityGroupIds,
    rules: [
      wrongIds(
        "securityGroup",
        '[for id in var.security_group_ids : { at = "security_group_ids: ", value = id }]',
      ),
    ],
  },
  generation: { ...generation, rules: [wrongGeneration('[{ at = "", value = var.generation }]')] },
  endpoints: {
    type: { map: endpointFields },
    description: "Several endpoints in place of the one, by keys of your choice, which grants name.",
    default: {},
    rules: endpointRules,
  },
  existing_endpoints: {
    type: {
      map: {
        id: { type: "string", description: "Id of the endpoint (`vpce-…`), of this account or another." },
        generation: {
          type: "string",
          description: "Which collections it serves: `classic` or `nextgen`. Default: not known.",
          default: null,
        },
      },
    },
    description: "Endpoints that exist already, by keys of your choice: they are only named in policies.",
    default: {},
    rules: [
      wrongKeys("existing_endpoints", "var.existing_endpoints"),
      wrongIds(
        "endpoint",
        '[for key, one in var.existing_endpoints : { at = "existing_endpoints.${key}: ", value = one.id }]',
      ),
      wrongGeneration(
        '[for key, one in var.existing_endpoints : { at = "existing_endpoints.${key}: ", value = one.generation } if one.generation != null]',
      ),
    ],
  },
};
