import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { endpointName, isExisting, type NamedEndpoint, namedEndpoint, type StackEntry } from "../config";
import { type Collection, type IInterfaceEndpoint, InterfaceEndpoint, PrivateAccess } from "../modules";
import { noteExistingEndpoint } from "../modules/existing";
import { literal } from "../modules/literal";
import { collectionProps, dataAccessGrant, encryption, lifecycleRule } from "./collection-props";
import { addOutputs } from "./outputs";
import { sourceOf } from "./source-of";
import { keepState, OtherStacks } from "./state";

/** Works on both majors of the AWS provider; the bindings would pin one. */
const providerVersions = ">= 5.100.0, < 7.0.0";

/** One stack of the access file: provider, state, endpoints, grants and outputs. */
export class PrivateAccessStack extends TerraformStack {
  private readonly access: PrivateAccess;
  private readonly others: OtherStacks;
  private readonly endpoints = new Map<string, IInterfaceEndpoint>();
  private readonly collections = new Map<string, Collection>();

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
    keepState(this, entry);
    this.others = new OtherStacks(this, "other_stacks", stacks);
    this.access = new PrivateAccess(this, "Default");
    this.addEndpoints(entry);
    for (const { from, description, ...grant } of entry.grants) {
      this.access.grant({ ...grant, from: this.endpointsOf(from), ...(description ? { description } : {}) });
    }
    this.addCollections(entry);
    for (const one of entry.dataAccess) this.access.allowData(dataAccessGrant(one));
    for (const one of entry.encryption) this.access.encrypt(encryption(one));
    for (const one of entry.lifecycle) this.access.retain(lifecycleRule(one));
    addOutputs(this, {
      entry,
      access: this.access,
      endpoints: this.endpoints,
      collections: this.collections,
    });
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
      noteExistingEndpoint(this, made, key);
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

  private addCollections(stack: StackEntry): void {
    for (const [name, entry] of Object.entries(stack.collections)) {
      const { collection } = this.access.addCollection(name, {
        ...collectionProps(name, entry, stack),
        from: this.endpointsOf(entry.from),
      });
      if (collection) this.collections.set(name, collection);
    }
  }
}

const existing = (id: string, generation: IInterfaceEndpoint["generation"]): IInterfaceEndpoint =>
  InterfaceEndpoint.fromEndpointId(id, generation === undefined ? {} : { generation });
