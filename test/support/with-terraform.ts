import { missingReason } from "../e2e/global-setup";

/** `describe` for what needs the real Terraform and provider; skipped, with the reason, where they are missing. */
export function describeWithTerraform(name: string, tests: () => void): void {
  jest.setTimeout(180_000);
  const reason = process.env[missingReason];
  if (reason === undefined) describe(name, tests);
  else describe.skip(`${name} (skipped: ${reason})`, tests);
}
