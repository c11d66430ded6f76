import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { Route53ZoneAssociation } from "@cdktf/provider-aws/lib/route53-zone-association";
import { Fn, TerraformLocal } from "cdktf";
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
    vpcId: onceMade(scope, endpoint.endpointId, endpoint.vpcId),
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
 * A value that Terraform knows as soon as the endpoint has an id: until then the zone is not there to be looked up.
 * `depends_on` would say so too, and so would a reference to the endpoint itself; but Terraform puts off the look-up
 * then with every change of the endpoint, and replaces the associations. A local value in between does not.
 */
function onceMade(scope: Construct, endpointId: string, value: string): string {
  return new TerraformLocal(scope, "zone_vpc", Fn.conditional(Fn.startswith(endpointId, "vpce-"), value, ""))
    .asString;
}
