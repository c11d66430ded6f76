import path from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { endpointName, isExisting, type SourceEntry, type StackEntry } from "../config";
import { type IInterfaceEndpoint, InterfaceEndpoint, PrivateAccess, Source } from "../modules";
import { literal } from "../modules/literal";

/** Works on both majors of the AWS provider; the bindings would pin one. */
const providerVersions = ">= 5.100.0, < 7.0.0";

/**
 * From the folder of a synthesized stack (`cdktf.out/stacks/NAME`) to the project, where cdktf keeps state. An output
 * folder outside the project says nothing of where the project is: state then stands beside that folder.
 */
function projectFolder(outdir: string): string {
  const below = path.relative(process.cwd(), outdir);
  const isInside = below !== "" && !below.startsWith("..") && !path.isAbsolute(below);
  const depth = isInside ? below.split(path.sep).length : 1;
  return "../".repeat(depth + 2);
}

/** One stack of the access file: provider, state, endpoints, grants and outputs. */
export class PrivateAccessStack extends TerraformStack {
  constructor(scope: Construct, id: string, entry: StackEntry) {
    super(scope, id);
    const tags = Object.entries(entry.tags).map(([key, value]) => [literal(key), literal(value)] as const);
    new AwsProvider(this, "aws", {
      region: entry.region,
      ...(entry.account === undefined ? {} : { allowedAccountIds: [entry.account] }),
      ...(tags.length === 0 ? {} : { defaultTags: [{ tags: Object.fromEntries(tags) }] }),
    });
    this.addOverride("terraform.required_providers.aws.version", providerVersions);
    new LocalBackend(this, { path: `${projectFolder(App.of(this).outdir)}terraform.${id}.tfstate` });

    const access = new PrivateAccess(this, "Default");
    const endpoints = new Map<string, IInterfaceEndpoint>();
    for (const [key, endpoint] of Object.entries(entry.endpoints)) {
      endpoints.set(
        key,
        isExisting(endpoint)
          ? InterfaceEndpoint.fromEndpointId(endpoint.id)
          : access.addEndpoint(key, {
              name: endpointName(id, key, endpoint),
              vpcId: endpoint.vpc,
              subnetIds: endpoint.subnets,
              securityGroupIds: endpoint.securityGroups,
              allow: endpoint.allow.map(sourceOf),
            }),
      );
    }
    for (const { from, description, ...grant } of entry.grants) {
      access.grant({
        ...grant,
        from: from.map((one) => endpoints.get(one) ?? one),
        ...(description ? { description } : {}),
      });
    }
    this.addOutputs(endpoints, access);
  }

  private addOutputs(endpoints: ReadonlyMap<string, IInterfaceEndpoint>, access: PrivateAccess): void {
    const groups = [...endpoints].flatMap(([key, endpoint]) =>
      endpoint instanceof InterfaceEndpoint && endpoint.securityGroup
        ? [[key, endpoint.securityGroup.securityGroupId] as const]
        : [],
    );
    new TerraformOutput(this, "endpoint_ids", {
      description: "Ids of the interface endpoints, by their keys in the access file",
      value: Object.fromEntries([...endpoints].map(([key, { endpointId }]) => [key, endpointId])),
    });
    new TerraformOutput(this, "security_group_ids", {
      description: "Ids of the endpoints' own security groups, by the endpoints' keys",
      value: Object.fromEntries(groups),
    });
    new TerraformOutput(this, "network_policy_names", {
      description: "Names of the network policies",
      value: access.networkPolicy ? [access.networkPolicy.policyName] : [],
    });
  }
}

function sourceOf(entry: SourceEntry): Source {
  const options = entry.description ? { description: entry.description } : {};
  if (entry.securityGroup !== undefined) return Source.securityGroup(entry.securityGroup, options);
  if (entry.prefixList !== undefined) return Source.prefixList(entry.prefixList, options);
  return Source.cidr(entry.cidr ?? "", { ...options, allowAnywhere: entry.allowAnywhere ?? false });
}
