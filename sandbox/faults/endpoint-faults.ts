import type { Call } from "../call";
import type { ServiceAnswer } from "../protocol/service";
import type { RegionState, VpcEndpoint } from "../state/state";
import type { Fault } from "./fault-definition";

type EndpointFault = Extract<Fault, { what: "endpoint-fails" | "endpoint-pending" }>;

/** Whether a fault spoils the endpoint that a call makes or updates. */
export const isEndpointFault = (fault: Fault): fault is EndpointFault =>
  fault.what === "endpoint-fails" || fault.what === "endpoint-pending";

/** Spoils the endpoint that the call has just set to PENDING; false if there is none. */
export function spoilEndpoint(fault: EndpointFault, answer: ServiceAnswer, call: Call): boolean {
  const endpoint = endpointIn(answer, call);
  if (!endpoint) return false;
  if (fault.what === "endpoint-pending") {
    // Without a time it stays so for good: a state file takes no Infinity.
    endpoint.heldUntil =
      fault.milliseconds === undefined ? Number.MAX_SAFE_INTEGER : call.now + fault.milliseconds;
  } else {
    // It shows when the endpoint settles.
    endpoint.failureCode = fault.code;
    endpoint.failureMessage = fault.message;
  }
  return true;
}

/** Lets the endpoints that are held PENDING settle when they would have by themselves. */
export function releaseEndpoints({ vpcEndpoints }: RegionState): void {
  for (const endpoint of vpcEndpoints.values()) delete endpoint.heldUntil;
}

/** The endpoint that a CreateVpcEndpoint or UpdateVpcEndpoint has just set to PENDING. */
function endpointIn(answer: ServiceAnswer, call: Call): VpcEndpoint | undefined {
  const body = JSON.parse(String(answer.body)) as Readonly<
    Record<"createVpcEndpointDetail" | "UpdateVpcEndpointDetail", { readonly id: string } | undefined>
  >;
  const { id = "" } = body.createVpcEndpointDetail ?? body.UpdateVpcEndpointDetail ?? {};
  const endpoint = call.state.vpcEndpoints.get(id);
  return endpoint?.status === "PENDING" ? endpoint : undefined;
}
