/** Where the access file is looked for when nothing names another. */
export const defaultAccessFile = "access.yaml";

/**
 * The access file to use: the CDKTF context key `accessFile` (which `--file` sets), `AOSS_PRIVATELINK_FILE`, the
 * default. The context is read as cdktf hands it over, so that a file that is wrong leaves no trace of an app.
 */
export function accessFilePath(environment: NodeJS.ProcessEnv = process.env): string {
  const context = JSON.parse(environment["CDKTF_CONTEXT_JSON"] || "{}") as { readonly accessFile?: unknown };
  if (typeof context.accessFile === "string" && context.accessFile !== "") return context.accessFile;
  return environment["AOSS_PRIVATELINK_FILE"] || defaultAccessFile;
}
