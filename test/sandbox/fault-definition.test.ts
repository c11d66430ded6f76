import { FaultSwitch, faultsFrom, InvalidFaults } from "../../sandbox";
import { seededRandom } from "../../sandbox/faults/random";

const withFault = (fault: object) => ({ version: 1, seed: 1, faults: [fault] });

/** What is said of a definition that cannot be taken. */
function problemOf(definition: unknown): string {
  try {
    faultsFrom(definition);
  } catch (error) {
    if (error instanceof InvalidFaults) return error.message;
    throw error;
  }
  return "taken";
}

describe("a definition of faults", () => {
  test("may leave out the seed and the moment, which is then every call that matches", () => {
    const faults = faultsFrom({ version: 1, faults: [{ on: "ec2:*", what: "throttle" }] });
    expect(faults.active()).toEqual({
      version: 1,
      seed: 0,
      faults: [{ on: "ec2:*", what: "throttle", after: 0 }],
    });
  });

  test.each([
    ["*"],
    ["ec2:*"],
    ["ec2:Describe*"],
    ["aoss:CreateVpcEndpoint"],
    ["route53:ChangeResourceRecordSets"],
  ])("strikes on %s", (on) => {
    expect(problemOf(withFault({ on, what: "error" }))).toBe("taken");
  });

  test.each([
    ["another version", { version: 2, faults: [] }, "version: "],
    ["no version", { faults: [] }, "version: "],
    ["no list of faults", { version: 1 }, "faults: "],
    ["a list in place of an object", [], "faults file: "],
    ["an unknown key", { version: 1, faults: [], fault: [] }, 'faults file: Unrecognized key: "fault"'],
    ["a seed below zero", { version: 1, seed: -1, faults: [] }, "seed: "],
    ["a seed with a fraction", { version: 1, seed: 1.5, faults: [] }, "seed: "],
    ["an unknown kind", withFault({ on: "*", what: "explode" }), "faults[0].what: "],
    ["no operation", withFault({ what: "error" }), "faults[0].on: "],
    [
      "an operation without its service",
      withFault({ on: "CreateVpcEndpoint", what: "error" }),
      'faults[0].on: on: "CreateVpcEndpoint" is not an operation; write one such as aoss:CreateVpcEndpoint',
    ],
    ["a service without its operation", withFault({ on: "aoss:", what: "error" }), 'faults[0].on: on: "'],
    ["a star in the middle", withFault({ on: "aoss:*Endpoint", what: "error" }), 'faults[0].on: on: "'],
    [
      "an unknown key in a fault",
      withFault({ on: "*", what: "error", tims: 1 }),
      'faults[0]: Unrecognized key: "tims"',
    ],
    ["a rate above 1", withFault({ on: "*", what: "error", rate: 1.2 }), "faults[0].rate: "],
    ["a rate of 0", withFault({ on: "*", what: "error", rate: 0 }), "faults[0].rate: "],
    ["times 0", withFault({ on: "*", what: "error", times: 0 }), "faults[0].times: "],
    ["a negative after", withFault({ on: "*", what: "error", after: -1 }), "faults[0].after: "],
    ["slow without its milliseconds", withFault({ on: "*", what: "slow" }), "faults[0].milliseconds: "],
    ["stale reads without their number", withFault({ on: "*", what: "stale-reads" }), "faults[0].reads: "],
    [
      "a failure without a code",
      withFault({ on: "*", what: "endpoint-fails", message: "no" }),
      "faults[0].code: ",
    ],
    [
      "a failing endpoint where no endpoint is made",
      withFault({ on: "ec2:*", what: "endpoint-fails", code: "a", message: "b" }),
      "faults[0].on: endpoint-fails strikes aoss:CreateVpcEndpoint or aoss:UpdateVpcEndpoint only",
    ],
    [
      "another writer where no policy is updated",
      withFault({ on: "aoss:CreateSecurityPolicy", what: "concurrent-writer" }),
      "faults[0].on: concurrent-writer strikes aoss:UpdateSecurityPolicy only",
    ],
    [
      "stale reads on a write",
      withFault({ on: "aoss:CreateVpcEndpoint", what: "stale-reads", reads: 1 }),
      "faults[0].on: stale-reads strikes reads only",
    ],
    ...["route53:*", "route53:GetHostedZone", "iam:*", "sts:Get*"].map((on): [string, object, string] => [
      `stale reads on ${on}, which is of no Region,`,
      withFault({ on, what: "stale-reads", reads: 1 }),
      "faults[0].on: stale-reads strikes services of a Region",
    ]),
  ])("with %s is refused, and its place named", (_what, definition, problem) => {
    expect(problemOf(definition)).toContain(problem);
    expect(problemOf(definition).startsWith(problem.split(": ")[0] ?? "")).toBe(true);
  });

  test("with two mistakes is refused with both", () => {
    const two = { version: 1, seed: -1, faults: [{ on: "*", what: "error", rate: 2 }] };
    expect(
      problemOf(two)
        .split("\n")
        .map((line) => line.split(":")[0]),
    ).toEqual(["seed", "faults[0].rate"]);
  });

  test("that cannot be taken leaves the faults set before as they were", () => {
    const faults = new FaultSwitch({ version: 1, seed: 3, faults: [{ on: "*", what: "error" }] });
    expect(() => faults.set({ version: 1, faults: [{}] })).toThrow(InvalidFaults);
    expect(faults.active()).toMatchObject({ seed: 3, faults: [{ what: "error" }] });
  });

  test("that is lifted leaves nothing active", () => {
    const faults = new FaultSwitch(withFault({ on: "*", what: "error" }));
    faults.clear();
    expect(faults.active().faults).toEqual([]);
  });
});

describe("seeded numbers", () => {
  const take = (seed: number, count: number) => {
    const random = seededRandom(seed);
    return Array.from({ length: count }, random);
  };

  test("are the same for the same seed and others for another", () => {
    expect(take(7, 20)).toEqual(take(7, 20));
    expect(take(7, 20)).not.toEqual(take(8, 20));
  });

  test("spread evenly from 0 to below 1", () => {
    const numbers = take(1, 10_000);
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    const inTenths = Array.from({ length: 10 }, (_, tenth) =>
      numbers.filter((n) => Math.floor(n * 10) === tenth),
    );
    // 1,000 are expected in each; five standard deviations are 150.
    for (const tenth of inTenths) expect(Math.abs(tenth.length - 1000)).toBeLessThan(150);
  });
});

test.each([
  ["aoss:CreateVpcEndpont", "; did you mean aoss:CreateVpcEndpoint?"],
  ["sqs:*", ""],
])("a fault on %s, which nobody serves, is refused: it would never strike", (on, hint) => {
  const definition = { version: 1, faults: [{ on, what: "throttle" }] };
  expect(() => new FaultSwitch(definition)).toThrow(
    `faults[0].on: no operation that is served matches ${on}${hint}`,
  );
});
