import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { endpointName, isExisting, type NamedEndpoint, namedEndpoint, type StackEntry } from "../config";
import { type IInterfaceEndpoint, InterfaceEndpoint, PrivateAccess } from "../modules";
import { literal } from "../modules/literal";
import { sourceOf } from "./source-of";
import { keepState, OtherStacks } from "./state";

/** Works on both majors of the AWS provider; the bindings would pin one. */
const providerVersions = ">= 5.100.0, < 7.0.0";

/** One stack of the access file: provider, state, endpoints, grants and outputs. */
export class PrivateAccessStack extends TerraformStack {
  private readonly access: PrivateAccess;
  private readonly others: OtherStacks;
  private readonly endpoints = new Map<string, IInterfaceEndpoint>();

  /** @param stacks all stacks of the file, some of whose endpoints this one may name. */
  constructor(
    scope: Construct,
    id: string,
    entry: StackEntry,
    private readonly stacks: Readonly<Record<string, StackEntry>> = { [id]: entry },
  ) {
    super(scope, id);
    const tags = Object.entries(entry.tags).map(([key, value]) => [literal(key), literal(value)] as const);
    new AwsProvider(this, "aws", {
      region: entry.region,
      ...(entry.account === undefined ? {} : { allowedAccountIds: [entry.account] }),
      ...(tags.length === 0 ? {} : { defaultTags: [{ tags: Object.fromEntries(tags) }] }),
    });
    this.addOverride("terraform.required_providers.aws.version", providerVersions);
    keepState(this);
    this.others = new OtherStacks(this, "other_stacks");
    this.access = new PrivateAccess(this, "Default");
    this.addEndpoints(entry);
    for (const { from, description, ...grant } of entry.grants) {
      this.access.grant({ ...grant, from: this.endpointsOf(from), ...(description ? { description } : {}) });
    }
    this.addOutputs();
  }

  private addEndpoints({ endpoints }: StackEntry): void {
    for (const [key, entry] of Object.entries(endpoints)) {
      const made = isExisting(entry)
        ? existing(entry.id, entry.generation)
        : this.access.addEndpoint(key, {
            generation: entry.generation ?? "classic",
            name: endpointName(this.node.id, key, entry),
            vpcId: entry.vpc,
            subnetIds: entry.subnets,
            securityGroupIds: entry.securityGroups,
            allow: entry.allow.map(sourceOf),
            tags: entry.tags,
            shareZoneWith: entry.shareZoneWith,
          });
      this.endpoints.set(key, made);
    }
  }

  /** What `from` names: endpoints of this stack and of others, and ids. */
  private endpointsOf(from: readonly string[]): (IInterfaceEndpoint | string)[] {
    return from.map((one) => {
      const named = namedEndpoint(one, this.node.id, this.stacks);
      return named ? this.endpointFor(named) : one;
    });
  }

  private endpointFor({ stack, key, entry }: NamedEndpoint): IInterfaceEndpoint {
    if (stack === this.node.id) return this.endpoints.get(key) as IInterfaceEndpoint;
    return existing(isExisting(entry) ? entry.id : this.others.endpointId(stack, key), entry.generation);
  }

  private addOutputs(): void {
    const groups = [...this.endpoints].flatMap(([key, endpoint]) =>
      endpoint instanceof InterfaceEndpoint && endpoint.securityGroup
        ? [[key, endpoint.securityGroup.securityGroupId] as const]
        : [],
    );
    new TerraformOutput(this, "endpoint_ids", {
      description: "Ids of the interface endpoints, by their keys in the access file",
      value: Object.fromEntries([...this.endpoints].map(([key, { endpointId }]) => [key, endpointId])),
    });
    new TerraformOutput(this, "security_group_ids", {
      description: "Ids of the endpoints' own security groups, by the endpoints' keys",
      value: Object.fromEntries(groups),
    });
    new TerraformOutput(this, "network_policy_names", {
      description: "Names of the network policies",
      value: this.access.networkPolicy ? [this.access.networkPolicy.policyName] : [],
    });
  }
}

const existing = (id: string, generation: IInterfaceEndpoint["generation"]): IInterfaceEndpoint =>
  InterfaceEndpoint.fromEndpointId(id, generation === undefined ? {} : { generation });
