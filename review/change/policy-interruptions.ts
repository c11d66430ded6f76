import { accessRows, mentionedNames, type WorldDataPolicy, type WorldNetworkPolicy } from "../../service";
import type { ResourceChange } from "../../terraform";
import type { Interruption } from "./access-change";
import { addPermit } from "./data-difference";
import { DoubtedNames } from "./doubted-names";
import type { OpenedSide } from "./opened-names";
import { PathList, vpcsIn } from "./path-list";
import { Permitted, permitsByPrincipal } from "./permitted";
import { isReplaced, replacedFor } from "./replacement";
import type { Step } from "./step";

const until = "the new policy is made; it may take a minute more to have effect";

/**
 * What is open before and after, and not while a policy makes place for its successor. Where one policy goes and another
 * takes over, Terraform does both at once, and nothing is told.
 */
export function policyInterruptions(step: Step, changes: readonly ResourceChange[]): Interruption[] {
  const going = new Map(
    changes
      .filter(
        ({ type, change }) =>
          isReplaced(change) &&
          /^aws_opensearchserverless_(?:security|access)_policy$/.test(type) &&
          change.actions[0] === "delete",
      )
      .map((one) => [one.address, one]),
  );
  if (going.size === 0) return [];
  const goes = ({ address }: { readonly address?: string | undefined }) => going.has(address ?? "");
  const { networkPolicies, dataPolicies } = step.worlds.before.world;
  const told = [
    ...networkInterruptions(
      step,
      networkPolicies.filter(goes),
      networkPolicies.filter((one) => !goes(one)),
    ),
    ...dataInterruptions(
      step,
      dataPolicies.filter(goes),
      dataPolicies.filter((one) => !goes(one)),
    ),
  ];
  return told.flatMap(({ policy, paths }) => {
    const one = going.get(policy.address ?? "");
    const loses = paths.all();
    if (!one || loses.length === 0) return [];
    const because = replacedFor(one.change);
    return [
      {
        reason: "policy-replaced",
        address: one.address,
        name: policy.name,
        because,
        vpcIds: vpcsIn(loses),
        loses,
        until,
      },
    ];
  });
}

interface Told {
  readonly policy: { readonly name: string; readonly address?: string | undefined };
  readonly paths: PathList;
}

function networkInterruptions(
  step: Step,
  going: readonly WorldNetworkPolicy[],
  staying: readonly WorldNetworkPolicy[],
): Told[] {
  if (going.length === 0) return [];
  const { before, names } = step.opened;
  const meanwhile = before.named(names, staying);
  const doubted = new DoubtedNames(step.worlds.after.doubts, "network");
  return going.map((policy) => {
    const paths = new PathList();
    for (const [name, opened] of ownOf(before, policy)) {
      const group = step.groupOf(name);
      if (!group) continue;
      const still = before.letIn(name, meanwhile.get(name));
      for (const kind of ["collection", "dashboard"] as const) {
        const after = doubted.has(name) ? group.before[kind] : group.after[kind];
        // a dashboard is cut off with its collection too
        const own = kind === "collection" ? opened.collection : opened.collection | opened.dashboard;
        const cut = own & group.before[kind] & after & ~still[kind];
        for (const who of step.who.whoIn(cut, "before")) paths.add(who, kind, [name]);
      }
    }
    return { policy, paths };
  });
}

/** Who gets in by one policy alone, by the names that it mentions. */
const ownOf = (side: OpenedSide, policy: WorldNetworkPolicy) =>
  side.named(mentionedNames([policy]), [policy]);

function dataInterruptions(
  step: Step,
  going: readonly WorldDataPolicy[],
  staying: readonly WorldDataPolicy[],
): Told[] {
  if (going.length === 0) return [];
  const { world } = step.worlds.before;
  const permitsIn = (dataPolicies: readonly WorldDataPolicy[]) =>
    permitsByPrincipal(
      accessRows({ ...world, endpoints: [], networkPolicies: [], dataPolicies }),
      (one) => one,
    );
  const meanwhile = permitsIn(staying);
  const after = permitsByPrincipal(step.rows.after, (one) => step.same.keyAfter(one) ?? one);
  const stillPermitted = permittedIn(meanwhile);
  const permittedAfter = permittedIn(after);
  return going.map((policy) => {
    const paths = new PathList();
    for (const [principal, { permits }] of permitsIn([policy])) {
      const own = new Permitted(permits);
      const forGood = new Permitted(own.without(permittedAfter(principal)));
      const comingBack = new Permitted(own.without(forGood));
      for (const permit of comingBack.without(stillPermitted(principal))) {
        addPermit(paths, principal, permit);
      }
    }
    return { policy, paths };
  });
}

/** What each principal is permitted, gathered when it is asked for. */
function permittedIn(all: ReturnType<typeof permitsByPrincipal>): (principal: string) => Permitted {
  const gathered = new Map<string, Permitted>();
  return (principal) => {
    const permitted = gathered.get(principal) ?? new Permitted(all.get(principal)?.permits ?? []);
    gathered.set(principal, permitted);
    return permitted;
  };
}
