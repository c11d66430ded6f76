import { TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { longRoleArn } from "../service";
import { isKnown } from "./known";

/**
 * What ARNs of roles and users are counted as that only Terraform knows, by the expression. Of one that is made in the
 * stack the path is known, and often the name; any other is counted at the longest there is.
 */
export function longestArns(scope: IConstruct): (expression: string) => string {
  const made = new Map(
    TerraformStack.of(scope)
      .node.findAll()
      .flatMap((construct) =>
        isRoleOrUser(construct) ? [[expressionOf(construct), longestOf(construct)]] : [],
      ),
  );
  const longest = longRoleArn();
  return (expression) => made.get(expression) ?? longest;
}

/** What the bindings of a role and of a user have, whichever version they are of. */
interface RoleOrUser extends TerraformResource {
  readonly pathInput?: string;
  readonly nameInput?: string;
}

const isRoleOrUser = (construct: IConstruct): construct is RoleOrUser =>
  TerraformResource.isTerraformResource(construct) &&
  ["aws_iam_role", "aws_iam_user"].includes(construct.terraformResourceType);

const expressionOf = ({ terraformResourceType, friendlyUniqueId }: RoleOrUser): string =>
  `\${${terraformResourceType}.${friendlyUniqueId}.arn}`;

function longestOf({ pathInput = "/", nameInput }: RoleOrUser): string {
  const known = (text: string | undefined) => (text !== undefined && isKnown(text) ? text : undefined);
  return longRoleArn(known(pathInput), known(nameInput));
}
