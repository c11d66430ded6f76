import type { FaultsFile } from "../sandbox";
import { seededRandom } from "../sandbox/faults/random";
import type { Moment, Scenario } from "./life-cycle";

type Fault = FaultsFile["faults"][number];

/** What the provider calls at each moment, as recorded; a pattern stands for several. */
const operations: Readonly<Record<Moment, readonly string[]>> = {
  create: [
    "sts:GetCallerIdentity",
    "ec2:CreateSecurityGroup",
    "ec2:DescribeSecurityGroups",
    "ec2:RevokeSecurityGroupEgress",
    "ec2:AuthorizeSecurityGroupIngress",
    "ec2:DescribeVpcEndpoints",
    "aoss:CreateVpcEndpoint",
    "aoss:BatchGetVpcEndpoint",
    "aoss:CreateSecurityPolicy",
    "ec2:*",
    "aoss:*",
    "*",
  ],
  update: [
    "ec2:AuthorizeSecurityGroupIngress",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSecurityGroupRules",
    "ec2:DescribeVpcEndpoints",
    "aoss:UpdateVpcEndpoint",
    "aoss:BatchGetVpcEndpoint",
    "aoss:GetSecurityPolicy",
    "aoss:UpdateSecurityPolicy",
    "ec2:*",
    "aoss:*",
    "*",
  ],
  destroy: [
    "ec2:RevokeSecurityGroupIngress",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroups",
    "ec2:DeleteSecurityGroup",
    "aoss:DeleteVpcEndpoint",
    "aoss:BatchGetVpcEndpoint",
    "aoss:DeleteSecurityPolicy",
    "ec2:*",
    "aoss:*",
    "*",
  ],
};

const kinds: Readonly<Record<Moment, readonly Fault["what"][]>> = {
  create: [
    "throttle",
    "error",
    "reset-before",
    "reset-after",
    "slow",
    "endpoint-fails",
    "endpoint-pending",
    "stale-reads",
  ],
  update: [
    "throttle",
    "error",
    "reset-before",
    "reset-after",
    "slow",
    "endpoint-fails",
    "endpoint-pending",
    "stale-reads",
    "concurrent-writer",
  ],
  destroy: ["throttle", "error", "reset-before", "reset-after", "slow", "stale-reads"],
};

/** A scenario that follows from the seed alone, so that a run can be had again, and a soak taken up again. */
export function scenarioOf(seed: number): Scenario {
  const random = seededRandom(seed);
  const integer = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  const oneOf = <Item>(items: readonly Item[]): Item => items[integer(0, items.length - 1)] as Item;
  const moment = oneOf<Moment>(["create", "create", "update", "destroy"]);
  const what = oneOf(kinds[moment]);
  const on = oneOf(operations[moment]);
  // An operation alone is called once or twice: with more let through, nothing would be struck.
  const after = on.endsWith("*") ? integer(0, 8) : 0;
  const timing = oneOf([
    // until it is lifted
    { after },
    // a few in a row: two are within what the provider tries again
    { after, times: integer(1, 4) },
    { rate: integer(1, 5) / 10 },
  ]);
  const fault = faultOf(what, moment, { on, ...timing }, { integer, oneOf });
  return { moment, faults: { version: 1, seed, faults: [fault] }, endpointTimeout: "20s" };
}

interface Dice {
  integer(from: number, to: number): number;
  oneOf<Item>(items: readonly Item[]): Item;
}

function faultOf(
  what: Fault["what"],
  moment: Moment,
  timing: Pick<Fault, "on" | "after" | "times" | "rate">,
  { integer, oneOf }: Dice,
): Fault {
  const endpointOperation = moment === "create" ? "aoss:CreateVpcEndpoint" : "aoss:UpdateVpcEndpoint";
  switch (what) {
    case "endpoint-fails":
      return { on: endpointOperation, what, code: "INTERNAL_FAILURE", message: "on purpose" };
    case "endpoint-pending":
      // Half of them for longer than the provider waits.
      return {
        on: endpointOperation,
        what,
        ...(integer(0, 1) === 1 ? { milliseconds: integer(1, 5) * 1000 } : {}),
      };
    case "concurrent-writer":
      return { on: "aoss:UpdateSecurityPolicy", what, times: integer(1, 3) };
    case "stale-reads":
      return { on: oneOf(["*", "ec2:*", "aoss:*"]), what, reads: integer(1, 6) };
    case "slow":
      return { ...timing, what, milliseconds: integer(50, 800) };
    default:
      return { ...timing, what };
  }
}
