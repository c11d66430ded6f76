import type { Report } from "../../soak/life-cycle";
import { endingOf, type Run, runText, summaryText } from "../../soak/text";

const report = (more: Partial<Report> = {}): Report => ({
  errors: [],
  strikes: [1],
  repairs: [],
  changes: [0],
  seconds: 12,
  ...more,
});
const run = (seed: number, more: Partial<Report> = {}): Run => ({
  seed,
  scenario: {
    moment: "create",
    faults: { version: 1, seed, faults: [{ on: "ec2:*", what: "error", after: 8 }] },
  },
  report: report(more),
});
const repair = { how: "import", address: "aws_security_group.apps", id: "sg-0a1b2c3d4e5f60718" } as const;

test("a run whose fault did not strike has not recovered by itself", () => {
  expect(endingOf(report({ strikes: [0] }))).toBe("the fault did not strike");
  expect(runText(run(1, { strikes: [0] }))).toContain("| the fault did not strike |");
  expect(endingOf(report({ strikes: [0, 2] }))).toBe("by itself");
});

test("a run that went wrong is told as such, whether or not the fault struck", () => {
  expect(endingOf(report({ strikes: [0], problem: "left behind" }))).toBe("not recovered");
  expect(endingOf(report({ strikes: [0], repairs: [repair] }))).toBe("after repair");
});

test("the summary names the runs whose fault did not strike, and counts them nowhere else", () => {
  const runs = [
    run(1),
    run(2, { strikes: [0] }),
    run(3, { strikes: [0], errors: ["timeout"] }),
    run(4, { errors: ["Rate exceeded"], repairs: [repair] }),
    run(5, { errors: ["Rate exceeded"], problem: "left behind" }),
  ];
  expect(summaryText(runs).split("\n")).toEqual([
    "5 runs",
    "the fault did not strike: 2 (seeds 2, 3)",
    "the other 3, of which Terraform failed in 2:",
    'reached "No changes" by itself: 1',
    "reached it after a repair: 1",
    "  seed 4: import aws_security_group.apps: Rate exceeded",
    "did not recover: 1 (seeds 5)",
  ]);
});

test("a summary in which every fault struck and every run recovered names no seed", () => {
  expect(summaryText([run(1)])).not.toContain("seed");
});
