import type { Call } from "../call";
import { policiesOf } from "./policies";

/** How many policies and configurations of each kind the account has in the Region. */
export function getPoliciesStats(call: Call): object {
  const { securityConfigs } = call.state;
  const counts = {
    data: policiesOf(call, "data").length,
    encryption: policiesOf(call, "encryption").length,
    network: policiesOf(call, "network").length,
    retention: policiesOf(call, "retention").length,
    saml: [...securityConfigs.values()].filter(({ type }) => type === "saml").length,
  };
  return {
    AccessPolicyStats: { DataPolicyCount: counts.data },
    SecurityPolicyStats: { EncryptionPolicyCount: counts.encryption, NetworkPolicyCount: counts.network },
    SecurityConfigStats: { SamlConfigCount: counts.saml },
    LifecyclePolicyStats: { RetentionPolicyCount: counts.retention },
    TotalPolicyCount: Object.values(counts).reduce((sum, count) => sum + count, 0),
  };
}
