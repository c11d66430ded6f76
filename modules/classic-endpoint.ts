import { createHash } from "node:crypto";
import { Ec2Tag } from "@cdktf/provider-aws/lib/ec2-tag";
import { OpensearchserverlessVpcEndpoint } from "@cdktf/provider-aws/lib/opensearchserverless-vpc-endpoint";
import type { Construct } from "constructs";
import { addressAfterPath } from "./address";
import type { EndpointParts, EndpointResource } from "./endpoint-resource";
import { literal } from "./literal";

/**
 * An endpoint that OpenSearch Serverless manages (`aws_opensearchserverless_vpc_endpoint`). Its API takes no tags, so
 * each tag is a resource of its own (`aws_ec2_tag`), and the provider's `default_tags` do not reach it.
 */
export function classicEndpoint(scope: Construct, parts: EndpointParts): EndpointResource {
  const { name, vpcId, subnetIds, securityGroupIds, tags } = parts;
  const endpoint = new OpensearchserverlessVpcEndpoint(scope, "Default", {
    name,
    vpcId,
    subnetIds: [...subnetIds],
    securityGroupIds,
  });
  addressAfterPath(endpoint);
  for (const [key, value] of Object.entries(tags)) {
    const tag = new Ec2Tag(scope, tagId(key), {
      resourceId: endpoint.id,
      key: literal(key),
      value: literal(value),
    });
    addressAfterPath(tag);
  }
  return endpoint;
}

/** A construct id for a tag, by its key alone. What an address cannot hold is told apart by a hash of the key. */
function tagId(key: string): string {
  if (/^[\w-]+$/.test(key)) return `tag-${key}`;
  const hash = createHash("sha256").update(key).digest("hex").slice(0, 6);
  return `tag-${key.replace(/[^\w-]+/g, "-")}-${hash}`;
}
