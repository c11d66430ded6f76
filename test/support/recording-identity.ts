import { type Identity, identityFromPolicy } from "../../sandbox";
import { keyValues, type RequestKeys } from "../../sandbox/access/policy-keys";

/** What the sandbox asked of the caller's policies: one action on one resource. */
export interface Question {
  /** as in IAM: `ec2:CreateVpcEndpoint` */
  readonly action: string;
  /** an ARN, or `*` */
  readonly resource: string;
  readonly account: string;
  /** Values of the condition keys that the policies name, as far as the request has them. */
  readonly context: Readonly<Record<string, readonly string[]>>;
  readonly isAllowed: boolean;
  /** Asks the sandbox again, of another resource or with other keys of the request. */
  readonly isAllowedWith: (other: { readonly resource?: string; readonly request?: RequestKeys }) => boolean;
}

/** A caller with the permissions of some policies, who remembers what was asked. */
export class RecordingIdentity implements Identity {
  readonly questions: Question[] = [];
  private readonly identity: Identity;
  private readonly keys: readonly string[];

  constructor(
    readonly policies: readonly object[],
    account: string,
  ) {
    this.identity = identityFromPolicy(policies, account);
    this.keys = conditionKeys(policies);
  }

  readonly require: Identity["require"] = (action, resources, call, service, request = {}) => {
    // What a service asks for in the caller's name has none of the keys of the caller's request.
    const own = action.startsWith(`${service}:`) ? request : {};
    for (const resource of resources) {
      const valuesOf = keyValues({ call, action, called: service, resource, request: own });
      const context = Object.fromEntries(
        this.keys.flatMap((key) => {
          const values = valuesOf(key);
          return values === undefined ? [] : [[key, values] as const];
        }),
      );
      const isAllowedWith: Question["isAllowedWith"] = (other) => {
        try {
          this.identity.require(
            action,
            [other.resource ?? resource],
            call,
            service,
            other.request ?? request,
          );
          return true;
        } catch {
          return false;
        }
      };
      const isAllowed = isAllowedWith({});
      this.questions.push({ action, resource, account: call.account, context, isAllowed, isAllowedWith });
    }
    this.identity.require(action, resources, call, service, request);
  };

  /** Each question once, in the order in which it was first asked. */
  get distinct(): readonly Question[] {
    return [...new Map(this.questions.map((question) => [JSON.stringify(question), question])).values()];
  }
}

/** The condition keys that policies name, each once. */
function conditionKeys(policies: readonly object[]): readonly string[] {
  const blocks = policies.flatMap((policy) =>
    (policy as { readonly Statement: readonly { readonly Condition?: object }[] }).Statement.flatMap(
      ({ Condition = {} }) => Object.values(Condition) as object[],
    ),
  );
  return [...new Set(blocks.flatMap((block) => Object.keys(block)))].sort();
}
