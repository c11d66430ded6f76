import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { Route53ZoneAssociation } from "@cdktf/provider-aws/lib/route53-zone-association";
import { Fn, Token } from "cdktf";
import type { Construct } from "constructs";
import { managedZoneName } from "../service";
import { addressAfterPath } from "./address";
import { regionOf } from "./aws-provider";
import { isKnown } from "./known";

/** Associates the private hosted zone of a managed endpoint with other VPCs of its account and Region. */
export function shareZone(
  scope: Construct,
  endpoint: { readonly endpointId: string; readonly vpcId: string },
  vpcIds: readonly string[],
): void {
  const zone = new DataAwsRoute53Zone(scope, "zone", {
    name: managedZoneName(regionOf(scope)),
    privateZone: true,
    vpcId: onceMade(endpoint.endpointId, endpoint.vpcId),
  });
  addressAfterPath(zone);
  vpcIds.forEach((vpcId, index) => {
    // As with sources: a VPC that is known names its association, a token is told by its place.
    const association = new Route53ZoneAssociation(scope, `zone-${isKnown(vpcId) ? vpcId : index}`, {
      zoneId: zone.zoneId,
      vpcId,
    });
    addressAfterPath(association);
  });
}

/**
 * A value that Terraform knows as soon as the endpoint has an id. Until then the zone is not there to be looked up;
 * `depends_on` would say so too, but would look it up anew, and replace the associations, with every change of the
 * endpoint.
 */
function onceMade(endpointId: string, value: string): string {
  return Token.asString(Fn.conditional(Fn.startswith(endpointId, "vpce-"), value, ""));
}
