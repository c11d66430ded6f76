import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { type Problem, quotas, RuleError } from "../service";
import { pathOf } from "./address";
import { isKnown } from "./known";
import { accountAndRegion } from "./place";
import { claimVpcs, type PlacedEndpoint, tokenVpcsTwice, type VpcClaims } from "./vpc-claims";

/** What has a name that is unique in an account and Region, and how many AWS takes there, where that is limited. */
const kinds = {
  endpoint: { plural: "endpoints", quota: quotas.managedEndpointsPerAccount },
  collection: { plural: "collections", quota: undefined },
  "network policy": { plural: "network policies", quota: quotas.networkPolicies },
  "encryption policy": { plural: "encryption policies", quota: quotas.encryptionPolicies },
  "data access policy": { plural: "data access policies", quota: quotas.dataAccessPolicies },
  "lifecycle policy": { plural: "lifecycle policies", quota: undefined },
} as const;

/** A kind of thing that the registry knows. */
export type RegisteredKind = keyof typeof kinds;

/** What the registry needs to know of an endpoint. */
interface RegisteredEndpoint extends PlacedEndpoint {
  readonly endpointName: string;
  atTheEnd(): Problem | undefined;
}

interface Named {
  readonly construct: IConstruct;
  /** Asked at the end of synthesis. */
  names(): readonly string[];
}

interface Encrypting {
  readonly construct: IConstruct;
  /** Asked at the end of synthesis. */
  patterns(): readonly string[];
}

interface OfStack {
  readonly endpoints: RegisteredEndpoint[];
  readonly named: Record<RegisteredKind, Named[]>;
  readonly encrypting: Encrypting[];
}

interface Registry {
  readonly claims: VpcClaims;
  readonly stacks: Map<TerraformStack, OfStack>;
}

/** One registry for each app; an app that is thrown away takes its registry along. */
const registries = new WeakMap<IConstruct, Registry>();

/**
 * Notes an endpoint, over all stacks of the app. A second one of its generation in a VPC is refused at once if the
 * VPC is known, else at the end of synthesis; so are two managed ones of one name and more than AWS's quota in an
 * account and Region.
 */
export function registerEndpoint(endpoint: RegisteredEndpoint): void {
  const registry = registryOf(endpoint);
  const problem = claimVpcs(registry.claims, endpoint);
  if (problem) throw new RuleError(problem, pathOf(endpoint));
  ofStack(registry, endpoint).endpoints.push(endpoint);
  // The quota is on managed endpoints, and the name of another one is a mere tag.
  if (endpoint.generation === "classic") registerNames("endpoint", endpoint, () => [endpoint.endpointName]);
}

/**
 * Notes the names in AWS of what a construct makes. Two of one kind and name in an account and Region are refused at
 * the end of synthesis, and so are more of a kind than AWS's quota.
 */
export function registerNames(
  kind: RegisteredKind,
  construct: IConstruct,
  names: () => readonly string[],
): void {
  ofStack(registryOf(construct), construct).named[kind].push({ construct, names });
}

/**
 * Notes what a construct's encryption policies name. AWS refuses a pattern that stands in two of them, so that is
 * refused at the end of synthesis; overlapping patterns are fine.
 */
export function registerEncryption(construct: IConstruct, patterns: () => readonly string[]): void {
  ofStack(registryOf(construct), construct).encrypting.push({ construct, patterns });
}

function registryOf(construct: IConstruct): Registry {
  const root = construct.node.root;
  const registry: Registry = registries.get(root) ?? { claims: new Map(), stacks: new Map() };
  registries.set(root, registry);
  return registry;
}

function ofStack(registry: Registry, construct: IConstruct): OfStack {
  const stack = TerraformStack.of(construct);
  const known = registry.stacks.get(stack);
  if (known) return known;
  const made = nothing();
  registry.stacks.set(stack, made);
  stack.node.addValidation({
    validate: () =>
      [
        ...unfinished(made),
        ...tokenVpcsTwice(made.endpoints, stack),
        ...perAccountLimits(registry, stack),
      ].map(({ problem, remedy }) => `${problem}; ${remedy}`),
  });
  return made;
}

const nothing = (): OfStack => ({
  endpoints: [],
  named: {
    endpoint: [],
    collection: [],
    "network policy": [],
    "encryption policy": [],
    "data access policy": [],
    "lifecycle policy": [],
  },
  encrypting: [],
});

/** Asked of all endpoints of a stack in one go: a validation in each would cost more than the question. */
function unfinished({ endpoints }: OfStack): Problem[] {
  return endpoints.flatMap((endpoint) => {
    const problem = endpoint.atTheEnd();
    return problem ? [{ ...problem, problem: `${pathOf(endpoint)}: ${problem.problem}` }] : [];
  });
}

/** Counts this stack and those before it, and so reports in the stack that goes over: each mistake is said once. */
function perAccountLimits(registry: Registry, stack: TerraformStack): Problem[] {
  const place = accountAndRegion(stack);
  const stacks = [...registry.stacks.keys()];
  const before = stacks
    .slice(0, stacks.indexOf(stack))
    .filter((other) => accountAndRegion(other) === place)
    .flatMap((other) => registry.stacks.get(other) ?? []);
  const here = registry.stacks.get(stack) ?? nothing();
  return [
    ...(Object.keys(kinds) as RegisteredKind[]).flatMap((kind) => {
      const earlier = uses(before.flatMap(({ named }) => named[kind]));
      const now = uses(here.named[kind]);
      return [...tooMany(kind, earlier.length, now, place), ...namesTwice(kind, earlier, now)];
    }),
    ...encryptedTwice(
      before.flatMap(({ encrypting }) => encrypting),
      here.encrypting,
    ),
  ];
}

/** A name and the construct that gave it. */
interface NameUse {
  readonly construct: IConstruct;
  readonly name: string;
}

const uses = (named: readonly Named[]): NameUse[] =>
  named.flatMap((one) => one.names().map((name) => ({ construct: one.construct, name })));

function tooMany(kind: RegisteredKind, before: number, here: readonly NameUse[], place: string): Problem[] {
  const { plural, quota } = kinds[kind];
  if (!quota || before > quota.limit) return [];
  const over = here[quota.limit - before];
  if (!over) return [];
  return [
    {
      problem: `more than ${quota.limit} ${plural} in ${place}, ${pathOf(over.construct)} is the first too many`,
      remedy: `${kind === "endpoint" ? "" : "let collections share policies, as PrivateAccess does, or "}move some to another account or Region; AWS does not raise this quota`,
    },
  ];
}

function namesTwice(kind: RegisteredKind, before: readonly NameUse[], here: readonly NameUse[]): Problem[] {
  const seen = new Map(before.map((one) => [one.name, one]));
  return here.flatMap((one) => {
    const first = seen.get(one.name);
    if (isKnown(one.name)) seen.set(one.name, first ?? one);
    if (!first) return [];
    const problem = `${kind} name "${one.name}" is used already, by ${pathOf(first.construct)}`;
    return [{ problem, remedy: "give it another name; names are unique in an account and Region" }];
  });
}

function encryptedTwice(before: readonly Encrypting[], here: readonly Encrypting[]): Problem[] {
  const seen = new Map<string, IConstruct>();
  const patternsOf = (one: Encrypting) => new Set(one.patterns().filter((pattern) => isKnown(pattern)));
  for (const one of before) for (const pattern of patternsOf(one)) seen.set(pattern, one.construct);
  return here.flatMap((one) =>
    [...patternsOf(one)].flatMap((pattern) => {
      const first = seen.get(pattern);
      seen.set(pattern, first ?? one.construct);
      if (!first) return [];
      return [
        {
          problem: `collection "${pattern}" is in two encryption policies, ${pathOf(first)} and ${pathOf(one.construct)}`,
          remedy: "leave it out of one; AWS takes a name or pattern in one encryption policy only",
        },
      ];
    }),
  );
}
