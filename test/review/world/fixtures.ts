import { readFileSync } from "node:fs";
import path from "node:path";
import {
  type Plan,
  parsePlan,
  parseState,
  parseSynthesizedConfig,
  type State,
  type SynthesizedConfig,
} from "../../../terraform";

/**
 * Made with Terraform 1.11.4 and the AWS provider 5.100.0 in the sandbox, and made smaller by what says nothing here
 * (sensitivity, schema versions, tags_all). `*.tf.json` and `networks.plan.json` are of two stacks of an access
 * file, the others of a root module in HCL with a child module, written by hand.
 */
const read = (name: string) => readFileSync(path.join(__dirname, "fixtures", name), "utf8");

export const planOf = (name: string): Plan => parsePlan(read(`${name}.plan.json`), `${name}.plan.json`);
export const stateOf = (name: string): State => parseState(read(`${name}.state.json`), `${name}.state.json`);
export const configOf = (name: string): SynthesizedConfig =>
  parseSynthesizedConfig(read(`${name}.tf.json`), `${name}.tf.json`);

/** A configuration in JSON that stands in a test. */
export const config = (root: object): SynthesizedConfig =>
  parseSynthesizedConfig(JSON.stringify(root), "cdk.tf.json");

/** A network policy that opens a collection to endpoints. */
export const networkPolicy = (resource: string, ...endpoints: readonly string[]) => [
  {
    Rules: [{ ResourceType: "collection", Resource: [resource] }],
    AllowFromPublic: false,
    SourceVPCEs: endpoints,
  },
];
