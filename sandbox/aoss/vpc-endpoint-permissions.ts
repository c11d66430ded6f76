import type { Call } from "../call";

/**
 * What AWS calls with the caller's permissions to look at the network before it makes, changes or removes a managed
 * endpoint. The actions are those of the developer guide (private access, required permissions); it has one list for
 * everything, and which of them belong to create, update and delete is our reading.
 */
const lookups = {
  create: [
    "ec2:DescribeVpcs",
    "ec2:DescribeSubnets",
    "ec2:DescribeSecurityGroups",
    "route53:ListHostedZonesByVPC",
    "route53:ListHostedZonesByName",
  ],
  update: ["ec2:DescribeVpcEndpoints", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups"],
  delete: ["ec2:DescribeVpcEndpoints", "route53:GetHostedZone", "route53:ListResourceRecordSets"],
} as const;

/** The changes themselves, from the same list. */
const changes = {
  create: [
    "ec2:CreateVpcEndpoint",
    "ec2:CreateTags",
    "ec2:DescribeVpcEndpoints",
    "route53:CreateHostedZone",
    "route53:AssociateVPCWithHostedZone",
    "route53:ChangeResourceRecordSets",
    "route53:GetChange",
  ],
  update: ["ec2:ModifyVpcEndpoint"],
  delete: [
    "ec2:DeleteVpcEndpoints",
    "route53:ChangeResourceRecordSets",
    "route53:DeleteHostedZone",
    "route53:GetChange",
  ],
} as const;

/** Throws AccessDenied if the caller may not look at what the step depends on. */
export function forwardLookups(call: Call, step: keyof typeof lookups): void {
  for (const action of lookups[step]) call.forward(action);
}

/** Throws AccessDenied if the caller may not do what the step does; call it last before anything changes. */
export function forwardChanges(call: Call, step: keyof typeof changes): void {
  for (const action of changes[step]) call.forward(action);
}
