/** What the resources of an endpoint are made of, whatever its generation. */
export interface EndpointParts {
  readonly name: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** The resource of an endpoint that others name; its security groups may be more later on. */
export interface EndpointResource {
  /** Id of the endpoint (`vpce-…`), a token. */
  readonly id: string;
  securityGroupIds: string[];
}
