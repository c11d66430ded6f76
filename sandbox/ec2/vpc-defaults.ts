import { derivedId } from "../ids";
import { AwsError } from "../protocol/aws-error";
import { queryAction, type XmlElement, xmlList } from "../protocol/query-action";
import type { RegionState, Vpc } from "../state/state";
import { type FilterValues, readSelection, select } from "./describe";
import { tagSet, tagsOf } from "./tags";

/**
 * The main route table and the default network ACL of a VPC. They cannot be changed here, so they are not kept: they
 * follow from the VPC.
 */
export const mainRouteTableId = (vpcId: string): string => derivedId("rtb", vpcId);
export const defaultNetworkAclId = (vpcId: string): string => derivedId("acl", vpcId);

const routeTableFilters = (account: string): FilterValues<Vpc> => ({
  "association.main": () => ["true"],
  "association.route-table-association-id": ({ id }) => [derivedId("rtbassoc", id)],
  "association.route-table-id": ({ id }) => [mainRouteTableId(id)],
  "association.subnet-id": () => [],
  "owner-id": ({ ownerId }) => [ownerId ?? account],
  "route-table-id": ({ id }) => [mainRouteTableId(id)],
  "vpc-id": ({ id }) => [id],
});

export const describeRouteTables = queryAction(
  (parameters) => readSelection(parameters, "RouteTableId"),
  (call, selection) => {
    const vpcs = [...call.state.vpcs.values()];
    requireAll(
      "InvalidRouteTableID.NotFound",
      "routeTable",
      selection.ids,
      vpcs.map(({ id }) => id).map(mainRouteTableId),
    );
    const { items, nextToken } = select(
      vpcs.filter(({ id }) => selection.ids.length === 0 || selection.ids.includes(mainRouteTableId(id))),
      selection,
      routeTableFilters(call.account),
      ({ id }) => tagsOf(call.state, mainRouteTableId(id)),
    );
    return {
      routeTableSet: xmlList(items.map((vpc) => describeRouteTable(call.state, call.account, vpc))),
      nextToken,
    };
  },
);

function describeRouteTable(state: RegionState, account: string, vpc: Vpc): XmlElement {
  const routeTableId = mainRouteTableId(vpc.id);
  const local = { gatewayId: "local", state: "active", origin: "CreateRouteTable" };
  return {
    routeTableId,
    vpcId: vpc.id,
    ownerId: vpc.ownerId ?? account,
    routeSet: xmlList([
      { destinationCidrBlock: vpc.cidrBlock, ...local },
      ...(vpc.ipv6CidrBlock === undefined ? [] : [{ destinationIpv6CidrBlock: vpc.ipv6CidrBlock, ...local }]),
    ]),
    associationSet: xmlList([
      {
        routeTableAssociationId: derivedId("rtbassoc", vpc.id),
        routeTableId,
        main: true,
        associationState: { state: "associated" },
      },
    ]),
    propagatingVgwSet: xmlList([]),
    tagSet: tagSet(tagsOf(state, routeTableId)),
  };
}

const networkAclFilters = (account: string): FilterValues<Vpc> => ({
  default: () => ["true"],
  "network-acl-id": ({ id }) => [defaultNetworkAclId(id)],
  "owner-id": ({ ownerId }) => [ownerId ?? account],
  "vpc-id": ({ id }) => [id],
});

export const describeNetworkAcls = queryAction(
  (parameters) => readSelection(parameters, "NetworkAclId"),
  (call, selection) => {
    const vpcs = [...call.state.vpcs.values()];
    requireAll(
      "InvalidNetworkAclID.NotFound",
      "networkAcl",
      selection.ids,
      vpcs.map(({ id }) => id).map(defaultNetworkAclId),
    );
    const { items, nextToken } = select(
      vpcs.filter(({ id }) => selection.ids.length === 0 || selection.ids.includes(defaultNetworkAclId(id))),
      selection,
      networkAclFilters(call.account),
      ({ id }) => tagsOf(call.state, defaultNetworkAclId(id)),
    );
    return {
      networkAclSet: xmlList(items.map((vpc) => describeNetworkAcl(call.state, call.account, vpc))),
      nextToken,
    };
  },
);

/** Everything in and out, and the rule `*` at the end that EC2 numbers 32767 (VPC guide, default network ACL). */
function describeNetworkAcl(state: RegionState, account: string, vpc: Vpc): XmlElement {
  const networkAclId = defaultNetworkAclId(vpc.id);
  const entries = [false, true].flatMap((egress) =>
    [
      { ruleNumber: 100, ruleAction: "allow", cidrBlock: "0.0.0.0/0" },
      { ruleNumber: 32767, ruleAction: "deny", cidrBlock: "0.0.0.0/0" },
      ...(vpc.ipv6CidrBlock === undefined
        ? []
        : [
            { ruleNumber: 101, ruleAction: "allow", ipv6CidrBlock: "::/0" },
            { ruleNumber: 32768, ruleAction: "deny", ipv6CidrBlock: "::/0" },
          ]),
    ].map((entry) => ({ ...entry, protocol: "-1", egress })),
  );
  const subnets = [...state.subnets.values()].filter(({ vpcId }) => vpcId === vpc.id);
  return {
    networkAclId,
    vpcId: vpc.id,
    ownerId: vpc.ownerId ?? account,
    default: true,
    entrySet: xmlList(entries),
    associationSet: xmlList(
      subnets.map(({ id }) => ({
        networkAclAssociationId: derivedId("aclassoc", id),
        networkAclId,
        subnetId: id,
      })),
    ),
    tagSet: tagSet(tagsOf(state, networkAclId)),
  };
}

function requireAll(code: string, what: string, ids: readonly string[], existing: readonly string[]): void {
  const missing = ids.find((id) => !existing.includes(id));
  if (missing !== undefined) throw new AwsError(code, `The ${what} ID '${missing}' does not exist`);
}
