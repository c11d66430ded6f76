import { updateSecurityPolicy } from "../aoss/policies";
import type { Call } from "../call";
import { AwsError } from "../protocol/aws-error";
import type { ServiceAnswer } from "../protocol/service";

interface Block {
  readonly AllowFromPublic: boolean;
  readonly SourceVPCEs?: readonly string[];
}

/**
 * What OpenSearch Ingestion does when a pipeline starts: it adds its own endpoint to the private blocks of a network
 * policy, right before an UpdateSecurityPolicy that would have gone through. The version that the caller knows is
 * old then.
 * @param endpointId of the pipeline: `vpce-...`
 * @returns whether it has written
 */
export function writeConcurrently(
  call: Call,
  update: (call: Call) => ServiceAnswer,
  endpointId: string,
): boolean {
  // The request itself is not at hand; tried on a copy, its answer names the policy.
  const name = networkPolicyUpdatedBy({ ...call, state: structuredClone(call.state) }, update);
  const policy = name === undefined ? undefined : call.state.policies.get(`network/${name}`);
  if (!policy) return false;
  const blocks = (policy.document as readonly Block[]).map((block) =>
    block.AllowFromPublic ? block : { ...block, SourceVPCEs: [...(block.SourceVPCEs ?? []), endpointId] },
  );
  const updated = ignoringRefusal(() =>
    updateSecurityPolicy(call, {
      type: "network",
      name: policy.name,
      policyVersion: policy.policyVersion,
      policy: JSON.stringify(blocks),
    }),
  );
  return updated !== undefined;
}

function networkPolicyUpdatedBy(call: Call, update: (call: Call) => ServiceAnswer): string | undefined {
  const answer = ignoringRefusal(() => update(call));
  if (!answer) return undefined;
  const { securityPolicyDetail: detail } = JSON.parse(String(answer.body)) as {
    readonly securityPolicyDetail?: { readonly type: string; readonly name: string };
  };
  return detail?.type === "network" ? detail.name : undefined;
}

/** Undefined where AWS would say no: the caller gets to hear it by itself, and the other writer gives up. */
function ignoringRefusal<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}
