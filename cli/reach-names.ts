import type { ReadWorld } from "../review";
import { didYouMean, documentedServices } from "../service";
import { CommandError } from "./command-error";

/** What a symbolic id is of: `apps` is `<id of apps>`. */
export const shortOf = (id: string): string => /^<id of (.*)>$/.exec(id)?.[1] ?? id;

/** One endpoint with all that it may be called, the clearest last. */
interface Called {
  readonly id: string;
  readonly names: readonly string[];
  readonly stack?: string;
}

/**
 * The id of the endpoint that is called so: by its id, name, address, key, or `STACK.KEY`. Of several the one of the
 * stacks that are named is meant; where that does not tell, they are told.
 */
export function endpointCalled(
  read: ReadWorld,
  given: string,
  at: string,
  stacks: ReadonlySet<string> | undefined,
): string | undefined {
  const found = endpointsOf(read).filter(({ id, names }) => id === given || names.includes(given));
  const exact = found.find(({ id }) => id === given);
  if (exact) return exact.id;
  const own = found.filter(({ stack }) => stack !== undefined && stacks?.has(stack));
  const [only, ...others] = distinct(own.length > 0 ? own : found);
  if (others.length === 0) return only?.id;
  const candidates = [only, ...others].map((one) => one?.names.at(-1) ?? one?.id);
  throw new CommandError(
    "several endpoints are called so",
    at,
    `give one of ${candidates.sort().join(", ")}`,
    2,
  );
}

/** Refuses what is the name of nobody, with what may have been meant. */
export function notAnybody(read: ReadWorld, given: string, at: string): never {
  const names = endpointsOf(read).flatMap((one) => one.names);
  const services = new Map(documentedServices.map((service) => [service.split(".")[0] ?? service, service]));
  const close = didYouMean(given, [...names, "public", ...services.keys()]);
  const meant = close === undefined || names.includes(close) ? close : (services.get(close) ?? close);
  const forms =
    "a CIDR block, sg-…, pl-…, vpce-… or an endpoint's name, key or STACK.KEY, a service such as bedrock.amazonaws.com, the ARN of a role or user, or public";
  throw new CommandError(
    "nobody is called so",
    at,
    `${meant ? `did you mean "${meant}"? ` : ""}give ${forms}`,
    2,
  );
}

function endpointsOf({ world, calledEndpoints }: ReadWorld): Called[] {
  const keyed = calledEndpoints.map(
    ({ id, stack, key }): Called => ({ id, stack, names: [key, `${stack}.${key}`] }),
  );
  const named = world.endpoints.map(({ id, name, address }): Called => {
    const stack = calledEndpoints.find((one) => one.id === id)?.stack;
    const names = [shortOf(id), address, name].flatMap((one) => one ?? []);
    return { id, names, ...(stack === undefined ? {} : { stack }) };
  });
  return [...keyed, ...named];
}

/** Each endpoint once, under the clearest of its names. */
const distinct = (all: readonly Called[]): Called[] => [
  ...new Map([...all].reverse().map((one) => [one.id, one])).values(),
];
