import { identityFromPolicy } from "../../../sandbox";
import { proofAccount, type Version } from "../../../soak/permissions/access-file";
import { deployActions } from "../../../soak/permissions/command";
import { phases, versionOf } from "../../../soak/permissions/phases";

import { policiesFor } from "../../../soak/permissions/policies";
import { Proof } from "../../../soak/permissions/proof";
import { isShown, lineOf, proofTable } from "../../../soak/permissions/text";
import { projectFolder } from "../../support/command";
import { otherEvaluator } from "../../support/other-evaluator";
import { PolicyParts } from "../../support/policy-parts";
import { RecordingIdentity } from "../../support/recording-identity";
import { describeWithTerraform } from "../../support/with-terraform";

describeWithTerraform("the policies of an access file, with the real Terraform and provider", () => {
  const identities: RecordingIdentity[] = [];
  let proof: Proof;

  beforeAll(async () => {
    proof = await Proof.prepare(projectFolder);
    await proof.run((policies) => {
      const identity = new RecordingIdentity(policies, proofAccount);
      identities.push(identity);
      return identity;
    });
  }, 600_000);

  afterAll(() => proof.close());

  // Endpoints 2, groups 2, rules 4, tags of the managed endpoint 2, the shared zone 1, policies 4; then tags of 2
  // groups, 3 rules and 2 endpoints, a rule for another, 3 tags, 4 policies; then a rule, a tag, 2 endpoints, a policy.
  const network = { create: 15, plan: 0, update: 16, repair: 5, import: 0, destroy: 15 };
  // Collections 2, encryption policies 2, a network policy; then one of them; then tags of both and the policy.
  const collections = { create: 5, plan: 0, update: 1, repair: 3, import: 0, destroy: 5 };

  test.each([
    ["network", network],
    ["collections", collections],
  ] as const)(
    "exactly the `deploy` policies suffice to create, plan, update, repair, import and destroy the stack %s",
    (stack, changes) => {
      const reports = proof.reportsOf(stack);
      expect(reports.flatMap(({ errors }) => errors)).toEqual([]);
      expect(Object.fromEntries(reports.map((report) => [report.phase, report.changes]))).toEqual(changes);
      expect(reports.map(({ left }) => left.length > 0)).toEqual(phases.map((phase) => phase !== "destroy"));
    },
  );

  test("each action of them was asked for, or AWS documents it and the provider never calls it; no other one was asked for", () => {
    const lines = deployActions().map((action) => lineOf(proof, action));
    process.stdout.write(`\n${proofTable(lines)}\n\n`);
    expect(lines.filter((line) => !isShown(line)).map(({ action }) => action)).toEqual([]);
    expect(lines.filter(({ moments }) => moments.length === 0).map(({ action }) => action)).toEqual([
      "aoss:ListVpcEndpoints",
    ]);
    const granted = new Set(deployActions().map((action) => action.toLowerCase()));
    const outside = proof.actions().filter((action) => !granted.has(action.toLowerCase()));
    // Nobody needs a permission for it.
    expect(outside.filter((action) => action !== "sts:GetCallerIdentity")).toEqual([]);
  });

  test("no statement has an action or a resource that nothing asks for, but a few that are explained", () => {
    const used = new Set(identities.flatMap((identity) => [...identity.used]));
    const { names } = new PolicyParts(policiesFor("changed", "deploy"), proofAccount);
    expect(names.filter((name) => !used.has(name))).toEqual([
      // The second subnet is not there yet as the endpoints are made, and the first one stays as they change.
      "CreateEndpointInVpc arn:aws:ec2:eu-central-1:*:subnet/subnet-0a1b2c3d4e5f60712",
      "ChangeEndpointNetwork arn:aws:ec2:eu-central-1:*:subnet/subnet-0a1b2c3d4e5f60711",
      // The service authorization reference has rules among its resources; the sandbox asks for the group alone.
      "ChangeSecurityGroupRules ec2:AuthorizeSecurityGroupIngress",
      // Documented by AWS, and never called.
      "FindExisting aoss:ListVpcEndpoints",
      "FindExisting *",
    ]);
  });

  test("an evaluator that is not ours allows all that was asked", async () => {
    const denied: string[] = [];
    for (const { policies, questions } of identities) {
      for (const question of questions) {
        const answer = await otherEvaluator(policies, question);
        if (answer !== "Allowed") denied.push(`${question.action} on ${question.resource}: ${answer}`);
      }
    }
    expect(denied).toEqual([]);
  });

  test("what belongs to another account, Region, network, key or collection is denied, by the other evaluator too", async () => {
    const allowed: string[] = [];
    const all = identities.flatMap(({ policies, counterfactuals }) =>
      counterfactuals.map((each) => ({ policies, ...each })),
    );
    for (const { policies, where, isAllowed, action, resource, context } of all) {
      const type = /:([a-z-]+)\/[^:]*$/.exec(resource)?.[1] ?? "*";
      const told = `${action} on ${type}: another ${where}`;
      const answer = await otherEvaluator(policies, { action, account: proofAccount, resource, context });
      expect([told, answer]).toEqual([told, isAllowed ? "Allowed" : "Denied"]);
      if (isAllowed) allowed.push(told);
    }
    expect(new Set(all.map(({ where }) => where)).size).toBe(7);
    expect([...new Set(allowed)].sort()).toEqual([
      // Reading is not limited by collections: a policy in which somebody has put another one could not be mended.
      "aoss:GetAccessPolicy on *: another collection",
      "aoss:GetSecurityPolicy on *: another collection",
      // An endpoint of EC2 may stand in a VPC that another account shares; its id says which one it is.
      "ec2:CreateSecurityGroup on vpc: another account",
      // The id of the endpoint's own group is not known beforehand.
      "ec2:CreateVpcEndpoint on security-group: another security group",
      "ec2:CreateVpcEndpoint on subnet: another account",
      "ec2:CreateVpcEndpoint on vpc: another account",
      "ec2:ModifyVpcEndpoint on security-group: another security group",
      "ec2:ModifyVpcEndpoint on subnet: another account",
    ]);
  });

  describe("when the file says no more what is there: another tag of everything, a collection less", () => {
    const alone = identityFromPolicy(policiesFor("moved", "deploy"), proofAccount);
    const both = identityFromPolicy(policiesFor("moved", "deploy", "first"), proofAccount);
    const version = "moved";

    test("the policies of the new file alone do not suffice", async () => {
      const network = await proof.repeat({ stack: "network", phase: "update" }, alone, { version });
      expect(network.errors.join()).toContain("not authorized to perform: ec2:RevokeSecurityGroupIngress");
      const collections = await proof.repeat({ stack: "collections", phase: "update" }, alone, { version });
      expect(collections.errors.join()).toContain("not authorized to perform: aoss:BatchGetCollection");
    });

    test("those that `--before` gives for both files do", async () => {
      const network = await proof.repeat({ stack: "network", phase: "update" }, both, { version });
      expect([network.errors, network.changes]).toEqual([[], 16]);
      // The tags of one collection, the other with its encryption policy, and the network policy. Deleting takes AWS
      // half a minute, and to delete the same collection is what `destroy` has shown.
      const options = { version, planOnly: true } as const;
      const collections = await proof.repeat({ stack: "collections", phase: "update" }, both, options);
      expect([collections.errors, collections.changes]).toEqual([[], 4]);
    });
  });

  describe("with the `plan` policies", () => {
    const planner = (version: Version) => identityFromPolicy(policiesFor(version, "plan"), proofAccount);

    test.each([
      ["network", "plan", 0],
      ["network", "import", 0],
      ["collections", "update", 1],
    ] as const)("%s, %s: it is planned", async (stack, phase, changes) => {
      const options = { planOnly: true };
      const report = await proof.repeat({ stack, phase }, planner(versionOf(phase)), options);
      expect([report.errors, report.changes]).toEqual([[], changes]);
    });

    test.each([
      ["network", "create"],
      ["collections", "create"],
      ["network", "update"],
    ] as const)("%s, %s: nothing can be applied, and nothing is left behind", async (stack, phase) => {
      const report = await proof.repeat({ stack, phase }, planner(versionOf(phase)));
      expect(report.errors.length).toBeGreaterThan(1);
      expect(report.errors.filter((error) => !error.includes("is not authorized to perform: "))).toEqual([]);
      const before = proof.reportsOf(stack)[phases.indexOf(phase) - 1];
      expect(report.left).toEqual(before?.left ?? []);
    });
  });
});
