import { AwsError } from "../protocol/aws-error";
import type { QueryParameters } from "../protocol/query-parameters";

/** A change of one attribute: its name and what it becomes. */
export interface AttributeChange<Name extends string> {
  readonly name: Name;
  readonly value: boolean;
}

/**
 * The one attribute that `EnableDnsSupport.Value=true` and the like change; EC2 takes one for each request.
 * @param names parameters by the name of the attribute
 */
export function readAttributeChange<Name extends string>(
  parameters: QueryParameters,
  names: Readonly<Record<Name, string>>,
): AttributeChange<Name> {
  const changes = (Object.keys(names) as Name[]).flatMap((name) => {
    const value = parameters.child(names[name]).boolean("Value");
    return value === undefined ? [] : [{ name, value }];
  });
  const [change, second] = changes;
  if (!change) throw new AwsError("MissingParameter", "The request must contain an attribute to modify");
  if (second) {
    throw new AwsError(
      "InvalidParameterCombination",
      `Fields for multiple attribute types specified: ${changes.map(({ name }) => name).join(", ")}`,
    );
  }
  return change;
}
