import { explain } from "../../../service";
import { collection, endpoint, fromCidr, https, policy, securityGroup, smallWorld } from "./small-world";

describe("VPCs with the same addresses", () => {
  const vpcs = [
    { id: "vpc-apps", cidrs: ["10.0.0.0/16"] },
    { id: "vpc-batch", cidrs: ["10.0.0.0/16", "10.1.0.0/16"] },
  ];
  const rule = (name: string) => securityGroup(name, [https({ cidrIpv4: "10.0.0.0/8" })]);
  const both = {
    vpcs,
    securityGroups: [rule("apps"), rule("batch")],
    networkPolicies: [policy("both", { endpoints: ["vpce-apps", "vpce-batch"] }, ["collection", "orders"])],
  };
  const one = {
    ...both,
    endpoints: [endpoint("apps")],
    networkPolicies: [policy("apps", { endpoints: ["vpce-apps"] }, ["collection", "orders"])],
  };
  const ask = (parts: object, ...from: Parameters<typeof fromCidr>) =>
    explain(smallWorld(parts), fromCidr(...from), collection("orders"));

  test("leave open in which of them a block is, where one of them has an endpoint", () => {
    const answer = ask(one, "10.0.3.0/24");
    expect([answer.verdict, answer.unknown]).toEqual([
      "unknown",
      ["in which of vpc-apps and vpc-batch 10.0.3.0/24 is, which have the same addresses"],
    ]);
    expect(ask(one, "10.0.3.0/24", "vpc-apps").verdict).toBe("open");
    expect(ask(one, "10.0.3.0/24", "vpc-batch").verdict).toBe("shut");
  });

  test("open a block that is let in from each of them, and what is in one of them alone", () => {
    expect(ask(both, "10.0.3.0/24").verdict).toBe("open");
    expect(ask(both, "10.0.3.0/24").unknown).toEqual([]);
    expect(ask(both, "10.1.3.0/24").verdict).toBe("open");
    // 10.0.0.0/16 is in either, 10.1.0.0/16 surely in that with an endpoint
    const wide = ask({ ...both, endpoints: [endpoint("batch")] }, "10.0.0.0/15");
    expect([wide.verdict, wide.paths.flatMap(({ cidrs }) => cidrs ?? [])]).toEqual([
      "partly",
      ["10.1.0.0/16"],
    ]);
  });

  test("do not shut what the endpoint of one of them keeps from the internet", () => {
    const open = { ...one, networkPolicies: [policy("open", "public", ["collection", "orders"])] };
    const shut = { ...open, securityGroups: [securityGroup("apps", [])] };
    expect(ask(shut, "10.0.3.0/24", "vpc-apps").verdict).toBe("shut");
    expect(ask(shut, "10.0.3.0/24", "vpc-batch").verdict).toBe("unknown");
    expect(ask(shut, "10.0.3.0/24").verdict).toBe("unknown");
  });
});
