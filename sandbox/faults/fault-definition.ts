import { z } from "zod";
import { didYouMean, type Problem } from "../../service";
import { isReadName } from "../protocol/service";
import { services } from "../services";

const operationForm = /^(?:\*|[a-z][a-z0-9]*:(?:[A-Z][A-Za-z0-9]*\*?|\*))$/;

/** Which calls a fault strikes: of those that match, all but the first `after`, at most `times`, each at `rate`. */
const moment = {
  on: z.string().superRefine((on, context) => {
    if (operationForm.test(on)) return;
    const remedy = "write one such as aoss:CreateVpcEndpoint, or ec2:Describe*, ec2:*, *";
    context.addIssue({ code: "custom", message: `on: "${on}" is not an operation`, params: { remedy } });
  }),
  after: z.int().min(0).default(0),
  times: z.int().min(1).optional(),
  rate: z.number().gt(0).max(1).optional(),
};

const milliseconds = z.int().min(1).max(3_600_000);

const kind = <What extends string, Shape extends z.ZodRawShape>(what: What, shape: Shape) =>
  z.strictObject({ ...moment, what: z.literal(what), ...shape });

const faultSchema = z
  .discriminatedUnion("what", [
    kind("throttle", {}),
    kind("error", {}),
    kind("reset-before", {}),
    kind("reset-after", {}),
    kind("slow", { milliseconds }),
    kind("endpoint-fails", { code: z.string().min(1), message: z.string().min(1) }),
    kind("endpoint-pending", { milliseconds: milliseconds.optional() }),
    kind("stale-reads", { reads: z.int().min(1).max(1000) }),
    kind("concurrent-writer", {}),
  ])
  .superRefine((fault, context) => {
    // What is no operation is told by itself.
    const found = operationForm.test(fault.on) ? mismatch(fault) : undefined;
    if (!found) return;
    context.addIssue({
      code: "custom",
      path: ["on"],
      message: found.problem,
      params: { remedy: found.remedy },
    });
  });

/** A faults file: what goes wrong on purpose. The same seed and the same calls give the same faults. */
export const faultsSchema = z.strictObject({
  version: z.literal(1),
  seed: z.int().min(0).max(4_294_967_295).default(0),
  faults: z.array(faultSchema),
});

export type Fault = z.output<typeof faultSchema>;
export type FaultDefinition = z.output<typeof faultsSchema>;
/** A definition as it may be written: what has a default may be left out. */
export type FaultsFile = z.input<typeof faultsSchema>;

/** A definition of faults that cannot be taken; one line for each mistake, with its place: `faults[0].rate: ...`. */
export class InvalidFaults extends Error {}

/** One mistake in a definition, and where it is: `["faults", 0, "rate"]`. */
export interface FaultProblem extends Problem {
  readonly path: readonly PropertyKey[];
}

/** Says in words for people what is wrong with a definition that cannot be taken. */
export type DescribeFaults = (definition: unknown) => readonly FaultProblem[];

/** Reads a definition of faults. Throws `InvalidFaults`. @param describe @default - in the words of the schema */
export function readFaults(definition: unknown, describe: DescribeFaults = inWordsOfSchema): FaultDefinition {
  const read = faultsSchema.safeParse(definition);
  if (read.success) return read.data;
  const lines = describe(definition).map(({ path, problem, remedy }) =>
    [`${placeOf(path) || "faults file"}: ${problem}`, ...(remedy ? [remedy] : [])].join("; "),
  );
  throw new InvalidFaults(lines.join("\n"));
}

const inWordsOfSchema: DescribeFaults = (definition) =>
  (faultsSchema.safeParse(definition).error?.issues ?? []).map((issue) => ({
    path: issue.path,
    problem: issue.message,
    remedy: issue.code === "custom" ? String(issue.params?.["remedy"] ?? "") : "",
  }));

const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");

/** The operations that a fault is about; undefined if it can strike any. */
const operationsOf: Readonly<Partial<Record<Fault["what"], readonly string[]>>> = {
  "endpoint-fails": ["aoss:CreateVpcEndpoint", "aoss:UpdateVpcEndpoint"],
  "endpoint-pending": ["aoss:CreateVpcEndpoint", "aoss:UpdateVpcEndpoint"],
  "concurrent-writer": ["aoss:UpdateSecurityPolicy"],
};

/** Services whose state is that of an account: no Region lags behind. */
const outsideOfRegions: readonly string[] = ["iam", "route53", "s3", "sts"];

/** Whether a service keeps its state in a Region. */
export const isInRegion = (service: string): boolean => !outsideOfRegions.includes(service);

const serviceOf = (operation: string): string => operation.slice(0, operation.indexOf(":"));

/** Whether a call is one that the fault is meant for. */
export function matches(
  { what, on }: Pick<Fault, "what" | "on">,
  operation: string,
  isRead: boolean,
): boolean {
  if (!covers(on, operation)) return false;
  if (what === "stale-reads") return isRead && isInRegion(serviceOf(operation));
  return operationsOf[what]?.includes(operation) ?? true;
}

const servedOperations: readonly string[] = Object.entries(services).flatMap(([name, { operations }]) =>
  operations.map((operation) => `${name}:${operation}`),
);

/** Why a fault could never strike; undefined if it could. */
function mismatch({ what, on }: Pick<Fault, "what" | "on">): Problem | undefined {
  if (!servedOperations.some((operation) => covers(on, operation))) {
    const meant = didYouMean(on, servedOperations);
    const remedy = meant === undefined ? "name one that the sandbox serves" : `did you mean ${meant}?`;
    return { problem: `no operation that is served matches ${on}`, remedy };
  }
  const operations = operationsOf[what];
  if (operations && !operations.some((operation) => covers(on, operation))) {
    const problem = `${what} strikes ${operations.join(" or ")} only`;
    return { problem, remedy: `write on: ${operations[0]}, or another fault` };
  }
  if (what !== "stale-reads") return undefined;
  const remedy = "write on: ec2:Describe*, or another fault";
  if (!isInRegion(serviceOf(on))) {
    const others = outsideOfRegions.join(", ");
    return {
      problem: `stale-reads strikes services of a Region, such as aoss or ec2, and not ${others}`,
      remedy,
    };
  }
  if (on.endsWith("*") || isReadName(on.slice(on.indexOf(":") + 1))) return undefined;
  return {
    problem: "stale-reads strikes reads only, such as aoss:GetSecurityPolicy or ec2:Describe*",
    remedy,
  };
}

const covers = (on: string, operation: string): boolean =>
  on.endsWith("*") ? operation.startsWith(on.slice(0, -1)) : on === operation;
