import {
  DeleteTagsCommand,
  EC2Client,
  ModifyVpcEndpointCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import {
  GetSecurityPolicyCommand,
  OpenSearchServerlessClient,
  UntagResourceCommand,
  UpdateSecurityPolicyCommand,
  UpdateVpcEndpointCommand,
} from "@aws-sdk/client-opensearchserverless";
import type { Sandbox } from "../../sandbox";

/** What somebody with all permissions does by hand: takes away a rule, tags, subnets, and rewrites a policy. */
export async function changedBySomebodyElse(sandbox: Sandbox): Promise<void> {
  const environment = sandbox.environment();
  const { securityGroupRules, vpcEndpoints, interfaceEndpoints, collections, securityPolicies } =
    sandbox.contents();
  const region = [...collections, ...securityPolicies][0]?.region ?? "";
  const client = {
    endpoint: sandbox.url,
    region,
    credentials: {
      accessKeyId: environment["AWS_ACCESS_KEY_ID"] ?? "",
      secretAccessKey: environment["AWS_SECRET_ACCESS_KEY"] ?? "",
    },
  };
  const ec2 = new EC2Client(client);
  const aoss = new OpenSearchServerlessClient(client);
  const [rule] = securityGroupRules.filter(({ isEgress }) => !isEgress);
  if (rule) {
    await ec2.send(
      new RevokeSecurityGroupIngressCommand({
        GroupId: rule.securityGroupId,
        SecurityGroupRuleIds: [rule.id],
      }),
    );
  }
  for (const { id, subnetIds, tags } of vpcEndpoints) {
    const [key] = Object.keys(tags);
    const removeSubnetIds = subnetIds.slice(1);
    if (key) await ec2.send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: key }] }));
    if (removeSubnetIds.length > 0) await aoss.send(new UpdateVpcEndpointCommand({ id, removeSubnetIds }));
  }
  for (const { id, subnetIds } of interfaceEndpoints) {
    const RemoveSubnetIds = subnetIds.slice(1);
    if (RemoveSubnetIds.length > 0)
      await ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId: id, RemoveSubnetIds }));
  }
  for (const { account, id, tags } of collections) {
    const resourceArn = `arn:aws:aoss:${region}:${account}:collection/${id}`;
    const tagKeys = Object.keys(tags).slice(0, 1);
    if (tagKeys.length > 0) await aoss.send(new UntagResourceCommand({ resourceArn, tagKeys }));
  }
  for (const { name, type } of securityPolicies.filter((one) => one.type === "network")) {
    const { securityPolicyDetail } = await aoss.send(new GetSecurityPolicyCommand({ name, type: "network" }));
    const document = securityPolicyDetail?.policy as readonly Record<string, unknown>[];
    const policy = JSON.stringify(document.map((block) => ({ ...block, Description: "by hand" })));
    const policyVersion = securityPolicyDetail?.policyVersion;
    await aoss.send(new UpdateSecurityPolicyCommand({ name, type, policy, policyVersion } as never));
  }
  for (const each of [ec2, aoss]) each.destroy();
}
