import { type Hcp, startHcp } from "../sandbox";
import { writeHostConfiguration } from "../terraform";
import { CommandError } from "./command-error";

type Environment = Readonly<Record<string, string | undefined>>;

/** An HCP Terraform in the place of a host, and what leads Terraform there. */
export interface HcpInPlace {
  readonly environment: Environment;
  close(): Promise<void>;
}

const hostName = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/;

/**
 * Starts an HCP Terraform on loopback and has Terraform take it for `host`, by its CLI configuration and a token in the
 * environment: nothing of a configuration changes.
 * @param env with which Terraform would run without it
 */
export async function hcpInPlaceOf(host: string, env: Environment): Promise<HcpInPlace> {
  const where = `--hcp ${host}`;
  if (!hostName.test(host)) {
    throw new CommandError(
      "this is not a host name",
      where,
      "give the one that the cloud backend names, or app.terraform.io where it names none",
      2,
    );
  }
  const hcp = await startHcp();
  const configuration = writeHostConfiguration(host, hcp.services, env);
  if (!configuration) {
    await hcp.close();
    throw new CommandError(
      "Terraform's CLI configuration cannot be read",
      env["TF_CLI_CONFIG_FILE"] ?? "~/.terraformrc",
      "mend its JSON",
      2,
    );
  }
  console.error(`sandbox: ${host} is ${hcp.url}, with any organization; workspaces run here, not there`);
  return {
    environment: { ...configuration.env, ...hcpEnvironment(host, hcp) },
    close: async () => {
      configuration.dispose();
      await hcp.close();
    },
  };
}

/** In a workspace of the sandbox, which keeps the real state apart, the cloud backend would not run at all. */
const hcpEnvironment = (host: string, { token }: Hcp): Environment => ({
  [`TF_TOKEN_${host.replaceAll("-", "__").replaceAll(".", "_")}`]: token,
  TF_CLOUD_HOSTNAME: host,
  TF_WORKSPACE: undefined,
  AOSS_PRIVATELINK_SANDBOX_STATE: "cloud",
});
