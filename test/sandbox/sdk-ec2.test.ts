import {
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DeleteVpcCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
  paginateDescribeSubnets,
  waitUntilVpcAvailable,
} from "@aws-sdk/client-ec2";
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  ListHostedZonesByVPCCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
  waitUntilResourceRecordSetsChanged,
} from "@aws-sdk/client-route-53";
import { type Sandbox, startSandbox } from "../../sandbox";

let sandbox: Sandbox;
let ec2: EC2Client;
let route53: Route53Client;
const region = "eu-central-1";
const worldVpc = "vpc-0a1b2c3d4e5f60718";

beforeEach(async () => {
  sandbox = await startSandbox({ speed: Number.POSITIVE_INFINITY });
  const environment = sandbox.environment(region);
  const client = {
    endpoint: sandbox.url,
    region,
    credentials: {
      accessKeyId: environment["AWS_ACCESS_KEY_ID"] ?? "",
      secretAccessKey: environment["AWS_SECRET_ACCESS_KEY"] ?? "",
    },
  };
  ec2 = new EC2Client(client);
  route53 = new Route53Client(client);
});

afterEach(async () => {
  ec2.destroy();
  route53.destroy();
  await sandbox.close();
});

test("a network is made, waited for, paged through and refused to go with the SDK's own errors", async () => {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.40.0.0/16" }));
  const VpcId = Vpc?.VpcId;
  await waitUntilVpcAvailable({ client: ec2, maxWaitTime: 10, minDelay: 1 }, { VpcIds: [String(VpcId)] });
  for (let index = 0; index < 7; index += 1) {
    await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: `10.40.${index}.0/24` }));
  }
  const pages = [];
  const Filters = [{ Name: "vpc-id", Values: [String(VpcId)] }];
  for await (const { Subnets } of paginateDescribeSubnets({ client: ec2, pageSize: 5 }, { Filters })) {
    pages.push(Subnets?.map(({ CidrBlock }) => CidrBlock).length);
  }
  expect(pages).toEqual([5, 2]);
  await expect(ec2.send(new DeleteVpcCommand({ VpcId }))).rejects.toMatchObject({
    name: "DependencyViolation",
    message: `The vpc '${VpcId}' has dependencies and cannot be deleted.`,
  });
});

test("what the world gives is there, in its zones and with both families of addresses", async () => {
  const { Subnets } = await ec2.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: "vpc-id", Values: ["vpc-0a1b2c3d4e5f60728"] }] }),
  );
  expect(Subnets?.map(({ AvailabilityZone, Ipv6Native }) => [AvailabilityZone, Ipv6Native])).toEqual([
    ["eu-central-1a", false],
    ["eu-central-1b", false],
    ["eu-central-1c", true],
  ]);
});

test("an interface endpoint has private names, and an id of no world is refused", async () => {
  const request = {
    VpcEndpointType: "Interface",
    ServiceName: `com.amazonaws.${region}.aoss-data`,
    SubnetIds: ["subnet-0a1b2c3d4e5f60711"],
  } as const;
  const { VpcEndpoint } = await ec2.send(
    new CreateVpcEndpointCommand({ ...request, SubnetIds: [...request.SubnetIds], VpcId: worldVpc }),
  );
  const { VpcEndpoints } = await ec2.send(
    new DescribeVpcEndpointsCommand({ VpcEndpointIds: [String(VpcEndpoint?.VpcEndpointId)] }),
  );
  expect(VpcEndpoints).toMatchObject([
    { State: "available", PrivateDnsEnabled: true, OwnerId: sandbox.accountId },
  ]);
  expect(VpcEndpoints?.[0]?.DnsEntries?.at(-1)?.DnsName).toBe(`*.aoss-fips.${region}.on.aws`);
  await expect(
    ec2.send(new CreateVpcEndpointCommand({ VpcId: "vpc-0123456789abcdef0", ...request, SubnetIds: [] })),
  ).rejects.toMatchObject({ name: "InvalidVpcID.NotFound" });
});

test("a private zone takes records, one batch at a time", async () => {
  const { HostedZone, ChangeInfo } = await route53.send(
    new CreateHostedZoneCommand({
      Name: "search.internal",
      CallerReference: "once",
      VPC: { VPCId: worldVpc, VPCRegion: region },
    }),
  );
  const HostedZoneId = HostedZone?.Id;
  await waitUntilResourceRecordSetsChanged(
    { client: route53, maxWaitTime: 10, minDelay: 1 },
    { Id: ChangeInfo?.Id },
  );
  const create = new ChangeResourceRecordSetsCommand({
    HostedZoneId,
    ChangeBatch: {
      Changes: [
        {
          Action: "CREATE",
          ResourceRecordSet: {
            Name: "note.search.internal",
            Type: "TXT",
            TTL: 60,
            ResourceRecords: [{ Value: '"R&D <search>"' }],
          },
        },
      ],
    },
  });
  await route53.send(create);
  const { ResourceRecordSets } = await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId }));
  expect(ResourceRecordSets?.at(-1)).toMatchObject({
    Name: "note.search.internal.",
    TTL: 60,
    ResourceRecords: [{ Value: '"R&D <search>"' }],
  });
  await expect(route53.send(create)).rejects.toMatchObject({ name: "InvalidChangeBatch" });
  const { HostedZoneSummaries } = await route53.send(
    new ListHostedZonesByVPCCommand({ VPCId: worldVpc, VPCRegion: region }),
  );
  expect(HostedZoneSummaries).toMatchObject([
    { Name: "search.internal.", Owner: { OwningAccount: sandbox.accountId } },
  ]);
  await expect(route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: "Z0" }))).rejects.toMatchObject(
    { name: "NoSuchHostedZone" },
  );
});
