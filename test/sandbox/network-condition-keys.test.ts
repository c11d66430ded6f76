import { CreateVpcEndpointCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import { identityFromPolicy, type Sandbox, sandboxAccessKeyId, startSandbox } from "../../sandbox";
import { secretKeyOf } from "../../sandbox/access/credential-scope";

const region = "eu-central-1";
const vpcId = "vpc-0a1b2c3d4e5f60718";

let sandbox: Sandbox | undefined;
afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
});

async function clientOf(...Statement: readonly object[]) {
  const identity = identityFromPolicy({ Version: "2012-10-17", Statement }, "123456789012");
  sandbox = await startSandbox({ identity, speed: Number.POSITIVE_INFINITY });
  const secretAccessKey = secretKeyOf(sandboxAccessKeyId);
  const credentials = { accessKeyId: sandboxAccessKeyId, secretAccessKey };
  return { endpoint: sandbox.url, region, credentials, maxAttempts: 1 };
}

const outcome = (sent: Promise<unknown>): Promise<string> =>
  sent.then(
    () => "done",
    (error: Error) => error.name,
  );

test("an endpoint is made for the service that ec2:VpceServiceName names; its network has no such key", async () => {
  const action = { Effect: "Allow", Action: "ec2:CreateVpcEndpoint" };
  const ec2 = new EC2Client(
    await clientOf(
      { ...action, Resource: ["vpc", "subnet"].map((type) => `arn:aws:ec2:*:*:${type}/*`) },
      {
        ...action,
        Resource: "arn:aws:ec2:*:*:vpc-endpoint/*",
        Condition: { StringEquals: { "ec2:VpceServiceName": `com.amazonaws.${region}.aoss-data` } },
      },
    ),
  );
  const make = (service: string) =>
    outcome(
      ec2.send(
        new CreateVpcEndpointCommand({
          VpcId: vpcId,
          VpcEndpointType: "Interface",
          ServiceName: `com.amazonaws.${region}.${service}`,
          SubnetIds: ["subnet-0a1b2c3d4e5f60711"],
        }),
      ),
    );
  expect(await make("aoss")).toBe("UnauthorizedOperation");
  expect(await make("aoss-data")).toBe("done");
});

test("a hosted zone is made for the VPC that route53:VPCs names, as Route 53 writes it", async () => {
  const route53 = new Route53Client(
    await clientOf({
      Effect: "Allow",
      Action: "route53:CreateHostedZone",
      Resource: "*",
      Condition: { StringLike: { "route53:VPCs": `VPCId=${vpcId},VPCRegion=*` } },
    }),
  );
  const make = (id: string) =>
    outcome(
      route53.send(
        new CreateHostedZoneCommand({
          Name: "search.internal",
          CallerReference: `for ${id}`,
          VPC: { VPCId: id, VPCRegion: region },
        }),
      ),
    );
  expect(await make("vpc-0a1b2c3d4e5f60728")).toMatch(/AccessDenied/);
  expect(await make(vpcId)).toBe("done");
});
