import type { Call } from "../call";
import type { ServiceAnswer } from "../protocol/service";
import type { RegionState, VpcEndpoint } from "../state/state";

/** Longer than anybody waits for an endpoint. */
const foreverMilliseconds = 24 * 3_600_000;

/** The endpoint that a CreateVpcEndpoint or UpdateVpcEndpoint has just set to PENDING. */
export function endpointIn(answer: ServiceAnswer, call: Call): VpcEndpoint | undefined {
  const body = JSON.parse(answer.body) as Readonly<
    Record<"createVpcEndpointDetail" | "UpdateVpcEndpointDetail", { readonly id: string } | undefined>
  >;
  const { id = "" } = body.createVpcEndpointDetail ?? body.UpdateVpcEndpointDetail ?? {};
  const endpoint = call.state.vpcEndpoints.get(id);
  return endpoint?.status === "PENDING" ? endpoint : undefined;
}

/** Endpoints that stay PENDING until they are let go. */
export class HeldEndpoints {
  private readonly held: {
    readonly state: RegionState;
    readonly id: string;
    readonly settlesAt: number;
  }[] = [];

  hold(endpoint: VpcEndpoint, call: Call, milliseconds = foreverMilliseconds): void {
    endpoint.settlesAt = call.now + milliseconds;
    this.held.push({ state: call.state, id: endpoint.id, settlesAt: endpoint.settlesAt });
  }

  letGo(): void {
    for (const { state, id, settlesAt } of this.held.splice(0)) {
      const endpoint = state.vpcEndpoints.get(id);
      // What has changed since is held by nobody.
      if (endpoint?.settlesAt === settlesAt) endpoint.settlesAt = endpoint.lastModifiedDate;
    }
  }
}
