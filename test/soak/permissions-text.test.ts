import type { IamPolicyDocument } from "../../service";
import { withoutAction } from "../../soak/permissions/policies";
import { names, type Removal } from "../../soak/permissions/removal";
import { isShown, type ProofLine, proofTable } from "../../soak/permissions/text";

const update = { stack: "network", phase: "update" } as const;
const create = { stack: "network", phase: "create" } as const;
const removal = (more: Partial<Removal>): Removal => ({
  action: "ec2:DeleteTags",
  passed: [],
  unnamed: [],
  seconds: 4.25,
  ...more,
});
const line = (more: Partial<ProofLine>): ProofLine => ({
  action: "ec2:DeleteTags",
  moments: [update],
  ...more,
});

const failed = line({ removal: removal({ failure: { ...update, error: "not authorized" } }) });
const passed = line({ removal: removal({ passed: [update] }) });
const unnamed = line({ removal: removal({ unnamed: ["timeout"] }) });

test("an action is needed if a phase without it fails and names it, and not if all go through or another error comes", () => {
  expect([failed, passed, unnamed].map(isShown)).toEqual([true, false, false]);
});

test("without a run it takes that something asked for it, or that the table says why nothing does", () => {
  expect(isShown(line({}))).toBe(true);
  expect(isShown(line({ moments: [] }))).toBe(false);
  expect(isShown(line({ moments: [], neverCalled: "the guide lists it" }))).toBe(true);
});

test("the table says where each action was asked for, phases in their order, and what a run without it came to", () => {
  expect(proofTable([line({ ...failed, moments: [update, create] }), passed, unnamed]).split("\n")).toEqual([
    "action          asked for in            without it",
    "ec2:DeleteTags  network create, update  network update fails and names it, 4.3 s",
    "ec2:DeleteTags  network update          GOES THROUGH: network update",
    "ec2:DeleteTags  network update          FAILS WITHOUT A WORD OF IT: timeout",
  ]);
});

test("without runs it has no column for them", () => {
  expect(
    proofTable([line({ moments: [], neverCalled: "the guide lists it" }), line({})]).split("\n"),
  ).toEqual([
    "action          asked for in",
    "ec2:DeleteTags  never: the guide lists it",
    "ec2:DeleteTags  network update",
  ]);
});

test("a refusal names the action as a whole, whatever its capitals", () => {
  const error = "User: arn is not authorized to perform: ec2:DeleteVpcEndpoints on resource: arn";
  expect(names(error, "ec2:DeleteVpcEndPoints")).toBe(true);
  expect(names(error, "ec2:DeleteVpcEndpoint")).toBe(false);
});

test("an action is taken out of every statement, and a statement or policy that is left empty goes with it", () => {
  const statement = (Sid: string, Action: readonly string[]) =>
    ({ Sid, Effect: "Allow", Action, Resource: "*" }) as const;
  const policy = (...Statement: readonly ReturnType<typeof statement>[]): IamPolicyDocument => ({
    Version: "2012-10-17",
    Statement,
  });
  const policies = [
    policy(statement("A", ["ec2:CreateTags", "ec2:DeleteTags"]), statement("B", ["ec2:DeleteTags"])),
    policy(statement("C", ["EC2:deletetags"])),
  ];
  expect(withoutAction(policies, "ec2:DeleteTags")).toEqual([policy(statement("A", ["ec2:CreateTags"]))]);
});
