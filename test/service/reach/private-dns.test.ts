import { type AccessWorld, explain, type WorldEndpoint } from "../../../service";
import {
  collection,
  endpoint,
  fromCidr,
  fromEndpoint,
  https,
  policy,
  securityGroup,
  smallWorld,
} from "./small-world";

const vec = collection("vec");

/** A public NEXTGEN collection, and an interface endpoint that lets in the lower half of its VPC. */
const worldWith = (privateDns: boolean | undefined, parts: Partial<AccessWorld> = {}) =>
  smallWorld({
    endpoints: [endpoint("apps", { generation: "nextgen", privateDns })],
    securityGroups: [securityGroup("apps", [https({ cidrIpv4: "10.20.0.0/17" })])],
    collections: [{ name: "vec", generation: "nextgen" }],
    networkPolicies: [policy("open", "public", ["collection", "vec"])],
    ...parts,
  });
const privately: Partial<AccessWorld> = {
  networkPolicies: [policy("apps", { endpoints: ["vpce-apps"] }, ["collection", "vec"])],
};
const [letIn, notLetIn] = ["10.20.3.0/24", "10.20.240.0/24"];
const wayOut = `whether ${notLetIn} has a way to the internet`;

describe("an interface endpoint with private DNS", () => {
  test("takes the names of collections: what it does not let in does not reach a public one either", () => {
    expect(explain(worldWith(true), fromCidr(letIn), vec).verdict).toBe("open");
    expect(explain(worldWith(true), fromCidr(notLetIn), vec).verdict).toBe("shut");
  });
});

describe("an interface endpoint without private DNS", () => {
  test("leads no names to itself: a public collection may be reached over the internet from its VPC", () => {
    const answer = explain(worldWith(false), fromCidr(notLetIn), vec);
    expect([answer.verdict, answer.unknown]).toEqual(["unknown", [wayOut]]);
    const named = explain(worldWith(false), fromCidr(notLetIn, "vpc-apps"), vec);
    expect([named.verdict, named.unknown]).toEqual(["unknown", [wayOut]]);
  });

  test("has no route of which is known that names lead there, and says what to turn on", () => {
    const answer = explain(worldWith(false, privately), fromCidr(letIn), vec);
    const unknown =
      "whether a private hosted zone of your own leads the collection's name to vpce-apps, whose private DNS is off";
    expect([answer.verdict, answer.unknown]).toEqual(["unknown", [unknown]]);
    expect(answer.paths[0]?.gates[0]).toEqual({
      gate: "route",
      verdict: "unknown",
      reason: `${letIn} is in apps (vpc-apps), where vpce-apps is; not known: ${unknown}`,
      remedy: "turn on private DNS of vpce-apps (private_dns_enabled)",
    });
  });

  test("still is shut where no rule lets in and nothing is public", () => {
    expect(explain(worldWith(false, privately), fromCidr(notLetIn), vec).verdict).toBe("shut");
    expect(explain(worldWith(false, privately), fromCidr("10.30.1.0/24"), vec).verdict).toBe("shut");
  });

  test("is passed by whoever gets as far as it", () => {
    expect(explain(worldWith(false, privately), fromEndpoint("apps"), vec).verdict).toBe("open");
  });
});

test("an interface endpoint of which is not known whether it has private DNS may lead names to itself or not", () => {
  expect(explain(worldWith(undefined), fromCidr(notLetIn), vec).verdict).toBe("unknown");
  const answer = explain(worldWith(undefined, privately), fromCidr(letIn), vec);
  expect([answer.verdict, answer.unknown]).toEqual([
    "unknown",
    ["whether the collection's name leads to vpce-apps: whether its private DNS is on"],
  ]);
});

test("a managed endpoint has its private hosted zone, whatever EC2 says of its private DNS", () => {
  const classic = (privateDns: WorldEndpoint["privateDns"]) =>
    worldWith(undefined, {
      endpoints: [endpoint("apps", { privateDns })],
      collections: [{ name: "vec" }],
    });
  for (const privateDns of [true, false, undefined]) {
    expect(explain(classic(privateDns), fromCidr(letIn), vec).verdict).toBe("open");
    expect(explain(classic(privateDns), fromCidr(notLetIn), vec).verdict).toBe("shut");
  }
});
