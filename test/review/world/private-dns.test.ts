import { worldOfExport, worldOfState, worldOfSynthesis } from "../../../review";
import { parseState } from "../../../terraform";
import { config } from "./fixtures";

const service = "com.amazonaws.eu-central-1.aoss-data";
const file = (name: string, answer: object) => ({ path: name, text: JSON.stringify(answer) });
const exported = (parts: object) => {
  const endpoint = { VpcEndpointId: "vpce-1", VpcId: "vpc-1", ServiceName: service, ...parts };
  return worldOfExport([file("endpoints.json", { VpcEndpoints: [endpoint] })], "aws").world;
};
const configured = (parts: object, more: object = {}) =>
  worldOfSynthesis(
    config({
      resource: { aws_vpc_endpoint: { e: { vpc_id: "vpc-1", service_name: service, ...parts } }, ...more },
    }),
    "s",
  ).world;
const privateDnsIn = ({ endpoints }: ReturnType<typeof exported>) => endpoints.map((one) => one.privateDns);

describe("private DNS of an interface endpoint", () => {
  test("is what AWS exports, and not known where that is left out", () => {
    expect(privateDnsIn(exported({ PrivateDnsEnabled: true }))).toEqual([true]);
    expect(privateDnsIn(exported({ PrivateDnsEnabled: false }))).toEqual([false]);
    expect(privateDnsIn(exported({}))).toEqual([undefined]);
  });

  test("is what a configuration says; left out of it, it is off", () => {
    expect(privateDnsIn(configured({ private_dns_enabled: true }))).toEqual([true]);
    expect(privateDnsIn(configured({ private_dns_enabled: false }))).toEqual([false]);
    expect(privateDnsIn(configured({}))).toEqual([false]);
    expect(privateDnsIn(configured({ private_dns_enabled: "${var.private}" }))).toEqual([undefined]);
  });

  test("is what a resource of its own says in place of the endpoint", () => {
    const own = (value: unknown) => ({
      aws_vpc_endpoint_private_dns: {
        on: { vpc_endpoint_id: "${aws_vpc_endpoint.e.id}", private_dns_enabled: value },
      },
    });
    expect(privateDnsIn(configured({}, own(true)))).toEqual([true]);
    expect(privateDnsIn(configured({}, own("${var.private}")))).toEqual([undefined]);
  });

  test("is what a state last saw", () => {
    const state = (privateDns: boolean) => ({
      format_version: "1.0",
      terraform_version: "1.11.4",
      values: {
        root_module: {
          resources: [
            {
              address: "aws_vpc_endpoint.e",
              mode: "managed",
              type: "aws_vpc_endpoint",
              name: "e",
              provider_name: "registry.terraform.io/hashicorp/aws",
              values: { id: "vpce-1", service_name: service, private_dns_enabled: privateDns },
            },
          ],
        },
      },
    });
    const read = (privateDns: boolean) =>
      worldOfState(parseState(JSON.stringify(state(privateDns)), "s.json"), "s.json").world;
    expect(privateDnsIn(read(true))).toEqual([true]);
    expect(privateDnsIn(read(false))).toEqual([false]);
  });

  test("of a managed endpoint, which EC2 shows as off, is not told", () => {
    const managed = { vpcEndpointDetails: [{ id: "vpce-1", name: "apps", vpcId: "vpc-1" }] };
    const shown = { VpcEndpoints: [{ VpcEndpointId: "vpce-1", PrivateDnsEnabled: false }] };
    const { endpoints } = worldOfExport([file("a.json", managed), file("b.json", shown)], "aws").world;
    expect(endpoints.map(({ generation, privateDns }) => [generation, privateDns])).toEqual([
      ["classic", undefined],
    ]);
  });
});

test("the VPC of a peered group that a rule names is known, and its rules are not", () => {
  const peered = {
    GroupId: "sg-far",
    UserId: "210987654321",
    VpcId: "vpc-far",
    VpcPeeringConnectionId: "pcx-1",
  };
  const listed = { SecurityGroupRules: [{ GroupId: "sg-1", IpProtocol: "-1", ReferencedGroupInfo: peered }] };
  const described = {
    SecurityGroups: [{ GroupId: "sg-1", IpPermissions: [{ IpProtocol: "-1", UserIdGroupPairs: [peered] }] }],
  };
  for (const answer of [listed, described]) {
    const { securityGroups } = worldOfExport([file("rules.json", answer)], "aws").world;
    expect(securityGroups).toEqual([
      { id: "sg-1", rules: [{ protocol: "-1", securityGroupId: "sg-far" }] },
      { id: "sg-far", vpcId: "vpc-far", rules: undefined },
    ]);
  }
});
