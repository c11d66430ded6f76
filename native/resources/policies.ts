import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { newPolicyResource, policyWords } from "../../modules/policy-resource";
import type { PolicyKind } from "../../service";
import { expression } from "../hcl";
import { forEach, iteratorOver } from "./each";

/** Policies of all kinds. */
export function addPolicies(stack: TerraformStack): void {
  const security = "aws_opensearchserverless_security_policy";
  const network = addPolicy(stack, "network", security, "network", "network_policies");
  network.addOverride("description", expression("var.policy_description"));
  addPolicy(stack, "encryption", security, "encryption", "encryption_policies");
  addPolicy(stack, "data", "aws_opensearchserverless_access_policy", "data_access", "data_access_policies");
  addPolicy(
    stack,
    "retention",
    "aws_opensearchserverless_lifecycle_policy",
    "retention",
    "lifecycle_policies",
  );
}

function addPolicy(stack: TerraformStack, kind: PolicyKind, type: string, name: string, local: string) {
  const scope = new Construct(stack, `${name}_policies`);
  const each = iteratorOver(local);
  newPolicyResource(scope, "Default", kind, {
    name: each.getString("name"),
    description: policyWords[kind].description,
    policy: each.getString("policy"),
  });
  return forEach(scope, type, each, name);
}
