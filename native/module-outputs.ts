import type { Rule } from "./message";
import {
  collectionRules,
  dataAccessRules,
  encryptionRules,
  endpointRules,
  networkRules,
  retentionRules,
} from "./rules/of-several";

/** An output of the module. */
export interface Output {
  readonly value: string;
  readonly description: string;
  /**
   * What is refused that concerns several inputs. Values of such an output are worked out of inputs alone: one that
   * waits for resources is not looked at where the provider refuses one of them.
   */
  readonly rules?: readonly Rule[];
  /** Addresses without which the value is of no use yet. */
  readonly dependsOn?: readonly string[];
}

const byName = (attribute: string) =>
  `{ for name, one in aws_opensearchserverless_collection.this : name => one.${attribute} }`;

/** Access to collections takes these, besides the collection. */
const access = [
  "aws_opensearchserverless_security_policy.network",
  "aws_opensearchserverless_access_policy.data_access",
];

/** All outputs of the module. */
export const outputs: Readonly<Record<string, Output>> = {
  endpoint_id: {
    value: "length(local.endpoint_ids) == 1 ? values(local.endpoint_ids)[0] : null",
    description: "Id of the endpoint (`vpce-…`), where there is just one.",
  },
  endpoint_ids: {
    value: "local.endpoint_ids",
    description: "Ids of all endpoints, by their keys; that of the one endpoint is `main`.",
  },
  endpoint_names: {
    value: "local.endpoint_names",
    description: "Names in AWS of the endpoints that are made, by their keys.",
    rules: endpointRules(),
  },
  security_group_id: {
    value: "length(aws_security_group.clients) == 1 ? values(aws_security_group.clients)[0].id : null",
    description:
      "Id of the endpoint's own security group, where there is just one; none where nothing is allowed.",
  },
  security_group_ids: {
    value: "{ for key, one in aws_security_group.clients : key => one.id }",
    description: "Ids of the endpoints' own security groups, by the endpoints' keys.",
  },
  network_policy_names: {
    value: "tolist(values(local.network_policy_names))",
    description: "Names of the network policies.",
    rules: networkRules(),
  },
  encryption_policy_names: {
    value: "tolist(values(local.encryption_policy_names))",
    description: "Names of the encryption policies.",
    rules: [...encryptionRules(), ...collectionRules()],
  },
  data_access_policy_names: {
    value: "tolist(values(local.data_access_policies)[*].name)",
    description: "Names of the data access policies.",
    rules: dataAccessRules(),
  },
  lifecycle_policy_names: {
    value: "tolist(values(local.lifecycle_policies)[*].name)",
    description: "Names of the lifecycle policies.",
    rules: retentionRules(),
  },
  collection_ids: { value: byName("id"), description: "Ids of the collections, by name." },
  collection_arns: {
    value: byName("arn"),
    description: "ARNs of the collections, by name, for IAM policies.",
  },
  collection_endpoints: {
    value: byName("collection_endpoint"),
    description:
      "URLs for indexes and documents, by the collections' names; known once their policies are there.",
    dependsOn: access,
  },
  dashboard_endpoints: {
    value: byName("dashboard_endpoint"),
    description:
      "URLs of OpenSearch Dashboards, by the collections' names; known once their policies are there.",
    dependsOn: access,
  },
};
