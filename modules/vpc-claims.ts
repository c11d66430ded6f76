import { DefaultTokenResolver, StringConcat, type TerraformStack, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import type { Generation, Problem } from "../service";
import { pathOf } from "./address";
import { isKnown } from "./known";

/** What is asked of an endpoint that stands in a VPC. */
export interface PlacedEndpoint extends IConstruct {
  readonly vpcId: string;
  readonly generation: Generation;
  /** Other VPCs with which its private hosted zone is shared. */
  readonly sharedWithVpcIds: readonly string[];
}

interface Claim {
  readonly endpoint: PlacedEndpoint;
  /** Whether the VPC is the endpoint's own; else it shares its zone. */
  readonly isOwn: boolean;
}

/**
 * Which endpoint answers in which VPC, by generation and VPC. A VPC takes one managed endpoint, and private DNS one
 * endpoint for NEXTGEN collections; a zone that is shared has the name of the zone that a managed endpoint would
 * bring.
 */
export type VpcClaims = Map<string, Claim>;

/** Notes the VPCs of an endpoint that are known; what stands in the way of one of them is returned instead. */
export function claimVpcs(claims: VpcClaims, endpoint: PlacedEndpoint): Problem | undefined {
  const { generation, sharedWithVpcIds, vpcId } = endpoint;
  const wanted = [
    { vpc: vpcId, isOwn: true },
    ...(isKnown(sharedWithVpcIds) ? sharedWithVpcIds : []).map((vpc) => ({ vpc, isOwn: false })),
  ].filter(({ vpc }) => isKnown(vpc));
  for (const { vpc, isOwn } of wanted) {
    const first = claims.get(`${generation} ${vpc}`);
    if (first) return conflict(vpc, first, isOwn);
  }
  for (const { vpc, isOwn } of wanted) claims.set(`${generation} ${vpc}`, { endpoint, isOwn });
  return undefined;
}

/** Endpoints of a stack whose VPCs turn out to be the same only when their tokens are resolved. */
export function tokenVpcsTwice(endpoints: readonly PlacedEndpoint[], stack: TerraformStack): Problem[] {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const seen = new Map<string, PlacedEndpoint>();
  return endpoints.flatMap((endpoint) => {
    const { generation, vpcId } = endpoint;
    if (isKnown(vpcId)) return [];
    const vpc = String(Tokenization.resolve(vpcId, { scope: stack, preparing: false, resolver }));
    const first = seen.get(`${generation} ${vpc}`);
    if (first) return [secondInVpc(vpc, first)];
    seen.set(`${generation} ${vpc}`, endpoint);
    return [];
  });
}

function conflict(vpc: string, first: Claim, isOwn: boolean): Problem {
  const path = pathOf(first.endpoint);
  if (first.isOwn && isOwn) return secondInVpc(vpc, first.endpoint);
  if (first.isOwn) {
    return {
      problem: `shareZoneWith: VPC ${vpc} has an endpoint of its own, ${path}, and so a zone of the same name`,
      remedy: "leave the VPC out",
    };
  }
  return {
    problem: `VPC ${vpc} shares the zone of ${path} already, and a VPC takes one zone of a name`,
    remedy: isOwn ? "leave the VPC out of shareZoneWith there" : "leave the VPC out of one of the two",
  };
}

function secondInVpc(vpc: string, first: PlacedEndpoint): Problem {
  const path = pathOf(first);
  return first.generation === "nextgen"
    ? {
        problem: `VPC ${vpc} has an endpoint for nextgen collections already, ${path}`,
        remedy: "the private DNS names of two would conflict: use that endpoint in the grants",
      }
    : {
        problem: `VPC ${vpc} has an endpoint already, ${path}`,
        remedy: "a VPC takes one: use that endpoint in the grants",
      };
}
