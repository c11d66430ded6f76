import { identityFromPolicy } from "../../sandbox";
import { proofAccount, proofStacks } from "./access-file";
import { policiesFor } from "./policies";
import { Proof } from "./proof";
import { runWithout } from "./removal";
import { isShown, lineOf, type ProofLine, proofTable } from "./text";

/** What `npm run soak -- permissions` is told. */
export interface PermissionsOptions {
  /** Runs without these actions only. @default - all of the policies */
  readonly actions?: readonly string[];
  /** Whether a signal has arrived. */
  readonly isStopped: () => boolean;
}

/** The actions of the `deploy` policies of both versions of the access file. */
export function deployActions(): readonly string[] {
  const policies = [...policiesFor("first", "deploy"), ...policiesFor("changed", "deploy")];
  const statements = policies.flatMap(({ Statement }) => Statement);
  return [...new Set(statements.flatMap(({ Action }) => Action))].sort();
}

/**
 * The life cycle with exactly the generated policies, and then, for each of their actions, the phases that ask for it
 * without it. Returns the exit code: 1 if something went through that must not, or the other way round.
 * @param home the folder of this project
 */
export async function provePermissions(home: string, options: PermissionsOptions): Promise<number> {
  // The clients say at each start that they will leave Node.js 20 behind one day.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  const proof = await Proof.prepare(home);
  try {
    await proof.run((policies) => identityFromPolicy(policies, proofAccount));
    const reports = proofStacks.flatMap((stack) =>
      proof.reportsOf(stack).map((report) => ({ stack, ...report })),
    );
    for (const { stack, phase, changes, errors, seconds } of reports) {
      console.log([`${stack} ${phase}`, `${changes} changes`, `${seconds.toFixed(1)} s`].join(" | "));
      for (const error of errors) console.log(`    ${error}`);
    }
    const actions = deployActions();
    const granted = new Set(actions.map((action) => action.toLowerCase()));
    const outside = proof
      .actions()
      .filter((action) => action !== "sts:GetCallerIdentity" && !granted.has(action.toLowerCase()));
    const lines: ProofLine[] = [];
    for (const action of options.actions ?? actions) {
      if (options.isStopped()) break;
      const line = lineOf(proof, action);
      const removal = line.moments.length === 0 ? {} : { removal: await runWithout(proof, action) };
      lines.push({ ...line, ...removal });
      console.log(proofTable(lines.slice(-1)).split("\n").at(-1));
      for (const error of removal.removal?.failure ? [removal.removal.failure.error] : [])
        console.log(`    ${error}`);
    }
    const unshown = lines.filter((line) => !isShown(line));
    console.log(`\n${proofTable(lines)}\n`);
    console.log(`${lines.length} actions, ${unshown.length} of which nothing shows that they are needed`);
    console.log(`asked for and not in the policies: ${outside.join(", ") || "none"}`);
    const isPassed = reports.every(({ errors }) => errors.length === 0) && outside.length === 0;
    if (options.isStopped()) return 130;
    return isPassed && unshown.length === 0 ? 0 : 1;
  } finally {
    proof.close();
  }
}
