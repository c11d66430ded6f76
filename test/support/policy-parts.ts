import { type Identity, identityFromPolicy } from "../../sandbox";
import type { IamPolicyDocument, IamStatement } from "../../service";

/** One action, or one resource, of a statement, with the rest of it. */
interface Part {
  /** `STATEMENT ACTION` or `STATEMENT RESOURCE` */
  readonly name: string;
  /** in lower case */
  readonly actions: readonly string[];
  readonly identity: Identity;
}

/** Policies taken apart, so that it shows which actions and resources of which statements are needed. */
export class PolicyParts {
  readonly used = new Set<string>();
  private readonly parts: readonly Part[];

  constructor(policies: readonly IamPolicyDocument[], account: string) {
    const part = (statement: IamStatement, name: string, more: Partial<IamStatement>): Part => {
      const alone = { ...statement, ...more };
      return {
        name: `${statement.Sid} ${name}`,
        actions: alone.Action.map((action) => action.toLowerCase()),
        identity: identityFromPolicy({ Version: "2012-10-17", Statement: alone }, account),
      };
    };
    this.parts = policies
      .flatMap(({ Statement }) => Statement)
      .flatMap((statement) => [
        ...statement.Action.map((action) => part(statement, action, { Action: [action] })),
        ...[statement.Resource].flat().map((resource) => part(statement, resource, { Resource: resource })),
      ]);
  }

  /** Notes the parts that allow what is asked. */
  note(action: string, isAllowedBy: (identity: Identity) => boolean): void {
    for (const { name, actions, identity } of this.parts) {
      if (actions.includes(action.toLowerCase()) && isAllowedBy(identity)) this.used.add(name);
    }
  }

  /** Names of all parts. */
  get names(): readonly string[] {
    return this.parts.map(({ name }) => name);
  }
}
