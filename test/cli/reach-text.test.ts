import { explanationText } from "../../cli/reach-text";
import { type AccessWorld, explain } from "../../service";
import {
  collection,
  endpoint,
  fromCidr,
  https,
  policy,
  securityGroup,
  smallWorld,
} from "../service/reach/small-world";

test("of many endpoints those that are next to open are told first", () => {
  const numbers = Array.from({ length: 50 }, (_, place) => `${place}`.padStart(2, "0"));
  const world = smallWorld({
    vpcs: numbers.map((number, place) => ({ id: `vpc-${number}`, cidrs: [`10.${place}.0.0/16`] })),
    endpoints: numbers.map((number) => endpoint(number)),
    securityGroups: numbers.map((number, place) =>
      securityGroup(number, [https({ cidrIpv4: `10.${place}.0.0/16` })]),
    ),
    networkPolicies: [policy("all", { endpoints: ["vpce-08"] }, ["collection", "orders"])],
  });
  const text = explanationText(
    explain(world, fromCidr("10.7.3.0/24", "vpc-07"), collection("orders")),
    world,
    false,
  );
  // of 07 the network policy alone is shut; of 08 route and security group are; of the others all three are
  expect(text.match(/^through .*$/gm)).toEqual([
    "through vpce-07: shut",
    "through vpce-08: shut",
    "through vpce-00: shut",
    "through vpce-01: shut",
    "through vpce-02: shut",
  ]);
  expect(text).toContain("45 more paths are shut: --json has them");
});

test("names from outside do not reach the terminal with its control characters", () => {
  const odd = "apps\u001b[2J\u061c\u202e";
  const world = smallWorld({
    endpoints: [endpoint("apps", { name: odd })],
    networkPolicies: [policy(`net\u001b]0;x\u0007`, { endpoints: ["vpce-apps"] }, ["collection", "orders"])],
  });
  const text = explanationText(explain(world, fromCidr("10.20.3.0/24"), collection("orders")), world, false);
  expect(text).toContain("through apps\ufffd[2J\ufffd\ufffd (vpce-apps): open");
  expect(text).toContain("network policy net\ufffd]0;x\ufffd $[0]");
  expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u061c\u202e]/u);
});

test("where the blocks of the endpoint's VPC are not known, --vpc is what tells", () => {
  const gateOf = (vpcs: AccessWorld["vpcs"], vpc?: string) => {
    const world = smallWorld({ vpcs, endpoints: [endpoint("apps")] });
    return explanationText(explain(world, fromCidr("10.20.3.0/24", vpc), collection("orders")), world, false);
  };
  const hint = "to know it: if 10.20.3.0/24 is in vpc-apps, say --vpc vpc-apps\n";
  expect(gateOf([])).toContain(hint);
  expect(gateOf([], "vpc-apps")).not.toContain("to know it");
  expect(gateOf([{ id: "vpc-apps", cidrs: ["10.99.0.0/16"] }])).not.toContain("to know it");
});

test("of many blocks that get in the first are told, and how many more there are", () => {
  const open = policy("open", "public", ["collection", "orders"]);
  const world = smallWorld({ vpcs: [], endpoints: [], networkPolicies: [open] });
  const textOf = (cidr: string) =>
    explanationText(explain(world, fromCidr(cidr), collection("orders")), world, false);
  // 0.0.0.0/1 less 0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10 and 127.0.0.0/8, in the fewest blocks: 19 of them
  const text = textOf("0.0.0.0/1");
  expect(text).toContain(
    "  gets in: 1.0.0.0/8, 2.0.0.0/7, 4.0.0.0/6, 8.0.0.0/7, 11.0.0.0/8, 12.0.0.0/6, 16.0.0.0/4, 32.0.0.0/3 and 11 more: --json has them\n",
  );
  expect(text).toContain(
    "part is on the internet; not known: whether the rest of 0.0.0.0/1 has a way to the internet",
  );
  // 10.0.0.0/7 is 10.0.0.0/8, which is not on the internet, and 11.0.0.0/8
  expect(textOf("10.0.0.0/7")).toContain("  gets in: 11.0.0.0/8\n");
});
