import type { AccessFile } from "../access-file";
import type { LocatedProblem } from "../describe-issue";
import { backendOfStack, type StateBackend } from "../state-backend";

/** Backends that let two runs write a state at once; that of all stacks is told once. */
export function backendWarnings({ backend: forAll, stacks }: AccessFile): LocatedProblem[] {
  const own = Object.entries(stacks).flatMap(([name, { backend }]) =>
    backend && !isThatOfAll(backend, name, forAll)
      ? [{ backend, path: ["stacks", name, "backend"] as const }]
      : [],
  );
  const isUsed = own.length < Object.keys(stacks).length;
  const all = [...(forAll && isUsed ? [{ backend: forAll, path: ["backend"] as const }] : []), ...own];
  return all.flatMap(({ backend, path }) => warningOf(backend, path));
}

const isThatOfAll = (backend: StateBackend, stack: string, forAll: StateBackend | undefined): boolean =>
  JSON.stringify(backend) === JSON.stringify(backendOfStack(forAll, stack));

function warningOf({ s3, http }: StateBackend, path: readonly string[]): LocatedProblem[] {
  if (s3?.useLockfile === false) {
    return [
      {
        path: [...path, "s3", "useLockfile"],
        problem: "the state in S3 is not locked: two runs at once may lose what one of them made",
        remedy: "leave out useLockfile, which needs Terraform or OpenTofu 1.10",
      },
    ];
  }
  if (http && http.lockAddress === undefined) {
    return [
      {
        path: [...path, "http"],
        atKey: true,
        problem: "the state behind a URL is not locked: two runs at once may lose what one of them made",
        remedy: "add lockAddress and unlockAddress, if the server has them",
      },
    ];
  }
  return [];
}
