import type { TerraformStack } from "cdktf";
import { resourcesOf } from "./synthesized";

/** Resources of a synthesized stack by their names. */
export type Named = Readonly<Record<string, Record<string, unknown>>>;

/** The network or the encryption policies of a stack. */
export const policiesOf = (stack: TerraformStack, type: "network" | "encryption"): Named =>
  Object.fromEntries(
    Object.entries(resourcesOf(stack)["aws_opensearchserverless_security_policy"] ?? {}).filter(
      ([, policy]) => policy["type"] === type,
    ),
  );

/** Whether a policy names a collection, an index, a source or a principal. */
export const namedIn = (policy: Record<string, unknown> | undefined, what: string) =>
  String(policy?.["policy"]).includes(`"${what}"`);
