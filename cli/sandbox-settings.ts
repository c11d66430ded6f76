import { checkWith, type LocatedProblem, loadWithSchema } from "../config";
import {
  actionHints,
  type DescribeFaults,
  defaultWorld,
  FaultSwitch,
  faultsSchema,
  type Identity,
  identityFromPolicy,
  identityPolicySchema,
  OtherWorld,
  type Sandbox,
  type SandboxCall,
  type SandboxOptions,
  type Speed,
  StateInUse,
  startSandbox,
  UnreadableState,
  type WorldFile,
  worldSchema,
} from "../sandbox";
import { unknownRegionHint } from "../service";
import { CommandError } from "./command-error";

/** Options of the command line that make up a sandbox. */
export interface SandboxSettings {
  readonly port?: number;
  readonly world?: string;
  readonly openWorld?: boolean;
  readonly state?: string;
  readonly speed?: Speed;
  readonly record?: string;
  readonly faults?: string;
  readonly identity?: string;
  readonly region?: string;
}

/** Starts a sandbox; what keeps it from starting becomes an error for people. */
export async function start(settings: SandboxSettings): Promise<Sandbox> {
  const { world: worldFile, faults, identity, region: _region, ...given } = settings;
  const world = worldFile === undefined ? undefined : loadWithSchema(worldFile, "world file", worldSchema);
  for (const hint of regionHints(world ?? defaultWorld, settings)) console.error(`sandbox: ${hint}`);
  const [account = ""] = Object.keys((world ?? defaultWorld).accounts);
  const options: SandboxOptions = {
    ...given,
    ...(world === undefined ? {} : { world }),
    ...(identity === undefined ? {} : { identity: identityFrom(identity, account) }),
    faults: new FaultSwitch(
      faults === undefined ? undefined : loadWithSchema(faults, "faults file", faultsSchema),
      describeFaults,
    ),
  };
  try {
    const sandbox: Sandbox = await startSandbox({
      ...options,
      onCall: hintOnce(settings.openWorld ?? false, (id) => sandbox.hasIssued(id)),
      onFailure: ({ message }) =>
        console.error(`sandbox: a call failed, since a file cannot be written: ${message}`),
    });
    return sandbox;
  } catch (error) {
    throw startError(error, settings);
  }
}

/** The caller of `--identity`. IAM takes actions that there are not, so a slip in one is told and no mistake. */
function identityFrom(file: string, account: string): Identity {
  const policy = loadWithSchema(file, "identity policy", identityPolicySchema);
  for (const { place, action, meant } of actionHints(policy)) {
    console.error(`sandbox: --identity ${file}: ${place}: no ${action} is served; did you mean ${meant}?`);
  }
  return identityFromPolicy(policy, account);
}

/** AWS adds Regions, so one that is not known is taken; likely it is a slip. */
function regionHints(world: WorldFile, { world: file, region }: SandboxSettings): readonly string[] {
  const inWorld = new Set(Object.values(world.accounts).flatMap(({ regions }) => Object.keys(regions)));
  const asked = region === undefined || inWorld.has(region) ? [] : [["--region", region] as const];
  return [...[...inWorld].map((name) => [`--world ${file}`, name] as const), ...asked].flatMap(
    ([where, name]) => {
      const hint = unknownRegionHint(name);
      return hint === undefined ? [] : [`${where}: ${name} is ${hint}`];
    },
  );
}

/** Faults that are put while the sandbox runs are told of in the words of `--faults`. */
const describeFaults: DescribeFaults = (definition) => {
  const problems: LocatedProblem[] = [];
  checkWith(faultsSchema, definition, [], problems);
  return problems;
};

/**
 * Who brings ids of his own gets AWS's refusal from Terraform; the sandbox says why, and what helps. Of an id that it
 * gave out itself there is nothing to say: Terraform asks until what it deleted is gone.
 */
function hintOnce(isOpen: boolean, isOwn: (id: string) => boolean): (call: SandboxCall) => void {
  const told = new Set<string>();
  return ({ errorCode, errorMessage = "" }) => {
    if (errorCode === "NoSuchBucket" && !told.has(errorCode)) {
      told.add(errorCode);
      console.error(`sandbox: ${noBucket}`);
    }
    const [id] = /\b(?:vpc|subnet|sg|pl)-[0-9a-f]{8,17}\b/.exec(errorMessage) ?? [];
    if (id === undefined || told.has(id) || !/does not exist/.test(errorMessage) || isOwn(id)) return;
    told.add(id);
    console.error(`sandbox: ${id} is not in its world; ${isOpen ? inOpenWorld : inClosedWorld}`);
  };
}

const noBucket =
  "the S3 bucket is not in its world; --open-world takes buckets as they come, or name it under buckets of its Region in a --world file";
const inClosedWorld =
  '--open-world takes ids as they come, "aoss-privatelink sandbox world" prints the ids there are';
const inOpenWorld =
  "--open-world lets it be named, but there is nothing to read or change of it: describe it in a --world file";

function startError(error: unknown, { port, state, record }: SandboxSettings): unknown {
  const { syscall, path, code, message } = error as NodeJS.ErrnoException;
  if (error instanceof StateInUse) {
    const remedy =
      "end the other sandbox, or name another file; if there is none, delete the .lock file beside it";
    return new CommandError(`the state file is in use: ${message}`, `--state ${state}`, remedy, 1);
  }
  if (error instanceof UnreadableState) {
    const remedy = "name a file that a sandbox wrote, or a new one";
    return new CommandError(`the state file cannot be read: ${message}`, `--state ${state}`, remedy, 2);
  }
  if (error instanceof OtherWorld) {
    const remedy = "leave out --world, or name a new state file";
    return new CommandError("the state file holds another world", `--state ${state}`, remedy, 2);
  }
  if (syscall === "listen") {
    const remedy = "leave out --port, or give another";
    return new CommandError(`the sandbox cannot listen: ${message}`, `--port ${port}`, remedy, 1);
  }
  if (syscall !== undefined && (state ?? record) !== undefined) {
    const isRecord = record !== undefined && path === record;
    const where = isRecord ? `--record ${record}` : `--state ${state}`;
    if (code === "EISDIR") {
      const problem = `the ${isRecord ? "record" : "state file"} is a folder, not a file`;
      return new CommandError(problem, where, "name a file", 2);
    }
    const remedy = "name a file that you may write, in a folder that is there";
    return new CommandError(`the file cannot be used: ${message}`, where, remedy, 2);
  }
  return error;
}
