import type { Call } from "../call";
import { type Asked, isReadName, type RequestInput } from "../protocol/service";
import { newEc2Arn } from "./ec2-resource-arns";
import type { Identity } from "./identity";
import type { RequestKeys } from "./policy-keys";
import { requestKeys, taggedTypes } from "./request-keys";
import { forwardedResources, resourcesOf } from "./resource-arns";

/** Asks for the permissions that one request takes, and notes the actions. */
export class Authorization {
  private keys: RequestKeys | undefined;

  /**
   * @param service as in a credential scope: `aoss`
   * @param actions where to note the actions, as in IAM
   */
  constructor(
    private readonly identity: Identity | undefined,
    private readonly service: string,
    private readonly asked: Asked,
    private readonly actions: string[],
  ) {}

  /** What the request itself takes; tagging what is being made takes ec2:CreateTags as well. */
  requireRequested(call: Call): void {
    const { service, asked } = this;
    const action = asked.action ?? asked.operation;
    this.require(`${service}:${action}`, call, () =>
      resourcesOf({ service, operation: action, input: this.input() }, call),
    );
    if (service !== "ec2" || isReadName(asked.operation)) return;
    for (const type of taggedTypes(this.input())) {
      this.require("ec2:CreateTags", call, () => [newEc2Arn(call, type)]);
    }
  }

  /** What the service calls in the caller's name. */
  requireForwarded(action: string, call: Call, resources?: readonly string[]): void {
    this.require(action, call, () => resources ?? forwardedResources(action, this.input(), call));
  }

  private require(action: string, call: Call, resources: () => readonly string[]): void {
    this.actions.push(action);
    if (!this.identity) return;
    const { service, asked } = this;
    this.keys ??= requestKeys(service, asked.operation, this.input(), call);
    this.identity.require(action, resources(), call, service, this.keys);
  }

  private input(): RequestInput {
    return this.asked.input?.() ?? {};
  }
}
