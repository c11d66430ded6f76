/** A version of a policy or configuration: opaque to callers, in the form of AWS's, such as MTY2OTI0MDAwNTk5MF8x. */
export const versionOf = (now: number, revision: number): string =>
  Buffer.from(`${now}_${revision}`).toString("base64");
