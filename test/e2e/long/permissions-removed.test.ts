import { readFileSync } from "node:fs";
import path from "node:path";
import { identityFromPolicy } from "../../../sandbox";
import { proofAccount } from "../../../soak/permissions/access-file";
import { type Phase, type PhaseReport, runPhase } from "../../../soak/permissions/phases";
import { policiesOf, withoutAction } from "../../../soak/permissions/policies";
import { ProofProject, type Snapshot } from "../../../soak/permissions/proof-project";
import { names } from "../../../soak/permissions/removal";
import { projectFolder } from "../../support/command";
import { describeWithTerraform } from "../../support/with-terraform";

describeWithTerraform(
  "the access file of the README, deployed with its own policies and with one action less",
  () => {
    const first = readFileSync(path.join(projectFolder, "access.yaml"), "utf8");
    const changed = first.replace("collections: [orders,", "collections: [invoices, orders,");
    const policies = policiesOf(changed, "deploy");
    const deployer = identityFromPolicy(policies, proofAccount);
    let project: ProofProject;
    let created: PhaseReport;

    beforeAll(async () => {
      project = await ProofProject.prepare(projectFolder, "search", { first, changed });
    });

    afterAll(() => project.close());

    /** A phase without the action, which has to fail and to say so. */
    async function without(action: string, phase: Phase, from?: Snapshot): Promise<PhaseReport> {
      const identity = identityFromPolicy(withoutAction(policies, action), proofAccount);
      const report = await runPhase(project, phase, { from, identity });
      expect(report.errors.length).toBeGreaterThan(0);
      expect(report.errors.filter((error) => !names(error, action))).toEqual([]);
      return report;
    }

    const endpoints = ({ left }: PhaseReport) =>
      left.filter((one) => Object.hasOwn(one as object, "zoneVpcs")) as readonly {
        readonly status: string;
      }[];

    test("with all of them it is created, changed and destroyed, and nothing is left", async () => {
      created = await runPhase(project, "create", { identity: deployer });
      expect([created.errors, created.changes]).toEqual([[], 5]);
      const updated = await runPhase(project, "update", { from: created.end, identity: deployer });
      expect([updated.errors, updated.changes]).toEqual([[], 1]);
      const destroyed = await runPhase(project, "destroy", { from: updated.end, identity: deployer });
      expect([destroyed.errors, destroyed.left]).toEqual([[], []]);
    });

    test("without ec2:RevokeSecurityGroupEgress the group cannot be closed, and no endpoint is made", async () => {
      expect(endpoints(await without("ec2:RevokeSecurityGroupEgress", "create"))).toEqual([]);
    });

    test("without route53:CreateHostedZone, which AWS asks for in the caller's name, no endpoint is made", async () => {
      expect(endpoints(await without("route53:CreateHostedZone", "create"))).toEqual([]);
    });

    test.each(["ec2:DescribeVpcEndpoints", "aoss:BatchGetVpcEndpoint"])(
      "without %s what is there cannot be planned",
      async (action) => {
        const { left } = await without(action, "plan", created.end);
        expect(left).toEqual(created.left);
      },
    );

    test("without aoss:UpdateSecurityPolicy a collection more is not opened", async () => {
      const { left } = await without("aoss:UpdateSecurityPolicy", "update", created.end);
      expect(left).toEqual(created.left);
    });
  },
);
