import { explain } from "../../../service";
import { collection, endpoint, fromCidr, https, policy, securityGroup, smallWorld } from "./small-world";

const orders = collection("orders");
const toBoth = policy("both", { endpoints: ["vpce-apps", "vpce-batch"] }, ["collection", "orders"]);
const routeTo = (answer: ReturnType<typeof explain>, id: string) =>
  answer.paths.find((path) => path.endpoint === id)?.gates.find(({ gate }) => gate === "route");

describe("from a VPC with an endpoint of its own", () => {
  test("the way to the endpoint of another VPC is its own endpoint, not a second one", () => {
    const world = smallWorld({ networkPolicies: [toBoth] });
    expect(routeTo(explain(world, fromCidr("10.20.3.0/24"), orders), "vpce-batch")?.remedy).toBe(
      "from apps (vpc-apps) go through its own endpoint, vpce-apps",
    );
  });

  test("for collections of the other generation, one that is there is named, and else is to be made", () => {
    const nextgen = endpoint("nextgen", { vpcId: "vpc-apps", generation: "nextgen", privateDns: true });
    const remedy = (...endpoints: (typeof nextgen)[]) =>
      explain(smallWorld({ endpoints, networkPolicies: [toBoth] }), fromCidr("10.20.3.0/24"), orders)
        .paths.find((path) => path.endpoint === "vpce-nextgen")
        ?.gates.find(({ gate }) => gate === "generation")?.remedy;
    expect(remedy(endpoint("apps"), nextgen)).toBe(
      "for Classic collections go through vpce-apps, in the same VPC",
    );
    expect(remedy(endpoint("batch"), nextgen)).toBe(
      "for Classic collections make an endpoint managed by OpenSearch Serverless (aws_opensearchserverless_vpc_endpoint)",
    );
  });

  test("of the other generation, it still takes one", () => {
    const world = smallWorld({
      endpoints: [endpoint("apps", { generation: "nextgen", privateDns: true }), endpoint("batch")],
      networkPolicies: [toBoth],
    });
    expect(routeTo(explain(world, fromCidr("10.20.3.0/24"), orders), "vpce-batch")?.remedy).toBe(
      "make an endpoint in apps (vpc-apps): AWS recommends one in each VPC that needs it",
    );
  });
});

describe("a security group that does not say its VPC", () => {
  const rules = [https({ securityGroupId: "sg-apps" })];
  const world = smallWorld({
    securityGroups: [{ id: "sg-apps", rules }, securityGroup("batch", [])],
    networkPolicies: [toBoth],
  });

  test("is in that of the endpoint that carries it", () => {
    const answer = explain(world, { kind: "security-group", id: "sg-apps" }, orders);
    expect(answer.verdict).toBe("open");
    expect(routeTo(answer, "vpce-apps")?.reason).toBe("sg-apps is in apps (vpc-apps), where vpce-apps is");
    expect(routeTo(answer, "vpce-batch")?.verdict).toBe("shut");
  });

  test("does not let in what is outside of the VPC of the endpoint that carries it", () => {
    const others = [{ id: "sg-batch", rules: [https({ securityGroupId: "sg-apps" })] }];
    const toBatch = { ...world, securityGroups: others, endpoints: [endpoint("apps"), endpoint("batch")] };
    // 10.30.1.0/24 is in the VPC of batch, and what carries sg-apps is in that of apps
    expect(explain(toBatch, fromCidr("10.30.1.0/24"), orders).verdict).toBe("shut");
  });
});

test("several blocks of one source are, and one is, in a VPC", () => {
  const world = smallWorld({
    vpcs: [{ id: "vpc-apps", name: "apps", cidrs: ["10.1.0.0/16", "100.64.0.0/20"] }],
    endpoints: [endpoint("apps")],
    prefixLists: [{ id: "pl-1", cidrs: ["10.1.0.0/16", "100.64.0.0/20", "192.168.0.0/16"] }],
    networkPolicies: [toBoth],
  });
  expect(routeTo(explain(world, { kind: "prefix-list", id: "pl-1" }, orders), "vpce-apps")?.reason).toBe(
    "10.1.0.0/16 and 100.64.0.0/20 are in apps (vpc-apps), where vpce-apps is; 192.168.0.0/16 is in no known VPC: on premises or peered",
  );
});
