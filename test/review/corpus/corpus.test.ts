import type { AccessPath } from "../../../review/change";
import { review } from "../../../review/findings";
import { caseNames, type Expected, readCase } from "./case";

/** Before any acceptance could have ended. */
const today = "2026-11-25";

describe("the corpus of plans by the real provider", () => {
  test.each(caseNames())("%s", (name) => {
    const { plan, config, expected } = readCase(name);
    const { change, findings } = review({ plan, ...(config ? { config } : {}), today });
    const { gained, lost, unsure, interruptions, drift } = change;
    const { what, because, notSeen, ...rest } = expected;
    expect({
      gained: linesOf(gained),
      lost: linesOf(lost),
      unsure: linesOf(unsure),
      interruptions: interruptions.map(({ reason, address, loses }) => ({
        reason,
        address,
        loses: linesOf(loses),
      })),
      drift: {
        resources: drift.resources.map(({ address }) => address).sort(),
        gained: linesOf(drift.gained),
        lost: linesOf(drift.lost),
        unsure: linesOf(drift.unsure),
      },
      findings: findings.map(({ id, address }) => (address === undefined ? id : `${id} ${address}`)).sort(),
    } satisfies Omit<Expected, "what" | "because" | "notSeen">).toEqual(rest);
    expect(change.notSeen.map((line) => notSeen.find((part) => line.includes(part)) ?? line).sort()).toEqual(
      [...notSeen].sort(),
    );
  });
});

/** One line for each collection, and for each permission of a principal; sorted. */
function linesOf(paths: readonly AccessPath[]): string[] {
  return paths
    .flatMap(({ who, kind, collections, except, scope }): string[] => {
      const but = except === undefined ? "" : ` but ${except.join(", ")}`;
      if (who.kind === "principal") {
        const { principal, on, permissions, within } = who;
        const end = within === undefined ? "" : `/${within}`;
        return collections.flatMap((name) =>
          permissions.map((permission) => `principal ${principal} ${permission} ${on}/${name}${end}${but}`),
        );
      }
      const where = scope === undefined ? "" : ` in ${scope}`;
      if (collections.length === 0) return [`${nameOf(who)} -> nothing${where}`];
      return collections.map((name) => `${nameOf(who)} -> ${kind} ${name}${but}${where}`);
    })
    .sort();
}

function nameOf(who: Exclude<AccessPath["who"], { kind: "principal" }>): string {
  switch (who.kind) {
    case "public":
      return "public";
    case "service":
      return `service ${who.service}`;
    case "endpoint":
      return `endpoint ${who.name ?? who.id}`;
    case "source": {
      const { source, addresses, endpoint } = who;
      const part = addresses ? ` (${addresses.join(", ")})` : "";
      return `${source.kind} ${source.value}${part} via ${endpoint.name ?? endpoint.id}`;
    }
  }
}
