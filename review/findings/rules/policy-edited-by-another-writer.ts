import { toldText } from "../../change/told-text";
import type { Rule } from "../rule";

const policies = /^aws_opensearchserverless_(?:security|access|lifecycle)_policy$/;

export const policyEditedByAnotherWriter: Rule = {
  id: "policy-edited-by-another-writer",
  severity: "warning",
  title: "The plan undoes what somebody else wrote into a policy",
  why: "Somebody changed the policy since the last apply, and the plan sets it back. OpenSearch Ingestion adds the endpoints of its pipelines to network policies by itself: such a pipeline stops working.",
  remedy: "put what is needed into the configuration, or let the other writer have a policy of its own",
  examples: {
    found: `# somebody added vpce-0b2c3d4e5f6071829 to the policy in the console
SourceVPCEs = [aws_opensearchserverless_vpc_endpoint.apps.id]`,
    passes: `# somebody added vpce-0b2c3d4e5f6071829 to the policy in the console
SourceVPCEs = [aws_opensearchserverless_vpc_endpoint.apps.id, "vpce-0b2c3d4e5f6071829"]`,
  },
  *check({ change, changes }) {
    const byAddress = new Map(changes.map((one) => [one.address, one]));
    for (const { type, address, attributes, overwritten, action } of change.drift.resources) {
      if (!policies.test(type) || !overwritten || action !== "update" || !attributes.includes("policy"))
        continue;
      const one = byAddress.get(address);
      const name = (one && toldText(one.change, "name")) ?? address;
      yield { address, message: `policy ${name} was changed by somebody else, and the plan sets it back` };
    }
  },
};
