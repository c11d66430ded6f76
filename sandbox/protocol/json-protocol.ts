import { createHash } from "node:crypto";
import type { Call } from "../call";
import { canonicalJson } from "../canonical-json";
import { AwsError, conflictError } from "./aws-error";
import { isReadName, type Service, type ServiceAnswer } from "./service";

type JsonInput = Readonly<Record<string, unknown>>;
export type JsonRun = (call: Call, input: JsonInput) => object;

export interface JsonOperation {
  readonly run: JsonRun;
}

/** The checks before it have seen to the input by the time it gets here; this is where it gets its type. */
export const served = <Input>(run: (call: Call, input: Input) => object): JsonOperation => ({
  run: (call, input) => run(call, input as Input),
});

export interface JsonServiceOptions {
  /** of X-Amz-Target, before the dot */
  readonly targetPrefix: string;
  /** `1.0` or `1.1` */
  readonly version: string;
  readonly operations: ReadonlyMap<string, JsonOperation>;
  /** The input as the operation gets it. Throws an `AwsError` for one that breaks the API model. */
  readonly read: (operation: string, input: unknown) => JsonInput;
  /** Whether an operation does nothing when it is asked again with the same `clientToken`. */
  readonly takesClientToken: (operation: string) => boolean;
}

/** The operation that an X-Amz-Target header names, such as `OpenSearchServerless.CreateVpcEndpoint`. */
export const operationOfTarget = (target: string): string => target.slice(target.lastIndexOf(".") + 1);

/** A service in AWS's JSON protocol, the protocol of OpenSearch Serverless and KMS. */
export function jsonService(options: JsonServiceOptions): Service {
  const contentType = `application/x-amz-json-${options.version}`;
  return {
    operations: [...options.operations.keys()],
    ask({ target = "", text, method, path }) {
      const operation = operationOfTarget(target);
      const found = options.operations.get(operation);
      if (!found || target !== `${options.targetPrefix}.${operation}`) {
        throw new AwsError(
          "UnknownOperationException",
          `The sandbox does not serve the operation '${target}'`,
        );
      }
      refuseOtherThanPost(method, path);
      const input = options.read(operation, parse(text));
      return {
        operation,
        isRead: isReadName(operation),
        input: () => input,
        run: (call) => ({
          status: 200,
          headers: { "content-type": contentType },
          body: JSON.stringify(
            options.takesClientToken(operation)
              ? once(call, operation, input, found.run)
              : found.run(call, input),
          ),
        }),
      };
    },
    error: (error) => jsonError(error, contentType),
  };
}

/** An error in AWS's JSON protocol: its name stands in the body and in a header. */
export function jsonError(error: AwsError, contentType = "application/x-amz-json-1.0"): ServiceAnswer {
  return {
    status: error.status,
    headers: { "content-type": contentType, "x-amzn-errortype": error.code },
    body: JSON.stringify({ __type: error.code, message: error.message, ...error.members }),
  };
}

export function refuseOtherThanPost(method: string, path: string): void {
  if (method === "POST" && path === "/") return;
  throw new AwsError("InvalidRequest", `The sandbox serves POST / only, not ${method} ${path}`);
}

/** A member that is null counts as one that is not there; an item of a list does not. */
function withoutNull(this: unknown, _key: string, value: unknown): unknown {
  return value === null && !Array.isArray(this) ? undefined : value;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body === "" ? "{}" : body, withoutNull);
  } catch {
    throw new AwsError("SerializationException", "The request body is not valid JSON");
  }
}

/** AWS forgets tokens after a time that it does not tell; the sandbox after so many in a Region. */
const rememberedTokens = 1_000;

/** A request that is sent again with the same client token gets the first answer and does nothing. */
function once(call: Call, operation: string, input: JsonInput, run: JsonRun): object {
  const token = input["clientToken"];
  if (typeof token !== "string") return run(call, input);
  const key = `${operation}/${token}`;
  const request = createHash("sha256").update(canonicalJson(input)).digest("base64");
  const remembered = call.state.answersByClientToken.get(key);
  if (remembered && remembered.request !== request) {
    throw conflictError(`The client token ${token} was used with other parameters`);
  }
  if (remembered) return remembered.answer;
  const answer = run(call, input);
  const answers = call.state.answersByClientToken;
  answers.set(key, { request, answer });
  const [oldest] = answers.keys();
  if (answers.size > rememberedTokens && oldest !== undefined) answers.delete(oldest);
  return answer;
}
