import { DefaultTokenResolver, StringConcat, TerraformProvider, TerraformStack, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import { type Problem, quotas, RuleError } from "../service";
import { isKnown } from "./known";

/** What the registry needs to know of a managed endpoint. */
interface RegisteredEndpoint extends IConstruct {
  readonly vpcId: string;
  readonly endpointName: string;
  atTheEnd(): Problem | undefined;
}

/** What the registry needs to know of a network policy. */
interface RegisteredPolicy extends IConstruct {
  readonly policyName: string;
}

interface OfStack {
  readonly endpoints: RegisteredEndpoint[];
  readonly policies: RegisteredPolicy[];
}

interface Registry {
  readonly byVpc: Map<string, RegisteredEndpoint>;
  readonly stacks: Map<TerraformStack, OfStack>;
}

/** One registry for each app; an app that is thrown away takes its registry along. */
const registries = new WeakMap<IConstruct, Registry>();

/**
 * Notes a managed endpoint, over all stacks of the app. A second one in a VPC is refused at once if the VPC is
 * known, else at the end of synthesis; so are two of one name and more than AWS's quota in an account and Region.
 */
export function registerEndpoint(endpoint: RegisteredEndpoint): void {
  const registry = registryOf(endpoint);
  if (isKnown(endpoint.vpcId)) {
    const first = registry.byVpc.get(endpoint.vpcId);
    if (first) throw new RuleError(secondInVpc(endpoint.vpcId, first), endpoint.node.path);
    registry.byVpc.set(endpoint.vpcId, endpoint);
  }
  ofStack(registry, endpoint).endpoints.push(endpoint);
}

/** Notes a network policy; two of one name in an account and Region are refused at the end of synthesis. */
export function registerPolicy(policy: RegisteredPolicy): void {
  ofStack(registryOf(policy), policy).policies.push(policy);
}

function registryOf(construct: IConstruct): Registry {
  const root = construct.node.root;
  const registry: Registry = registries.get(root) ?? { byVpc: new Map(), stacks: new Map() };
  registries.set(root, registry);
  return registry;
}

function ofStack(registry: Registry, construct: IConstruct): OfStack {
  const stack = TerraformStack.of(construct);
  const known = registry.stacks.get(stack);
  if (known) return known;
  const made: OfStack = { endpoints: [], policies: [] };
  registry.stacks.set(stack, made);
  stack.node.addValidation({
    validate: () =>
      [...unfinished(made), ...tokenVpcsTwice(made, stack), ...perAccountLimits(registry, stack)].map(
        ({ problem, remedy }) => `${problem}; ${remedy}`,
      ),
  });
  return made;
}

/** Asked of all endpoints of a stack in one go: a validation in each would cost more than the question. */
function unfinished({ endpoints }: OfStack): Problem[] {
  return endpoints.flatMap((endpoint) => {
    const problem = endpoint.atTheEnd();
    return problem ? [{ ...problem, problem: `${endpoint.node.path}: ${problem.problem}` }] : [];
  });
}

function secondInVpc(vpc: string, first: RegisteredEndpoint) {
  return {
    problem: `VPC ${vpc} has an endpoint already, ${first.node.path}`,
    remedy: "a VPC takes one: use that endpoint in the grants",
  };
}

function tokenVpcsTwice({ endpoints }: OfStack, stack: TerraformStack) {
  const seen = new Map<string, RegisteredEndpoint>();
  return endpoints.flatMap((endpoint) => {
    if (isKnown(endpoint.vpcId)) return [];
    const resolver = new DefaultTokenResolver(new StringConcat());
    const vpc = String(Tokenization.resolve(endpoint.vpcId, { scope: stack, preparing: false, resolver }));
    const first = seen.get(vpc);
    if (first) return [secondInVpc(vpc, first)];
    seen.set(vpc, endpoint);
    return [];
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
  const here = registry.stacks.get(stack) ?? { endpoints: [], policies: [] };
  const { limit } = quotas.managedEndpointsPerAccount;
  const room = limit - before.flatMap(({ endpoints }) => endpoints).length;
  const over = room >= 0 ? here.endpoints[room] : undefined;
  return [
    ...(over
      ? [
          {
            problem: `more than ${limit} endpoints in ${place}, ${over.node.path} is the first too many`,
            remedy: "move some to another account or Region; AWS does not raise this quota",
          },
        ]
      : []),
    ...namesTwice(
      "endpoint",
      before.flatMap(({ endpoints }) => endpoints),
      here.endpoints,
      ({ endpointName }) => endpointName,
    ),
    ...namesTwice(
      "network policy",
      before.flatMap(({ policies }) => policies),
      here.policies,
      ({ policyName }) => policyName,
    ),
  ];
}

function namesTwice<Named extends IConstruct>(
  what: string,
  before: readonly Named[],
  here: readonly Named[],
  nameOf: (one: Named) => string,
): Problem[] {
  const seen = new Map(before.map((one) => [nameOf(one), one]));
  return here.flatMap((one) => {
    const name = nameOf(one);
    const first = seen.get(name);
    if (isKnown(name)) seen.set(name, first ?? one);
    if (!first) return [];
    const problem = `${what} name "${name}" is used already, by ${first.node.path}`;
    return [{ problem, remedy: "give it another name; names are unique in an account and Region" }];
  });
}

const places = new WeakMap<TerraformStack, string>();

/** Account and Region as the stack's AWS provider says; stacks that do not say share "one account", "one Region". */
function accountAndRegion(stack: TerraformStack): string {
  const known = places.get(stack);
  if (known) return known;
  const provider = stack.node
    .findAll()
    .find((node) => TerraformProvider.isTerraformProvider(node) && node.terraformResourceType === "aws") as
    | { readonly regionInput?: string; readonly allowedAccountIdsInput?: readonly string[] }
    | undefined;
  const account = provider?.allowedAccountIdsInput?.join(", ");
  const place = `${account ? `account ${account}` : "one account"}, ${provider?.regionInput ?? "one Region"}`;
  places.set(stack, place);
  return place;
}
