import { type Configuration, moduleConfiguration } from "./module-stack";
import { moduleReadme } from "./readme";

const jsonText = (value: object) => `${JSON.stringify(value, undefined, 2)}\n`;

/** What is in the files of the module that are written by us, by file name. */
export function moduleFiles(): Record<string, string> {
  const { terraform, variable, output, locals, data, resource } = withoutMetadata(moduleConfiguration());
  return {
    "versions.tf.json": jsonText({ terraform }),
    "variables.tf.json": jsonText({ variable }),
    "outputs.tf.json": jsonText({ output }),
    "main.tf.json": jsonText({ locals, data, resource }),
    "README.md": moduleReadme({
      terraform: terraform.required_version,
      aws: terraform.required_providers.aws.version,
    }),
  };
}

/** CDKTF says in each block which construct wrote it; in a module nobody has the constructs. */
function withoutMetadata(configuration: Configuration): Configuration {
  return JSON.parse(JSON.stringify(configuration, (key, value) => (key === "//" ? undefined : value)));
}
