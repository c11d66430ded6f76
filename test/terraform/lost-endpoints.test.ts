import { lostEndpointsIn } from "../../terraform";

const address = "aws_opensearchserverless_vpc_endpoint.apps";
const error = (summary: string, detail = "", at: string | undefined = address) => ({
  severity: "error" as const,
  summary,
  detail,
  ...(at === undefined ? {} : { address: at }),
});

describe("endpoints that AWS has and the state may lack", () => {
  test("one that was made and could not be read after is known by its id", () => {
    const summary =
      "reading AWS OpenSearch Serverless VPC Endpoint (vpce-0f86d63f2eca8ddd8): operation error EC2: DescribeVpcEndpoints";
    expect(lostEndpointsIn([error(summary)])).toEqual([
      { address, id: "vpce-0f86d63f2eca8ddd8", isConflict: false },
    ]);
    expect(lostEndpointsIn([{ severity: "error", summary, detail: "" }])).toEqual([
      { id: "vpce-0f86d63f2eca8ddd8", isConflict: false },
    ]);
  });

  test.each(["waiting for creation", "checking"])(
    "one that failed while %s is known by its name",
    (doing) => {
      const summary = `${doing} AWS OpenSearch Serverless VPC Endpoint ("demo-apps")`;
      expect(lostEndpointsIn([error(summary)])).toEqual([{ address, name: "demo-apps", isConflict: false }]);
    },
  );

  test("one that keeps another from being made is known by name and VPC, as far as AWS tells", () => {
    const refused = (why: string) =>
      error(
        'creating AWS OpenSearch Serverless VPC Endpoint ("demo-apps")',
        `ConflictException: Failed to create a VpcEndpoint demo-apps for\nAccountId 123456789012 :: There is already a VpcEndpoint ${why}`,
      );
    expect(lostEndpointsIn([refused("exist under VpcId vpc-0a1b2c3d4e5f60718")])).toEqual([
      { address, name: "demo-apps", vpc: "vpc-0a1b2c3d4e5f60718", isConflict: true },
    ]);
    expect(lostEndpointsIn([refused("with name demo-apps")])).toEqual([
      { address, name: "demo-apps", isConflict: true },
    ]);
  });

  test("one that AWS could not make is none, and one that only took too long is", () => {
    const waiting = 'waiting for creation AWS OpenSearch Serverless VPC Endpoint ("demo-apps")';
    const failed = "unexpected state 'FAILED', wanted target 'ACTIVE'. last error: %!s(<nil>)";
    expect(lostEndpointsIn([error(waiting, failed)])).toEqual([]);
    const slow = "timeout while waiting for state to become 'ACTIVE' (last state: 'PENDING', timeout: 30m0s)";
    expect(lostEndpointsIn([error(waiting, slow)])).toEqual([
      { address, name: "demo-apps", isConflict: false },
    ]);
  });

  test("one is told once; one that was refused for want of permission was never made", () => {
    const lost = error("reading AWS OpenSearch Serverless VPC Endpoint (vpce-0f86d63f2eca8ddd8)");
    expect(lostEndpointsIn([lost, lost])).toHaveLength(1);
    expect(
      lostEndpointsIn([
        error('creating AWS OpenSearch Serverless VPC Endpoint ("demo-apps")', "AccessDeniedException"),
        error("deleting AWS OpenSearch Serverless VPC Endpoint (vpce-0f86d63f2eca8ddd8)"),
        error("reading Security Group (sg-0a1b2c3d)", "", "aws_security_group.apps"),
        { ...lost, severity: "warning" },
      ]),
    ).toEqual([]);
  });
});
