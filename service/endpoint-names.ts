/**
 * The PrivateLink service that serves the data of NEXTGEN collections; its private DNS answers for
 * `*.aoss.REGION.on.aws` (developer guide, serverless-vpc, 2026).
 */
export const nextgenServiceName = (region: string): string => `com.amazonaws.${region}.aoss-data`;

/**
 * The private hosted zone that OpenSearch Serverless makes for a managed endpoint, in the account of the endpoint and
 * for its VPC. Names of Classic collections are in it (developer guide, serverless-vpc).
 */
export const managedZoneName = (region: string): string => `${region}.aoss.amazonaws.com`;
