import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import type { Construct } from "constructs";
import { nextgenServiceName } from "../service";
import { addressAfterPath } from "./address";
import { regionOf } from "./aws-provider";
import type { EndpointParts, EndpointResource } from "./endpoint-resource";
import { literalTags } from "./tags";

/** An interface endpoint of EC2 for the data of NEXTGEN collections (`aws_vpc_endpoint`), with private DNS. */
export function nextgenEndpoint(scope: Construct, parts: EndpointParts): EndpointResource {
  const { name, vpcId, subnetIds, securityGroupIds, tags } = parts;
  const endpoint = new VpcEndpoint(scope, "Default", {
    serviceName: nextgenServiceName(regionOf(scope)),
    vpcEndpointType: "Interface",
    privateDnsEnabled: true,
    vpcId,
    subnetIds: [...subnetIds],
    securityGroupIds,
    tags: literalTags({ Name: name, ...tags }),
  });
  addressAfterPath(endpoint);
  return endpoint;
}
