import { type Sandbox, startSandbox } from "../../sandbox";
import { authorization } from "./raw-aws";

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox({ verifySignatures: false, speed: Number.POSITIVE_INFINITY });
});

afterEach(() => sandbox.close());

const send = async (service: string, headers: Record<string, string>, body: string): Promise<string> => {
  const response = await fetch(sandbox.url, {
    method: "POST",
    headers: { authorization: authorization(service, "eu-central-1"), ...headers },
    body,
  });
  return response.text();
};

async function endpointIn(...subnetIds: readonly string[]): Promise<string> {
  const answer = await send(
    "aoss",
    {
      "x-amz-target": "OpenSearchServerless.CreateVpcEndpoint",
      "content-type": "application/x-amz-json-1.0",
    },
    JSON.stringify({ name: "batch", vpcId: "vpc-0a1b2c3d4e5f60728", subnetIds }),
  );
  return JSON.parse(answer).createVpcEndpointDetail.id;
}

const described = (action: string) =>
  send("ec2", {}, new URLSearchParams({ Action: action, Version: "2016-11-15" }).toString());

test.each([
  ["two families of addresses", ["subnet-0a1b2c3d4e5f60721", "subnet-0a1b2c3d4e5f60722"], "dualstack"],
  ["IPv6 only", ["subnet-0a1b2c3d4e5f60723"], "ipv6"],
])("an endpoint in subnets with %s takes after them", async (_what, subnetIds, type) => {
  const id = await endpointIn(...subnetIds);
  const shown = await described("DescribeVpcEndpoints");
  expect(shown).toContain(`<vpcEndpointId>${id}</vpcEndpointId>`);
  expect(shown).toContain(`<ipAddressType>${type}</ipAddressType>`);
  const interfaces = await described("DescribeNetworkInterfaces");
  expect(interfaces.match(/<description>VPC Endpoint Interface/g)).toHaveLength(subnetIds.length);
  expect(interfaces).toMatch(/<ipv6Address>2001:db8:1234:1a0\d:/);
  expect(/<privateIpAddress>10\.30\./.test(interfaces)).toBe(type === "dualstack");
});
