import type { z } from "zod";
import { describeIssue, type LocatedProblem } from "./describe-issue";
import type { Path } from "./positions";
import { isOffered } from "./schema/not-here";

/** The part as the schema has it; undefined if something is wrong, which is then added to `problems`. */
export function checkWith<Value>(
  schema: z.ZodType<Value>,
  part: unknown,
  path: Path,
  problems: LocatedProblem[],
): Value | undefined {
  const result = schema.safeParse(part, { error: knownKeysAsMessage, reportInput: true });
  if (result.success) return result.data;
  problems.push(
    ...result.error.issues
      .flatMap((issue) => describeIssue(issue, issue.input, issue.message.split(", "), path))
      .map((one) => ({ ...one, path: [...path, ...one.path] })),
  );
  return undefined;
}

/** Tells through the message which keys a map may have, since zod's issue does not hold them. */
const knownKeysAsMessage: z.core.$ZodErrorMap = (issue) => {
  if (issue.code !== "unrecognized_keys") return undefined;
  const shape = (issue.inst as z.ZodObject | undefined)?._zod.def.shape ?? {};
  return Object.keys(shape)
    .filter((key) => isOffered(shape[key] as object))
    .join(", ");
};
