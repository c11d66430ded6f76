import path from "node:path";
import type { Problem } from "../../service";
import { entriesOf, fieldOf, listOf } from "../as-written";
import type { LocatedProblem } from "../describe-issue";
import type { Path } from "../positions";
import { stackReferences } from "../references";
import { secretWithin } from "../schema/secrets";
import { backendOfStack } from "../state-backend";
import type { Stacks } from "./places";

/** The backend of a stack as written, `{stack}` filled in. */
interface Written {
  readonly stack: string;
  readonly backend: unknown;
  readonly at: Path;
  /** Whether it is the one for all stacks. */
  readonly isShared: boolean;
}

/** Something that no two stacks may have in common. */
interface Claim {
  readonly of: Written;
  readonly place: string;
  /** How the place is told; without a query string, in which a secret may stand. */
  readonly shown: string;
  /** Below the backend. */
  readonly field: Path;
  readonly what: "state" | "lock";
}

const hcpTerraform = "app.terraform.io";

/** What is wrong between the backends of stacks: two states in one place, a state that cannot be read by another. */
export function backendProblems(file: unknown, stacks: Stacks): LocatedProblem[] {
  const all = Object.keys(stacks).map((stack) => writtenBackend(file, stack));
  const claims = all.flatMap(claimsOf);
  return [
    ...claimedTwice(claims),
    ...locksOnStates(claims),
    ...tagsWithinOthers(all),
    ...references(all, stacks),
  ];
}

function writtenBackend(file: unknown, stack: string): Written {
  const own = fieldOf(fieldOf(fieldOf(file, "stacks"), stack), "backend");
  const isShared = own === undefined;
  const backend = backendOfStack(own ?? fieldOf(file, "backend") ?? { local: {} }, stack);
  return { stack, backend, at: isShared ? ["backend"] : ["stacks", stack, "backend"], isShared };
}

function claimsOf(of: Written): Claim[] {
  return entriesOf(of.backend).flatMap(([kind, settings]): Claim[] => {
    const given = (field: string) => {
      const value = fieldOf(settings, field);
      return typeof value === "string" ? value : undefined;
    };
    const claim = (field: Path, place: string, shown = place, what: Claim["what"] = "state"): Claim[] =>
      // A credential in it is told by itself, and not repeated here.
      secretWithin("", place) ? [] : [{ of, place, shown, field: [kind, ...field], what }];
    if (kind === "local") {
      const file = path.posix.normalize(given("path") ?? `terraform.${of.stack}.tfstate`);
      return claim(given("path") === undefined ? [] : ["path"], file);
    }
    if (kind === "s3") {
      const [bucket, key] = [given("bucket"), given("key")];
      return bucket === undefined || key === undefined ? [] : claim(["key"], `s3://${bucket}/${key}`);
    }
    if (kind === "http") {
      return (["address", "lockAddress", "unlockAddress"] as const).flatMap((field) => {
        const value = given(field) ?? "";
        if (!URL.canParse(value)) return [];
        const { href, origin, pathname } = new URL(value);
        const what = field === "address" ? "state" : "lock";
        return claim([field], what === "lock" ? `${field} ${href}` : href, `${origin}${pathname}`, what);
      });
    }
    const name = fieldOf(fieldOf(settings, "workspaces"), "name");
    return kind === "cloud" && typeof name === "string"
      ? claim(["workspaces", "name"], `${organizationOf(settings)}/${name}`)
      : [];
  });
}

const organizationOf = (cloud: unknown): string => {
  const given = String(fieldOf(cloud, "hostname") ?? hcpTerraform).toLowerCase();
  // Terraform takes a host name with the port of https for the same.
  const host = given.replace(/:0*443$/, "");
  return `${host}/${String(fieldOf(cloud, "organization") ?? "")}`;
};

/** Told once of the backend for all stacks, else of each stack but the first. */
function claimedTwice(claims: readonly Claim[]): LocatedProblem[] {
  const byPlace = new Map<string, Claim[]>();
  for (const claim of claims) byPlace.set(claim.place, [...(byPlace.get(claim.place) ?? []), claim]);
  return [...byPlace.values()].flatMap((same) => {
    const shared = same.filter(({ of }) => of.isShared);
    const [first, ...others] = [...shared.slice(0, 1), ...same.filter(({ of }) => !of.isShared)];
    const together = shared.length > 1 && first ? [problemOf(first, sharedByAll(first, shared))] : [];
    return [...together, ...others.map((one) => problemOf(one, second(one, first as Claim)))];
  });
}

const problemOf = ({ of, field }: Claim, problem: Problem): LocatedProblem => ({
  path: [...of.at, ...field],
  ...problem,
});

function sharedByAll({ field, shown, what }: Claim, shared: readonly Claim[]): Problem {
  const names = shared.map(({ of }) => of.stack);
  const [named, last] =
    names.length > 4 ? [names.slice(0, 3), `${names.length - 3} more`] : [names.slice(0, -1), names.at(-1)];
  return {
    problem: `${field.at(-1)}: stacks ${named.join(", ")} and ${last} share one ${what}, ${shown}`,
    remedy: "put {stack} into it, which stands for the name of the stack",
  };
}

const second = ({ field, shown, what }: Claim, first: Claim): Problem => ({
  problem: `${field.at(-1)}: ${shown} is the ${what} of stack ${first.of.stack} already`,
  remedy: `give this stack a ${what} of its own`,
});

/** What locks one stack would write over the state of another. */
function locksOnStates(claims: readonly Claim[]): LocatedProblem[] {
  return claims.flatMap((lock) => {
    if (lock.what !== "lock") return [];
    const href = lock.place.slice(lock.place.indexOf(" ") + 1);
    const taken = claims.find(
      ({ what, place, of }) => what === "state" && place === href && of.stack !== lock.of.stack,
    );
    if (taken === undefined) return [];
    const problem = `${lock.field.at(-1)}: ${lock.shown} is where stack ${taken.of.stack} has its state, which a lock would overwrite`;
    return [problemOf(lock, { problem, remedy: "give this stack a lock of its own" })];
  });
}

/** A stack can be deployed to every workspace that has all of its tags: those of another stack must not be among them. */
function tagsWithinOthers(all: readonly Written[]): LocatedProblem[] {
  const tagged = all.flatMap((of) => {
    const cloud = fieldOf(of.backend, "cloud");
    const tags = listOf(fieldOf(cloud, "workspaces"), "tags");
    return tags.length === 0 ? [] : [{ of, organization: organizationOf(cloud), tags: new Set(tags) }];
  });
  const told = new Set<string>();
  return tagged.flatMap((one, index) =>
    tagged.slice(0, index).flatMap((before) => {
      if (one.organization !== before.organization) return [];
      const [fewer, more] = one.tags.size < before.tags.size ? [one, before] : [before, one];
      const at = [...one.of.at, "cloud", "workspaces", "tags"];
      if (![...fewer.tags].every((tag) => more.tags.has(tag)) || told.has(at.join())) return [];
      told.add(at.join());
      return [
        {
          path: at,
          problem: `tags: workspaces of stack ${more.of.stack} have all the tags of stack ${fewer.of.stack} too, and could be taken for its own`,
          remedy: one.of.isShared
            ? "add a tag with {stack}"
            : "add a tag that tells the stacks apart to each",
        },
      ];
    }),
  );
}

/** A stack whose endpoints others name has to say where its state is. */
function references(all: readonly Written[], stacks: Stacks): LocatedProblem[] {
  const byTags = new Set(
    all
      .filter(
        ({ backend }) => fieldOf(fieldOf(fieldOf(backend, "cloud"), "workspaces"), "tags") !== undefined,
      )
      .map(({ stack }) => stack),
  );
  return Object.keys(stacks).flatMap((name) =>
    stackReferences(name, stacks)
      .filter(({ stack }) => byTags.has(stack))
      .map(({ stack, path: at }) => ({
        path: at,
        problem: `the workspace of stack ${stack} is chosen by tags, so that it is not known whose state has the endpoint`,
        remedy: `give stack ${stack} workspaces.name in its backend, or name the endpoint by its id`,
      })),
  );
}
