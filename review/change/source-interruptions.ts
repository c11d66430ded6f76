import { cidrsLeftOut, type EndpointRow, parseCidr, type SourceRow } from "../../service";
import type { ResourceChange } from "../../terraform";
import { list, members, text, texts } from "../world";
import type { Interruption } from "./access-change";
import type { Who } from "./access-path";
import { base } from "./interruption-base";
import { PathList } from "./path-list";
import { isReplaced } from "./replacement";
import { pathEndpoint } from "./same-who";
import type { Step } from "./step";

const untilGroup =
  "the endpoint has the new security group; AWS refuses to delete one that is in use, so the apply may wait 15 minutes there and fail";
const untilRule = "the new rule is made and its security group is the endpoint's";

const untilOtherRule =
  "the rule that lets it in afterwards is made, which may be later: nothing puts the two in order";

const ruleTypes: ReadonlySet<string> = new Set([
  "aws_vpc_security_group_ingress_rule",
  "aws_security_group_rule",
]);

/** A group that is destroyed first loses its rules first, and then waits for the endpoint to let go of it. */
export function groupInterruptions(step: Step, changes: readonly ResourceChange[]): Interruption[] {
  return groupsGoingFirst(changes).flatMap((one) => {
    const id = text(members(one.change.before)["id"]) ?? "";
    const cuts = new Cuts(step);
    for (const [index, { before, after }] of step.who.endpoints.entries()) {
      if (!before || !after) continue;
      const own = before.sources.filter(({ securityGroupIds }) => securityGroupIds.join() === id);
      if (own.length === 0) continue;
      const isAll = own.length === before.sources.length && before.unknownSources.length === 0;
      if (isAll) cuts.add(index, { kind: "endpoint", ...pathEndpoint(before) }, before);
      else for (const source of own) cuts.add(index, sourceOf(before, source), before);
    }
    return cuts.told(one, "security-group-replaced", untilGroup);
  });
}

/**
 * A rule that is deleted before its successor is made cuts off what both let in, unless a source that stays covers it.
 */
export function ruleInterruptions(step: Step, changes: readonly ResourceChange[]): Interruption[] {
  const going = changes.filter(({ type, change }) => ruleTypes.has(type) && change.actions[0] === "delete");
  if (going.length === 0) return [];
  const byPlace = new Map(going.flatMap((one) => placesOf(one).map((place) => [place, one] as const)));
  const groups = new Set(groupsGoingFirst(changes).map(({ change }) => text(members(change.before)["id"])));
  const cuts = new Map<ResourceChange, Cuts>();
  for (const [index, { before, after }] of step.who.endpoints.entries()) {
    if (!before || !after) continue;
    const ruleOf = ({ value, securityGroupIds: [group, ...others] }: SourceRow) =>
      others.length === 0 && !groups.has(group) ? byPlace.get(`${group} ${value}`) : undefined;
    const staying = before.sources.filter((source) => ruleOf(source) === undefined);
    for (const source of before.sources) {
      const rule = ruleOf(source);
      const cut = rule && comingBack(source, staying, after, step);
      if (!rule || !cut) continue;
      const own = cuts.get(rule) ?? new Cuts(step);
      cuts.set(rule, own);
      own.add(index, { ...sourceOf(before, source), ...cut }, before);
    }
  }
  return [...cuts].flatMap(([rule, own]) =>
    own.told(rule, "source-replaced", isReplaced(rule.change) ? untilRule : untilOtherRule),
  );
}

const groupsGoingFirst = (changes: readonly ResourceChange[]) =>
  changes.filter(
    ({ type, change }) =>
      type === "aws_security_group" && isReplaced(change) && change.actions[0] === "delete",
  );

/** By security group and source, what a rule lets in. */
function placesOf({ change }: ResourceChange): string[] {
  const values = members(change.before);
  const sources = [
    ...[
      "cidr_ipv4",
      "cidr_ipv6",
      "prefix_list_id",
      "referenced_security_group_id",
      "source_security_group_id",
    ],
  ].flatMap((name) => text(values[name]) ?? []);
  const lists = ["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids"].flatMap((name) =>
    texts(list(values[name])),
  );
  return [...sources, ...lists].map((source) => {
    const block = parseCidr(source);
    return `${text(values["security_group_id"])} ${"problem" in block ? source : block.text}`;
  });
}

/** What of a source is let in before and after and by no source that stays; undefined for nothing. */
function comingBack(
  source: SourceRow,
  staying: readonly SourceRow[],
  after: EndpointRow,
  { same }: Step,
): { readonly addresses?: readonly string[] } | undefined {
  const later = after.sources.map((one) => ({ ...one, value: same.keyAfter(one.value) ?? one.value }));
  const isIn = (others: readonly SourceRow[]) =>
    others.some(({ kind, value }) => kind === source.kind && value === source.value);
  if (source.kind !== "cidr") return !isIn(staying) && isIn(later) ? {} : undefined;
  const own = [source.value];
  // what both let in is what is left without what only the old rule lets in
  const both = cidrsLeftOut(own, cidrsLeftOut(own, blocksIn(later)));
  const cut = cidrsLeftOut(both, blocksIn(staying));
  if (cut.length === 0) return undefined;
  return cut.join() === cidrsLeftOut(own, []).join() ? {} : { addresses: cut };
}

const blocksIn = (sources: readonly SourceRow[]) =>
  sources.flatMap(({ kind, value }) => (kind === "cidr" ? [value] : []));

const sourceOf = (row: EndpointRow, source: SourceRow): Extract<Who, { kind: "source" }> => ({
  kind: "source",
  endpoint: pathEndpoint(row),
  source,
});

/** What one change cuts off at endpoints that stay. */
class Cuts {
  private readonly loses = new PathList();
  private readonly vpcIds = new Set<string>();

  constructor(private readonly step: Step) {}

  add(index: number, who: Who, { vpcId }: EndpointRow): void {
    const kept = this.step.opens.kept(index);
    if (vpcId !== undefined) this.vpcIds.add(vpcId);
    for (const kind of ["collection", "dashboard"] as const) {
      if (kept[kind].length > 0) this.loses.add(who, kind, kept[kind]);
    }
  }

  told(one: ResourceChange, reason: Interruption["reason"], until: string): Interruption[] {
    const loses = this.loses.all();
    return loses.length === 0 ? [] : [{ ...base(reason, one), vpcIds: [...this.vpcIds], loses, until }];
  }
}
