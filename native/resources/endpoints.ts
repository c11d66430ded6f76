import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { classicEndpoint } from "../../modules/classic-endpoint";
import type { EndpointParts } from "../../modules/endpoint-resource";
import { EndpointSecurityGroup } from "../../modules/endpoint-security-group";
import { nextgenEndpoint } from "../../modules/nextgen-endpoint";
import { Source } from "../../modules/source";
import { expression } from "../hcl";
import { type EachOf, forEach, iteratorOver } from "./each";

/** Endpoints of both generations, with their tags, security groups and rules. */
export function addEndpoints(stack: TerraformStack): void {
  addSecurityGroups(stack);

  const classic = new Construct(stack, "classic");
  const classicEndpoints = iteratorOver("classic_endpoints");
  classicEndpoint(classic, { ...partsOf(classicEndpoints), tags: { any: "any" } });
  forEach(classic, "aws_opensearchserverless_vpc_endpoint", classicEndpoints);
  const tags = iteratorOver("classic_tags");
  const tag = forEach(classic, "aws_ec2_tag", tags, "classic");
  tag.addOverride("resource_id", idOf("aws_opensearchserverless_vpc_endpoint.classic"));
  tag.addOverride("key", tags.getString("key"));
  tag.addOverride("value", tags.getString("value"));

  const nextgen = new Construct(stack, "nextgen");
  const nextgenEndpoints = iteratorOver("nextgen_endpoints");
  nextgenEndpoint(nextgen, { ...partsOf(nextgenEndpoints), tags: {} });
  const endpoint = forEach(nextgen, "aws_vpc_endpoint", nextgenEndpoints);
  endpoint.addOverride("tags", nextgenEndpoints.getAny("tags"));
}

function addSecurityGroups(stack: TerraformStack): void {
  const groups = iteratorOver("own_groups");
  const clients = new EndpointSecurityGroup(stack, "clients", {
    vpcId: groups.getString("vpc_id"),
    namePrefix: `${groups.getString("name")}-`,
    allow: [Source.cidr(expression("each.value.cidr_ipv4"))],
  });
  const group = forEach(clients, "aws_security_group", groups, "clients");
  group.addOverride("tags", expression("merge(var.tags, { Name = each.value.name })"));

  const sources = iteratorOver("sources");
  const rule = forEach(clients, "aws_vpc_security_group_ingress_rule", sources, "clients");
  rule.addOverride("security_group_id", idOf("aws_security_group.clients"));
  rule.addOverride("cidr_ipv6", sources.getString("cidr_ipv6"));
  rule.addOverride("prefix_list_id", sources.getString("prefix_list_id"));
  rule.addOverride("referenced_security_group_id", sources.getString("security_group_id"));
  rule.addOverride("description", sources.getString("description"));
}

const partsOf = (each: EachOf): Omit<EndpointParts, "tags"> => ({
  name: each.getString("name"),
  vpcId: each.getString("vpc_id"),
  subnetIds: each.getList("subnet_ids"),
  securityGroupIds: each.getList("security_group_ids"),
});

/** The id of what another resource has for the same endpoint. */
const idOf = (address: string) => expression(`${address}[each.value.endpoint].id`);
