import type { PermissionRow } from "../permission-row";
import { sources } from "./sources";

const shared = {
  feature: "shared-zone",
  resourceTypes: ["hostedzone"],
  conditionKeys: [],
  forwarded: false,
  source: sources.provider,
} as const;

const list = { ...shared, resourceTypes: [] } as const;

/**
 * The private hosted zone of a managed endpoint, shared with other VPCs (`aws_route53_zone_association`), and how it
 * is found (`data.aws_route53_zone`).
 */
export const sharedZoneRows: readonly PermissionRow[] = [
  {
    ...shared,
    phases: ["create"],
    operation: "route53 AssociateVPCWithHostedZone",
    action: "route53:AssociateVPCWithHostedZone",
    statements: ["ChangeZones"],
    purpose: "shares the zone with another VPC",
  },
  {
    ...shared,
    conditionKeys: ["route53:VPCs"],
    phases: ["delete"],
    operation: "route53 DisassociateVPCFromHostedZone",
    action: "route53:DisassociateVPCFromHostedZone",
    statements: ["UnshareZones"],
    purpose: "takes the zone from the other VPC",
  },
  {
    ...shared,
    phases: ["create", "delete"],
    operation: "route53 GetChange",
    action: "route53:GetChange",
    resourceTypes: ["change"],
    statements: ["FollowZoneChanges"],
    purpose: "waits until the zone is shared or not any more",
  },
  {
    ...list,
    forwarded: true,
    phases: ["create", "delete"],
    operation: "route53 AssociateVPCWithHostedZone, DisassociateVPCFromHostedZone",
    action: "ec2:DescribeVpcs",
    statements: ["LookUpVpcs"],
    purpose: "looks up the VPC that the zone is shared with",
    source: sources.zones,
  },
  {
    ...list,
    phases: ["read"],
    operation: "route53 ListHostedZonesByVPC",
    action: "route53:ListHostedZonesByVPC",
    statements: ["LookUpZones"],
    purpose: "reads whether the VPC has the zone",
  },
  {
    ...list,
    phases: ["read"],
    operation: "route53 ListHostedZones",
    action: "route53:ListHostedZones",
    statements: ["LookUpZones"],
    purpose: "finds the zone by its name",
  },
  {
    ...shared,
    phases: ["read"],
    operation: "route53 GetHostedZone",
    action: "route53:GetHostedZone",
    statements: ["ReadZones"],
    purpose: "reads which VPC a zone found by its name belongs to",
  },
  {
    ...shared,
    phases: ["read"],
    operation: "route53 ListResourceRecordSets",
    action: "route53:ListResourceRecordSets",
    statements: ["ReadZones"],
    purpose: "reads the name servers of the zone",
  },
  {
    ...shared,
    phases: ["read"],
    operation: "route53 ListTagsForResource",
    action: "route53:ListTagsForResource",
    statements: ["ReadZones"],
    purpose: "reads the tags of the zone",
  },
];
