import { type Identity, identityFromPolicy } from "../../sandbox";
import { keyValues, type RequestKeys } from "../../sandbox/access/policy-keys";
import type { IamPolicyDocument } from "../../service";
import { type Elsewhere, elsewhere, type Question } from "./elsewhere";
import { PolicyParts } from "./policy-parts";

/** The same question about something else, and what the sandbox would have answered at that moment. */
export interface Counterfactual extends Elsewhere {
  readonly isAllowed: boolean;
}

/** A caller with the permissions of some policies, who remembers what was asked, each question once. */
export class RecordingIdentity implements Identity {
  readonly counterfactuals: Counterfactual[] = [];
  private readonly asked = new Map<string, Question>();
  private readonly identity: Identity;
  private readonly parts: PolicyParts;
  private readonly keys: readonly string[];

  constructor(
    readonly policies: readonly IamPolicyDocument[],
    account: string,
  ) {
    this.identity = identityFromPolicy(policies, account);
    this.parts = new PolicyParts(policies, account);
    const statements = policies.flatMap(({ Statement }) => Statement);
    const blocks = statements.flatMap(({ Condition = {} }) => Object.values(Condition));
    this.keys = [...new Set(blocks.flatMap((block) => Object.keys(block)))];
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
      const question: Question = { action, resource, account: call.account, context };
      if (this.asked.has(JSON.stringify(question))) continue;
      this.asked.set(JSON.stringify(question), question);
      const allows = (identity: Identity, on = resource, keys: RequestKeys = request): boolean => {
        try {
          identity.require(action, [on], call, service, keys);
          return true;
        } catch {
          return false;
        }
      };
      // Asked now: what is there later may be something else.
      this.parts.note(action, (identity) => allows(identity));
      for (const other of elsewhere(question)) {
        this.counterfactuals.push({
          ...other,
          isAllowed: allows(this.identity, other.resource, other.request),
        });
      }
    }
    this.identity.require(action, resources, call, service, request);
  };

  get questions(): readonly Question[] {
    return [...this.asked.values()];
  }

  /** `STATEMENT ACTION` and `STATEMENT RESOURCE` for what of the policies allowed something that was asked. */
  get used(): ReadonlySet<string> {
    return this.parts.used;
  }
}
