import type { Permit, SourceRow } from "../../service";

/** An endpoint as paths name it. */
export interface PathEndpoint {
  /** As network policies name it: `vpce-…`, or `<id of apps>` where the apply makes it. */
  readonly id: string;
  readonly name?: string | undefined;
  /** Terraform address. */
  readonly address?: string | undefined;
  readonly vpcId?: string | undefined;
  /** False for one that only policies name: of another stack or account. */
  readonly known: boolean;
}

/** Who gets in: one of those that open a network path, or a principal that data access policies name. */
export type Who =
  | { readonly kind: "public" }
  | { readonly kind: "service"; readonly service: string }
  /** Stands for all that its security groups let in. */
  | ({ readonly kind: "endpoint" } & PathEndpoint)
  | {
      readonly kind: "source";
      readonly endpoint: PathEndpoint;
      readonly source: SourceRow;
      /** CIDR blocks, where it is not the whole source that gains or loses: `10.0.0.0/8` narrowed to `10.1.0.0/16`. */
      readonly addresses?: readonly string[] | undefined;
    }
  | {
      readonly kind: "principal";
      readonly principal: string;
      readonly on: Permit["type"];
      /** Such as `aoss:ReadDocument`; sorted. */
      readonly permissions: readonly string[];
      /** Name or pattern of the indexes, models or agents; undefined for permissions on the collection itself. */
      readonly within?: string | undefined;
    };

/** A way that somebody has to collections; what the same change concerns alike is one entry. */
export interface AccessPath {
  readonly who: Who;
  /** For principals always `collection`. */
  readonly kind: "collection" | "dashboard";
  /** Names and patterns, sorted. Empty for a source of an endpoint that opens nothing. */
  readonly collections: readonly string[];
  /** `us-east-1`, or with the account before it; set where the plan is of several Regions or accounts. */
  readonly scope?: string | undefined;
  /**
   * Of a path that is lost, the names and patterns within its patterns that stay; of principals resources such as
   * `logs-app/*` where they are lost on indexes, models or agents.
   */
  readonly except?: readonly string[] | undefined;
  /** Set where no names are told, since what the network policies say of the endpoint is not known. */
  readonly untold?: true | undefined;
}
