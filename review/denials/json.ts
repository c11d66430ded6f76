import type { FailureExplanation } from "./explain-failure";

/** The explanation as `--json` prints it. */
export function denialJson({ denials, endpoints }: FailureExplanation): object {
  return {
    version: 1,
    denied: denials.map(({ who, principal, takesStatement: _, ...denial }) => ({
      ...denial,
      ...(who === undefined ? {} : { principal: who }),
    })),
    endpoints,
  };
}
