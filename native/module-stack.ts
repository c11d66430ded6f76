import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { App, TerraformLocal, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { expression } from "./hcl";
import { inputs } from "./inputs";
import { typeText } from "./inputs/input";
import { locals } from "./locals";
import { condition, validation } from "./message";
import { outputs } from "./module-outputs";
import { addCollections } from "./resources/collections";
import { addEndpoints } from "./resources/endpoints";
import { addPolicies } from "./resources/policies";
import { nullsIn } from "./rules/nulls";

/** Works on both majors of the AWS provider. */
const providerVersions = ">= 5.100.0, < 7.0.0";

/** `optional` with defaults, messages of conditions that are worked out, `strcontains` and tests. */
const terraformVersions = ">= 1.6.0";

/** What a module's configuration is made of, by kind of block. */
export interface Configuration {
  readonly terraform: {
    readonly required_version: string;
    readonly required_providers: { readonly aws: { readonly source: string; readonly version: string } };
  };
  readonly variable: object;
  readonly output: object;
  readonly locals: object;
  readonly data: object;
  readonly resource: object;
}

/** The native module: a stack without provider and backend, whose values are those of variables. */
class ModuleStack extends TerraformStack {
  constructor(app: App) {
    super(app, "terraform-aws-aoss-privatelink");
    this.addInputs(new Construct(this, "inputs"));
    const worked = new Construct(this, "locals");
    for (const [name, value] of Object.entries(locals)) {
      new TerraformLocal(worked, name, expression(value)).overrideLogicalId(name);
    }
    new DataAwsCallerIdentity(this, "current");
    addEndpoints(this);
    addPolicies(this);
    addCollections(this);
    this.addOutputs(new Construct(this, "outputs"));
  }

  private addInputs(scope: Construct): void {
    for (const [name, input] of Object.entries(inputs)) {
      const { description, rules = [] } = input;
      const nulls = nullsIn(name, input.type);
      const variable = new TerraformVariable(scope, name, {
        description,
        type: typeText(input.type),
        nullable: input.default === null,
        validation: [...(nulls ? [condition(nulls)] : []), ...rules.map(validation)],
      });
      variable.overrideLogicalId(name);
      // The property takes no null.
      if ("default" in input) variable.addOverride("default", input.default);
    }
  }

  private addOutputs(scope: Construct): void {
    for (const [name, { description, value, rules = [], dependsOn }] of Object.entries(outputs)) {
      const output = new TerraformOutput(scope, name, { description, value: expression(value) });
      output.overrideLogicalId(name);
      const preconditions = rules.map(condition);
      if (preconditions.length > 0) {
        output.addOverride(
          "precondition",
          preconditions.map((one) => ({ condition: one.condition, error_message: one.errorMessage })),
        );
      }
      if (dependsOn) output.addOverride("depends_on", dependsOn);
    }
  }
}

/** Synthesizes the module. */
export function moduleConfiguration(): Configuration {
  const stack = new ModuleStack(new App());
  stack.prepareStack();
  const { variable, output, locals: worked, data, resource } = stack.toTerraform() as Configuration;
  return {
    terraform: {
      required_version: terraformVersions,
      required_providers: { aws: { source: "hashicorp/aws", version: providerVersions } },
    },
    variable,
    output,
    locals: worked,
    data,
    resource,
  };
}
