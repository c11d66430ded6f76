import { endpointName } from "../names";

/** Endpoints in one form, however they were given, and what is worked out of them. */
export const endpointLocals: Readonly<Record<string, string>> = {
  makes_main: "var.create_endpoint && length(var.endpoints) + length(var.existing_endpoints) == 0",
  endpoints: `merge({ for key in local.makes_main ? ["main"] : [] : key => {
    vpc_id = var.vpc_id
    subnet_ids = var.subnet_ids
    allow = var.allow
    security_group_ids = var.security_group_ids
    generation = var.generation
    name = null
    tags = {}
  } }, { for key, one in var.endpoints : key => one })`,
  endpoint_names: `{ for key, one in local.endpoints : key => one.name == null ? ${endpointName("key")} : one.name }`,
  endpoint_tags: "{ for key, one in local.endpoints : key => merge(var.tags, one.tags) }",
  sources: `merge({}, [for key, one in local.endpoints : { for source, value in one.allow : "\${key}/\${source}" => {
    endpoint = key
    cidr_ipv4 = value.cidr == null ? null : strcontains(value.cidr, ":") ? null : cidrsubnet(value.cidr, 0, 0)
    cidr_ipv6 = value.cidr == null ? null : strcontains(value.cidr, ":") ? cidrsubnet(value.cidr, 0, 0) : null
    prefix_list_id = value.prefix_list_id
    security_group_id = value.security_group_id
    description = value.description == "" ? null : value.description
  } }]...)`,
  // The group's name prefix does not follow a name that is given: a new one replaces the endpoint, not its group.
  own_groups: `{ for key, one in local.endpoints : key => {
    vpc_id = one.vpc_id
    name = ${endpointName("key")}
  } if length(one.allow) > 0 }`,
  // Without any group our own rule tells what is wrong, and not the provider.
  made_endpoints: `{ for key, one in local.endpoints : key => {
    generation = one.generation
    name = local.endpoint_names[key]
    vpc_id = one.vpc_id
    subnet_ids = one.subnet_ids
    security_group_ids = length(one.allow) + length(one.security_group_ids) == 0 ? null : concat(contains(keys(local.own_groups), key) ? [aws_security_group.clients[key].id] : [], one.security_group_ids)
    tags = local.endpoint_tags[key]
  } }`,
  classic_endpoints: '{ for key, one in local.made_endpoints : key => one if one.generation == "classic" }',
  nextgen_endpoints:
    '{ for key, one in local.made_endpoints : key => merge(one, { tags = merge({ Name = one.name }, one.tags) }) if one.generation == "nextgen" }',
  classic_tags: `merge({}, [for key, one in local.classic_endpoints : { for tag, value in one.tags : "\${key}/\${tag}" => {
    endpoint = key
    key = tag
    value = value
  } }]...)`,
  made_endpoint_ids: `merge({ for key in keys(local.classic_endpoints) : key => aws_opensearchserverless_vpc_endpoint.classic[key].id }, { for key in keys(local.nextgen_endpoints) : key => aws_vpc_endpoint.nextgen[key].id })`,
  endpoint_ids: "merge(local.made_endpoint_ids, { for key, one in var.existing_endpoints : key => one.id })",
};
