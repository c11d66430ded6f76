import type { StackEntry } from "../access-file";
import type { LocatedProblem } from "../describe-issue";

/** Backends that let two runs write the state at once. */
export function backendWarnings(stacks: Readonly<Record<string, StackEntry>>): LocatedProblem[] {
  return Object.entries(stacks).flatMap(([name, { backend }]) => {
    const at = ["stacks", name];
    if (backend?.s3?.useLockfile === false) {
      return [
        {
          path: at,
          atKey: true,
          problem: "the state in S3 is not locked: two runs at once may lose what one of them made",
          remedy: "leave out useLockfile, which needs Terraform or OpenTofu 1.10",
        },
      ];
    }
    if (backend?.http && backend.http.lockAddress === undefined) {
      return [
        {
          path: at,
          atKey: true,
          problem: "the state behind a URL is not locked: two runs at once may lose what one of them made",
          remedy: "add lockAddress and unlockAddress, if the server has them",
        },
      ];
    }
    return [];
  });
}
