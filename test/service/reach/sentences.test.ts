import { explain } from "../../../service";
import { collection, dashboard, fromCidr, fromEndpoint, fromPublic, policy, smallWorld } from "./small-world";

const gateOf = (answer: ReturnType<typeof explain>, name: string) =>
  answer.paths[0]?.gates.find(({ gate }) => gate === name);

describe("what a network policy does is told in whole sentences", () => {
  const one = policy("one", { endpoints: ["vpce-apps"] }, ["collection", "orders"]);
  const two = policy("two", { endpoints: ["vpce-apps"] }, ["collection", "or*"]);
  const reason = (...networkPolicies: (typeof one)[]) =>
    gateOf(
      explain(smallWorld({ networkPolicies }), fromEndpoint("apps"), collection("orders")),
      "network-policy",
    )?.reason;

  test("one opens, two open", () => {
    expect(reason(one)).toBe(
      "network policy one $[0] (collection/orders) opens collection/orders to vpce-apps",
    );
    expect(reason(one, two)).toBe(
      "network policy one $[0] (collection/orders) and network policy two $[0] (collection/or*) open collection/orders to vpce-apps",
    );
  });

  test("the internet is to be kept out, by an endpoint", () => {
    const remedy = (to: Parameters<typeof explain>[2]) =>
      gateOf(explain(smallWorld(), fromPublic, to), "network-policy")?.remedy;
    expect(remedy(collection("orders"))).toBe(
      "rather than opening it to everybody, name an endpoint of the client's VPC in SourceVPCEs, in a block with a rule for collection that covers collection/orders",
    );
    expect(remedy(dashboard("orders"))).toBe(
      "rather than opening it to everybody, name an endpoint of the client's VPC in SourceVPCEs, in a block with a rule for dashboard and one for collection that cover collection/orders",
    );
  });
});

describe("a block that the internet does not route", () => {
  const world = smallWorld({ networkPolicies: [policy("open", "public", ["collection", "orders"])] });
  const verdict = (cidr: string) => {
    const { paths } = explain(world, fromCidr(cidr), collection("orders"));
    return paths.find(({ via }) => via === "internet")?.verdict;
  };

  // the blocks of the IANA registry of special-purpose addresses, at both ends, and their public neighbours
  test.each([
    ["0.255.255.0/24", "1.0.0.0/24"],
    ["10.255.255.0/24", "11.0.0.0/24"],
    ["100.64.0.0/24", "100.63.255.0/24"],
    ["100.127.255.0/24", "100.128.0.0/24"],
    ["127.0.0.0/8", "128.0.0.0/24"],
    ["169.254.169.0/24", "169.253.0.0/16"],
    ["172.16.0.0/24", "172.15.255.0/24"],
    ["172.31.255.0/24", "172.32.0.0/24"],
    ["192.168.255.0/24", "192.167.0.0/16"],
    ["224.0.0.0/4", "223.255.255.0/24"],
    ["fd00::/8", "2001:db8::/32"],
  ])("such as %s may have a way there, and %s is there", (inside, outside) => {
    expect([verdict(inside), verdict(outside)]).toEqual(["unknown", "open"]);
  });
});
