import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { TerraformStack, Testing } from "cdktf";
import {
  type DataAccessGrant,
  DataAccessPolicies,
  type IInterfaceEndpoint,
  InterfaceEndpoint,
  LifecyclePolicies,
  type LifecycleRule,
  NetworkPolicies,
  PrivateAccess,
  Source,
} from "../../modules";
import { literalTags } from "../../modules/tags";
import { type CollectionType, deriveName, type Generation } from "../../service";
import type {
  DataAccessInputs,
  EndpointInputs,
  ModuleInputs,
  RetentionInputs,
  SourceInputs,
} from "./module-inputs";

/** A stack of constructs that wants what a call of the native module wants. Throws what they throw. */
export function asConstructs(inputs: ModuleInputs): TerraformStack {
  const stack = new TerraformStack(Testing.app(), inputs.name);
  new AwsProvider(stack, "aws", { region: "eu-central-1", allowedAccountIds: ["123456789012"] });
  const { tags = {} } = inputs;
  const access = new PrivateAccess(stack, "Default", {
    ...defined({ policyName: inputs.policy_name, policyDescription: inputs.policy_description }),
  });
  const endpoints = addEndpoints(access, inputs);
  const endpointsOf = (from: readonly string[]) => from.map((one) => endpoints.get(one) ?? one);
  const labelled = new Labelled(stack, inputs);
  for (const grant of inputs.grants ?? []) {
    const { collections, dashboards, description, services = [] } = grant;
    const from = endpointsOf(grant.from ?? (services.length === 0 ? only([...endpoints.keys()]) : []));
    const policies = grant.policy === undefined ? access.networkPolicies : labelled.network(grant.policy);
    policies.addGrant({ collections, from, services, ...defined({ dashboards, description }) });
  }
  for (const [key, one] of Object.entries(inputs.collections ?? {})) {
    const { description, dashboards, kms_key } = one;
    const ownTags = { ...tags, ...one.tags };
    access.addCollection(key, {
      ...defined({ description, dashboards, type: one.type as CollectionType | undefined }),
      ...defined({ standbyReplicas: one.standby_replicas, services: one.services }),
      ...defined({ kmsKeyArn: kms_key === undefined ? undefined : inputs.kms_key_arns?.[kms_key] }),
      ...(Object.keys(ownTags).length > 0 ? { tags: ownTags } : {}),
      from: endpointsOf(one.from ?? []),
      dataAccess: (one.data_access ?? []).map((grant) => {
        const { collections: _none, ...own } = dataAccessGrant(grant);
        return own;
      }),
      retention: (one.retention ?? []).map(lifecycleRule),
    });
  }
  for (const { collections, kms_key } of inputs.encryption ?? []) {
    const kmsKeyArn = kms_key === undefined ? undefined : inputs.kms_key_arns?.[kms_key];
    access.encrypt({ collections, ...defined({ kmsKeyArn }) });
  }
  for (const grant of inputs.data_access ?? []) {
    if (grant.policy === undefined) access.allowData(dataAccessGrant(grant));
    else labelled.dataAccess(grant.policy).addGrant(dataAccessGrant(grant));
  }
  for (const rule of inputs.retention ?? []) {
    if (rule.policy === undefined) access.retain(lifecycleRule(rule));
    else labelled.lifecycle(rule.policy).addRule(lifecycleRule(rule));
  }
  // The module's tags stand where an app of constructs has the provider's default_tags.
  for (const group of stack.node.findAll()) {
    if (group instanceof SecurityGroup) group.tags = { ...literalTags(tags), ...group.tagsInput };
  }
  return stack;
}

/** Policies of labels: sets of their own, called after those without. */
class Labelled {
  constructor(
    private readonly stack: TerraformStack,
    private readonly inputs: ModuleInputs,
  ) {}

  network(label: string): NetworkPolicies {
    const base = this.inputs.policy_name ?? deriveName(this.inputs.name, "private-access");
    const description = this.inputs.policy_description;
    return this.of(
      `network-${label}`,
      (id) =>
        new NetworkPolicies(this.stack, id, { name: deriveName(base, label), ...defined({ description }) }),
    );
  }

  dataAccess(label: string): DataAccessPolicies {
    const name = deriveName(deriveName(this.inputs.name, "data-access"), label);
    return this.of(`data-${label}`, (id) => new DataAccessPolicies(this.stack, id, { name }));
  }

  lifecycle(label: string): LifecyclePolicies {
    const name = deriveName(deriveName(this.inputs.name, "lifecycle"), label);
    return this.of(`lifecycle-${label}`, (id) => new LifecyclePolicies(this.stack, id, { name }));
  }

  private of<T>(id: string, make: (id: string) => T): T {
    return (this.stack.node.tryFindChild(id) as T | undefined) ?? make(id);
  }
}

function addEndpoints(access: PrivateAccess, inputs: ModuleInputs): Map<string, IInterfaceEndpoint> {
  const made: Record<string, EndpointInputs> = { ...inputs.endpoints };
  const { allow, generation, security_group_ids, subnet_ids, vpc_id } = inputs;
  if (vpc_id !== undefined) {
    made["main"] = {
      vpc_id,
      subnet_ids: subnet_ids ?? [],
      ...defined({ allow, generation, security_group_ids }),
    };
  }
  const endpoints = new Map<string, IInterfaceEndpoint>();
  for (const [key, one] of Object.entries(made)) {
    const endpoint = access.addEndpoint(key, {
      vpcId: one.vpc_id,
      subnetIds: one.subnet_ids,
      allow: Object.values(one.allow ?? {}).map(sourceOf),
      tags: { ...inputs.tags, ...one.tags },
      ...defined({
        name: one.name,
        securityGroupIds: one.security_group_ids,
        generation: one.generation as Generation | undefined,
      }),
    });
    endpoints.set(key, endpoint);
  }
  for (const [key, { id, generation: serves }] of Object.entries(inputs.existing_endpoints ?? {})) {
    const options = defined({ generation: serves as Generation | undefined });
    endpoints.set(key, InterfaceEndpoint.fromEndpointId(id, options));
  }
  return endpoints;
}

function sourceOf(source: SourceInputs): Source {
  const { allow_anywhere: allowAnywhere, cidr, description, prefix_list_id, security_group_id } = source;
  if (cidr !== undefined) return Source.cidr(cidr, defined({ allowAnywhere, description }));
  if (security_group_id !== undefined)
    return Source.securityGroup(security_group_id, defined({ description }));
  return Source.prefixList(prefix_list_id ?? "", defined({ description }));
}

function dataAccessGrant(grant: DataAccessInputs): DataAccessGrant {
  return {
    principals: grant.principals,
    ...defined({ collections: grant.collections, indexes: grant.indexes, description: grant.description }),
    ...defined({
      collectionPermissions: grant.collection_permissions,
      indexPermissions: grant.index_permissions,
    }),
  };
}

const lifecycleRule = ({ indexes, keep_days: keepDays }: RetentionInputs): LifecycleRule => ({
  indexes,
  ...defined({ keepDays }),
});

const only = (keys: readonly string[]) => (keys.length === 1 ? keys : []);

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}
