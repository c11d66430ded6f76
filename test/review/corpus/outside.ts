import {
  AuthorizeSecurityGroupIngressCommand,
  EC2Client,
  type IpPermission,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import {
  CreateVpcEndpointCommand,
  DeleteAccessPolicyCommand,
  DeleteSecurityPolicyCommand,
  DeleteVpcEndpointCommand,
  GetAccessPolicyCommand,
  GetSecurityPolicyCommand,
  OpenSearchServerlessClient,
  UpdateAccessPolicyCommand,
  UpdateSecurityPolicyCommand,
  UpdateVpcEndpointCommand,
} from "@aws-sdk/client-opensearchserverless";
import { type Sandbox, sandboxAccessKeyId } from "../../../sandbox";
import { secretKeyOf } from "../../../sandbox/access/credential-scope";

/** What is done behind Terraform's back, between `before` and `after`; what it returns are variables of `after`. */
type Others = (aws: Outside) => Promise<Readonly<Record<string, unknown>> | undefined>;

/** The account as somebody else changes it. */
export class Outside {
  private readonly aoss: OpenSearchServerlessClient;
  private readonly ec2: EC2Client;

  constructor(
    private readonly sandbox: Sandbox,
    region: string,
  ) {
    const credentials = {
      accessKeyId: sandboxAccessKeyId,
      secretAccessKey: secretKeyOf(sandboxAccessKeyId),
    };
    this.aoss = new OpenSearchServerlessClient({ endpoint: sandbox.url, region, credentials });
    this.ec2 = new EC2Client({ endpoint: sandbox.url, region, credentials });
  }

  /** The id of a managed endpoint, by name. */
  endpointId(name: string): string {
    return found(this.sandbox.contents().vpcEndpoints.find((one) => one.name === name)?.id, name);
  }

  groupId(name: string): string {
    return found(this.sandbox.contents().securityGroups.find((one) => one.name === name)?.id, name);
  }

  async changeNetworkPolicy(name: string, change: (document: Block[]) => unknown): Promise<void> {
    const { securityPolicyDetail: was } = await this.aoss.send(
      new GetSecurityPolicyCommand({ name, type: "network" }),
    );
    await this.aoss.send(
      new UpdateSecurityPolicyCommand({
        name,
        type: "network",
        policyVersion: was?.policyVersion,
        policy: JSON.stringify(change(was?.policy as unknown as Block[])),
      }),
    );
  }

  async changeDataPolicy(name: string, change: (document: DataBlock[]) => unknown): Promise<void> {
    const { accessPolicyDetail: was } = await this.aoss.send(
      new GetAccessPolicyCommand({ name, type: "data" }),
    );
    await this.aoss.send(
      new UpdateAccessPolicyCommand({
        name,
        type: "data",
        policyVersion: was?.policyVersion,
        policy: JSON.stringify(change(was?.policy as unknown as DataBlock[])),
      }),
    );
  }

  async deleteNetworkPolicy(name: string): Promise<void> {
    await this.aoss.send(new DeleteSecurityPolicyCommand({ name, type: "network" }));
  }

  async deleteDataPolicy(name: string): Promise<void> {
    await this.aoss.send(new DeleteAccessPolicyCommand({ name, type: "data" }));
  }

  async createEndpoint(
    name: string,
    vpcId: string,
    subnetIds: string[],
    groupIds: string[],
  ): Promise<string> {
    const { createVpcEndpointDetail: made } = await this.aoss.send(
      new CreateVpcEndpointCommand({ name, vpcId, subnetIds, securityGroupIds: groupIds }),
    );
    await this.settled();
    return found(made?.id, name);
  }

  async deleteEndpoint(name: string): Promise<void> {
    await this.aoss.send(new DeleteVpcEndpointCommand({ id: this.endpointId(name) }));
    await this.settled();
  }

  async removeSubnets(name: string, subnetIds: string[]): Promise<void> {
    await this.aoss.send(
      new UpdateVpcEndpointCommand({ id: this.endpointId(name), removeSubnetIds: subnetIds }),
    );
    await this.settled();
  }

  async changeGroups(name: string, add: string[], remove: string[]): Promise<void> {
    await this.aoss.send(
      new UpdateVpcEndpointCommand({
        id: this.endpointId(name),
        addSecurityGroupIds: add,
        removeSecurityGroupIds: remove,
      }),
    );
    await this.settled();
  }

  async allow(groupName: string, permission: IpPermission): Promise<void> {
    await this.ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: this.groupId(groupName),
        IpPermissions: [{ IpProtocol: "tcp", FromPort: 443, ToPort: 443, ...permission }],
      }),
    );
  }

  async revoke(groupName: string, permission: IpPermission): Promise<void> {
    await this.ec2.send(
      new RevokeSecurityGroupIngressCommand({
        GroupId: this.groupId(groupName),
        IpPermissions: [{ IpProtocol: "tcp", FromPort: 443, ToPort: 443, ...permission }],
      }),
    );
  }

  /** A status changes within 50 ms. */
  private settled(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Block of a network policy. */
interface Block {
  readonly AllowFromPublic: boolean;
  readonly SourceVPCEs?: readonly string[];
  readonly Rules: readonly unknown[];
}

/** Block of a data access policy. */
interface DataBlock {
  readonly Principal: readonly string[];
  readonly Rules: readonly unknown[];
}

function found(id: string | undefined, name: string): string {
  if (id === undefined) throw new Error(`${name} is not there`);
  return id;
}

const vpc = "vpc-0a1b2c3d4e5f60718";
const subnets = ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"];
const account = "123456789012";

/** By the name of the case. */
export const outside: Readonly<Record<string, Others>> = {
  "drift-policy-made-public": async (aws) => {
    await aws.changeNetworkPolicy("network", (blocks) => [
      ...blocks,
      {
        Rules: [{ ResourceType: "collection", Resource: ["collection/orders"] }],
        AllowFromPublic: true,
      },
    ]);
    return undefined;
  },
  "drift-ingestion-pipeline": async (aws) => {
    await aws.changeNetworkPolicy("network", ([first]) => [
      { ...first, SourceVPCEs: [...(first?.SourceVPCEs ?? []), "vpce-0a1b2c3d4e5f60790"] },
    ]);
    return undefined;
  },
  "drift-and-change-of-one-policy": async (aws) => {
    await aws.changeNetworkPolicy("network", (blocks) => [
      ...blocks,
      {
        Description: "Created by Data Prepper",
        Rules: [{ ResourceType: "collection", Resource: ["collection/logs-web"] }],
        AllowFromPublic: false,
        SourceVPCEs: ["vpce-0a1b2c3d4e5f60790"],
      },
    ]);
    return undefined;
  },
  "drift-taken-over": async (aws) => {
    await aws.changeNetworkPolicy("network", ([first]) => [
      { ...first, SourceVPCEs: ["vpce-0a1b2c3d4e5f60790", ...(first?.SourceVPCEs ?? [])].sort() },
    ]);
    return { pipeline: "vpce-0a1b2c3d4e5f60790" };
  },
  "drift-policy-deleted": async (aws) => {
    await aws.deleteNetworkPolicy("network");
    return undefined;
  },
  "drift-rule-added": async (aws) => {
    await aws.allow("apps-endpoint", { IpRanges: [{ CidrIp: "10.99.0.0/16" }] });
    return undefined;
  },
  "drift-inline-rule-added": async (aws) => {
    await aws.allow("apps-endpoint", { IpRanges: [{ CidrIp: "10.99.0.0/16" }] });
    return undefined;
  },
  "drift-rule-deleted": async (aws) => {
    await aws.revoke("apps-endpoint", { IpRanges: [{ CidrIp: "10.20.0.0/16" }] });
    return undefined;
  },
  "drift-endpoint-deleted": async (aws) => {
    await aws.deleteEndpoint("apps");
    return undefined;
  },
  "drift-subnet-removed": async (aws) => {
    await aws.removeSubnets("apps", ["subnet-0a1b2c3d4e5f60712"]);
    return undefined;
  },
  "drift-group-swapped": async (aws) => {
    await aws.changeGroups("apps", ["sg-0a1b2c3d4e5f60713"], [aws.groupId("apps-endpoint")]);
    return undefined;
  },
  "drift-principal-added": async (aws) => {
    await aws.changeDataPolicy("orders-data", ([first]) => [
      { ...first, Principal: [...(first?.Principal ?? []), `arn:aws:iam::${account}:user/mallory`] },
    ]);
    return undefined;
  },
  "drift-data-policy-deleted": async (aws) => {
    await aws.deleteDataPolicy("orders-data");
    return undefined;
  },
  "import-endpoint": async (aws) => ({
    endpoint_id: await aws.createEndpoint("apps", vpc, subnets, ["sg-0a1b2c3d4e5f60713"]),
  }),
  "endpoint-renamed-id-written-out": async (aws) => ({ endpoint_id: aws.endpointId("apps") }),
};
