import { findBinary, probeProviderInstallation, TerraformError, terraformEnvironment } from "../terraform";

/** Set for what runs in here, as `deploy` in the sandbox: the registry was asked already. */
const MIRROR_FOUND = "AOSS_PRIVATELINK_MIRROR";

/** What Terraform, started by somebody else, needs to find the AWS provider; undefined values are to be unset. */
export interface ProviderSource {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether the registry cannot be reached and a mirror serves. */
  readonly isMirror: boolean;
  dispose(): void;
}

/** Finds out whether the registry can be reached, and where a mirror is if not; says so on standard error. */
export async function providerSource(): Promise<ProviderSource> {
  // A variable that names a missing file counts as unset; Terraform would warn of it at every start.
  const { TF_CLI_CONFIG_FILE } = terraformEnvironment();
  if (process.env[MIRROR_FOUND]) {
    return { environment: { TF_CLI_CONFIG_FILE }, isMirror: true, dispose: () => undefined };
  }
  const binary = terraformOrNone();
  const installation = binary === undefined ? undefined : await probeProviderInstallation({ binary });
  if (!installation) {
    return { environment: { TF_CLI_CONFIG_FILE }, isMirror: false, dispose: () => undefined };
  }
  console.error(
    `the registry cannot be reached: the AWS provider comes from the mirror ${installation.mirror.folder}`,
  );
  const { env } = installation;
  // cdktf would name a plugin cache, into which Terraform copies hundreds of megabytes out of the mirror.
  const environment = {
    ...env,
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    [MIRROR_FOUND]: installation.mirror.folder,
  };
  return { environment, isMirror: true, dispose: installation.dispose };
}

/** Without Terraform there is nothing to prepare for it. */
function terraformOrNone(): string | undefined {
  try {
    return findBinary();
  } catch (error) {
    if (error instanceof TerraformError) return undefined;
    throw error;
  }
}
