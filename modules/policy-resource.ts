import { OpensearchserverlessAccessPolicy } from "@cdktf/provider-aws/lib/opensearchserverless-access-policy";
import { OpensearchserverlessLifecyclePolicy } from "@cdktf/provider-aws/lib/opensearchserverless-lifecycle-policy";
import { OpensearchserverlessSecurityPolicy } from "@cdktf/provider-aws/lib/opensearchserverless-security-policy";
import type { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type { PolicyKind } from "../service";
import { addressAfterPath } from "./address";
import { literal } from "./literal";
import type { RegisteredKind } from "./registry";

/** What Terraform is told of a policy. */
export interface PolicyResourceProps {
  readonly name: string;
  /** As people read it. */
  readonly description: string;
  /** The canonical text of the document, with tokens. */
  readonly policy: string;
}

const noGrant = { lacks: "grants nothing", remedy: "add a grant" };
const noRule = { lacks: "has no rule", remedy: "add a rule" };

/** What a kind of policy is called, its description where none is given, and what is said of one that is empty. */
export const policyWords = {
  network: { what: "network policy", description: "Private access, kept by Terraform", ...noGrant },
  encryption: { what: "encryption policy", description: "Encryption, kept by Terraform", ...noRule },
  data: { what: "data access policy", description: "Data access, kept by Terraform", ...noGrant },
  retention: { what: "lifecycle policy", description: "Retention, kept by Terraform", ...noRule },
} as const satisfies Record<PolicyKind, { what: RegisteredKind; description: string }>;

/** The resource of a policy of any kind, at the address after its path. */
export function newPolicyResource(
  scope: Construct,
  id: string,
  kind: PolicyKind,
  { name, description, policy }: PolicyResourceProps,
): TerraformResource {
  const props = { name, type: kind, description: literal(description), policy };
  const resource =
    kind === "data"
      ? new OpensearchserverlessAccessPolicy(scope, id, props)
      : kind === "retention"
        ? new OpensearchserverlessLifecyclePolicy(scope, id, props)
        : new OpensearchserverlessSecurityPolicy(scope, id, props);
  addressAfterPath(resource);
  return resource;
}
