import { randomBytes } from "node:crypto";
import { AwsError } from "../protocol/aws-error";
import { invalidInput, type RestOperation } from "../protocol/rest-xml";
import type { HostedZone, VpcInRegion } from "../state/state";
import { newChange } from "./changes";
import {
  apexRecordSets,
  canonicalName,
  describeVpcs,
  describeZone,
  readVpc,
  refuseConflict,
  requireOwnZone,
  requireVpc,
  requireZone,
  setVpcs,
} from "./zones";

export const createHostedZone: RestOperation = {
  method: "POST",
  path: "/hostedzone",
  root: "CreateHostedZoneRequest",
  read: ({ body }) => {
    const name = readZoneName(body.required("Name"));
    const callerReference = body.required("CallerReference");
    const config = body.child("HostedZoneConfig");
    const comment = readComment(config.string("Comment"));
    const isPrivate = config.boolean("PrivateZone");
    if (!body.has("VPC") || isPrivate === false) {
      throw invalidInput("The sandbox serves private hosted zones only: the request must contain a VPC");
    }
    const vpc = readVpc(body.child("VPC").required("VPCId"), body.child("VPC").required("VPCRegion"));
    return (call) => {
      const { hostedZones } = call.accountState;
      if ([...hostedZones.values()].some((zone) => zone.callerReference === callerReference)) {
        throw new AwsError(
          "HostedZoneAlreadyExists",
          `A hosted zone has already been created with the specified caller reference: ${callerReference}`,
          409,
        );
      }
      requireVpc(call, vpc);
      refuseConflict(call, name, vpc);
      const zone: HostedZone = {
        id: `Z${randomBytes(10).toString("hex").toUpperCase()}`,
        name,
        callerReference,
        ...(comment === undefined ? {} : { comment }),
        vpcs: [vpc],
        recordSets: apexRecordSets(name),
        tags: new Map(),
      };
      hostedZones.set(zone.id, zone);
      return {
        status: 201,
        headers: { location: `https://route53.amazonaws.com/2013-04-01/hostedzone/${zone.id}` },
        body: {
          HostedZone: describeZone({ ...zone, isManaged: false }),
          ChangeInfo: newChange(call),
          VPC: { VPCRegion: vpc.region, VPCId: vpc.id },
        },
      };
    };
  },
};

export const getHostedZone: RestOperation = {
  method: "GET",
  path: "/hostedzone/{Id}",
  read:
    ({ path: { Id: id = "" } }) =>
    (call) => {
      const zone = requireZone(call, id);
      return { body: { HostedZone: describeZone(zone), VPCs: describeVpcs(zone.vpcs) } };
    },
};

export const updateHostedZoneComment: RestOperation = {
  method: "POST",
  path: "/hostedzone/{Id}",
  root: "UpdateHostedZoneCommentRequest",
  read: ({ path: { Id: id = "" }, body }) => {
    const comment = readComment(body.string("Comment"));
    return (call) => {
      const zone = requireOwnZone(call, id);
      if (comment === undefined) delete zone.comment;
      else zone.comment = comment;
      return { body: { HostedZone: describeZone({ ...zone, isManaged: false }) } };
    };
  },
};

export const deleteHostedZone: RestOperation = {
  method: "DELETE",
  path: "/hostedzone/{Id}",
  read:
    ({ path: { Id: id = "" } }) =>
    (call) => {
      const zone = requireOwnZone(call, id);
      // What a zone holds from the start goes with it.
      if (zone.recordSets.length > 2) {
        throw new AwsError(
          "HostedZoneNotEmpty",
          "The specified hosted zone contains non-required resource record sets and so cannot be deleted.",
        );
      }
      call.accountState.hostedZones.delete(id);
      return { body: { ChangeInfo: newChange(call) } };
    },
};

export const associateVpc: RestOperation = {
  method: "POST",
  path: "/hostedzone/{Id}/associatevpc",
  root: "AssociateVPCWithHostedZoneRequest",
  read: ({ path: { Id: id = "" }, body }) => {
    const vpc = readVpc(body.child("VPC").required("VPCId"), body.child("VPC").required("VPCRegion"));
    readComment(body.string("Comment"));
    return (call) => {
      const zone = requireZone(call, id);
      requireVpc(call, vpc);
      refuseConflict(call, zone.name, vpc);
      setVpcs(call, id, [...zone.vpcs, vpc]);
      return { body: { ChangeInfo: newChange(call) } };
    };
  },
};

export const disassociateVpc: RestOperation = {
  method: "POST",
  path: "/hostedzone/{Id}/disassociatevpc",
  root: "DisassociateVPCFromHostedZoneRequest",
  read: ({ path: { Id: id = "" }, body }) => {
    const vpc = readVpc(body.child("VPC").required("VPCId"), body.child("VPC").required("VPCRegion"));
    readComment(body.string("Comment"));
    return (call) => {
      const zone = requireZone(call, id);
      const isSame = (other: VpcInRegion): boolean => other.id === vpc.id && other.region === vpc.region;
      if (!zone.vpcs.some(isSame)) {
        throw new AwsError(
          "VPCAssociationNotFound",
          `The VPC: ${vpc.id} in region: ${vpc.region} is not associated with the hosted zone: ${id}`,
          404,
        );
      }
      if (zone.vpcs.length === 1) {
        throw new AwsError(
          "LastVPCAssociation",
          `The VPC: ${vpc.id} is the last VPC associated with the hosted zone: ${id}; a private hosted zone needs one`,
        );
      }
      setVpcs(
        call,
        id,
        zone.vpcs.filter((other) => !isSame(other)),
      );
      return { body: { ChangeInfo: newChange(call) } };
    };
  },
};

function readZoneName(name: string): string {
  const canonical = canonicalName(name);
  const labels = canonical.slice(0, -1).split(".");
  if (name.length <= 255 && labels.every((label) => label !== "" && label.length <= 63)) return canonical;
  throw new AwsError("InvalidDomainName", `${name.slice(0, 80)} is not a valid domain name`);
}

/** Route 53 takes comments of up to 256 characters. */
function readComment(comment: string | undefined): string | undefined {
  if (comment === undefined || comment.length <= 256) return comment;
  throw invalidInput(
    "1 validation error detected: Value at 'comment' failed to satisfy constraint: Member must have length less " +
      "than or equal to 256",
  );
}
