import { TerraformOutput, type TerraformStack } from "cdktf";
import { isKeptElsewhere, type StackEntry } from "../config";
import { type Collection, type IInterfaceEndpoint, InterfaceEndpoint, type PrivateAccess } from "../modules";

/** What of a stack comes out. */
export interface StackContents {
  readonly entry: StackEntry;
  readonly access: PrivateAccess;
  /** By their keys in the access file, those that exist already included. */
  readonly endpoints: ReadonlyMap<string, IInterfaceEndpoint>;
  /** Those that the stack makes, by name. */
  readonly collections: ReadonlyMap<string, Collection>;
}

/** Adds the outputs of a stack; those about collections only where it has something to do with any. */
export function addOutputs(stack: TerraformStack, contents: StackContents): void {
  const { access, entry, endpoints, collections } = contents;
  const output = (name: string, description: string, value: unknown) =>
    new TerraformOutput(stack, name, { description, value });
  const groups = [...endpoints].flatMap(([key, endpoint]) =>
    endpoint instanceof InterfaceEndpoint && endpoint.securityGroup
      ? [[key, endpoint.securityGroup.securityGroupId] as const]
      : [],
  );
  output(
    "endpoint_ids",
    "Ids of the interface endpoints, by their keys in the access file",
    Object.fromEntries([...endpoints].map(([key, { endpointId }]) => [key, endpointId])),
  );
  output(
    "security_group_ids",
    "Ids of the endpoints' own security groups, by the endpoints' keys",
    Object.fromEntries(groups),
  );
  const { network, encryption, dataAccess, lifecycle } = access.policyNames;
  output("network_policy_names", "Names of the network policies", network);

  const byName = (read: (collection: Collection) => string) =>
    Object.fromEntries([...collections].map(([name, collection]) => [name, read(collection)]));
  if (collections.size > 0) {
    output(
      "collection_ids",
      "Ids of the collections, by name",
      byName((one) => one.collectionId),
    );
    output(
      "collection_arns",
      "ARNs of the collections, by name",
      byName((one) => one.collectionArn),
    );
    output(
      "collection_endpoints",
      "URLs for indexes and documents, by the collections' names",
      byName((one) => one.collectionEndpoint),
    );
    output(
      "dashboard_endpoints",
      "URLs of OpenSearch Dashboards, by the collections' names",
      byName((one) => one.dashboardEndpoint),
    );
  }
  const entries = Object.values(entry.collections);
  if (entry.encryption.length > 0 || entries.some((one) => !isKeptElsewhere(one))) {
    output("encryption_policy_names", "Names of the encryption policies", encryption);
  }
  if (entry.dataAccess.length > 0 || entries.some(({ access: own }) => own.length > 0)) {
    output("data_access_policy_names", "Names of the data access policies", dataAccess);
  }
  if (entry.lifecycle.length > 0 || entries.some(({ retention }) => retention.length > 0)) {
    output("lifecycle_policy_names", "Names of the lifecycle policies", lifecycle);
  }
}
