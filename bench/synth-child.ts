import { OpensearchserverlessSecurityPolicy } from "@cdktf/provider-aws/lib/opensearchserverless-security-policy";
import { OpensearchserverlessVpcEndpoint } from "@cdktf/provider-aws/lib/opensearchserverless-vpc-endpoint";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { PrivateAccess, Source } from "../modules";
import { peakBytes } from "./peak-memory";

/** What is synthesized: the same for both ways of writing it down. */
interface Wish {
  readonly key: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly cidr: string;
  readonly collection: string;
  readonly dashboards: boolean;
}

/** AWS's quota for an account and Region; more endpoints need more stacks. */
const endpointsPerStack = 50;

const description = "application subnets";

function wishes(from: number, to: number): Wish[] {
  const wished: Wish[] = [];
  for (let index = from; index < to; index++) {
    // Padded, so that the order of creation is the sorted order in which our constructs write the policy.
    const number = String(index).padStart(4, "0");
    const id = (kind: string, suffix: string) => `${kind}-0a1b2c3d4e5f${number}${suffix}`;
    wished.push({
      key: `e${number}`,
      vpcId: id("vpc", "0"),
      subnetIds: [id("subnet", "1"), id("subnet", "2")],
      cidr: `10.${Math.floor(index / 256)}.${index % 256}.0/24`,
      collection: `logs-${number}-*`,
      dashboards: index % 2 === 0,
    });
  }
  return wished;
}

function addOurs(stack: TerraformStack, wished: readonly Wish[]): void {
  const access = new PrivateAccess(stack, "access");
  for (const { key, vpcId, subnetIds, cidr, collection, dashboards } of wished) {
    const endpoint = access.addEndpoint(key, {
      vpcId,
      subnetIds,
      allow: [Source.cidr(cidr, { description })],
    });
    access.grant({ collections: [collection], dashboards, from: [endpoint] });
  }
}

/** As somebody writes it who knows the provider and has read what AWS asks for. */
function addBaseline(stack: TerraformStack, wished: readonly Wish[]): void {
  const blocks = wished.map(({ key, vpcId, subnetIds, cidr, collection, dashboards }) => {
    const name = `${stack.node.id}-${key}`;
    const group = new SecurityGroup(stack, `${key}-group`, {
      vpcId,
      namePrefix: `${name}-`,
      description: "Clients of an OpenSearch Serverless interface endpoint",
      tags: { Name: name },
      lifecycle: { createBeforeDestroy: true },
    });
    new VpcSecurityGroupIngressRule(stack, `${key}-rule`, {
      securityGroupId: group.id,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: cidr,
      description,
    });
    const endpoint = new OpensearchserverlessVpcEndpoint(stack, key, {
      name,
      vpcId,
      subnetIds: [...subnetIds],
      securityGroupIds: [group.id],
    });
    const Resource = [`collection/${collection}`];
    return {
      AllowFromPublic: false,
      Rules: [
        { Resource, ResourceType: "collection" },
        ...(dashboards ? [{ Resource, ResourceType: "dashboard" }] : []),
      ],
      SourceVPCEs: [endpoint.id],
    };
  });
  new OpensearchserverlessSecurityPolicy(stack, "policy", {
    name: `${stack.node.id}-access-private-access`,
    type: "network",
    description: "Private access, kept by Terraform",
    policy: JSON.stringify(blocks),
  });
}

function synthesize(add: typeof addOurs, count: number, outdir: string): void {
  const app = new App({ outdir });
  for (let from = 0; from < count; from += endpointsPerStack) {
    const number = String(from / endpointsPerStack).padStart(2, "0");
    const stack = new TerraformStack(app, `net-${number}`);
    new AwsProvider(stack, "aws", { region: "eu-central-1", allowedAccountIds: [`1234567890${number}`] });
    new LocalBackend(stack, { path: `../../../terraform.net-${number}.tfstate` });
    add(stack, wishes(from, Math.min(from + endpointsPerStack, count)));
  }
  app.synth();
}

const variants = { ours: [addOurs], baseline: [addBaseline], both: [addOurs, addBaseline] } as const;

// Use: synth-child.ts ours|baseline|both COUNT OUTDIR
const [variant = "", count = "", outdir = ""] = process.argv.slice(2);
const start = process.hrtime.bigint();
for (const add of variants[variant as keyof typeof variants]) synthesize(add, Number(count), outdir);
const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
console.log(JSON.stringify({ milliseconds, peakBytes: peakBytes() }));
