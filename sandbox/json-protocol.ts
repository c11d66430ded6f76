import {
  createSecurityPolicy,
  deleteSecurityPolicy,
  getSecurityPolicy,
  listSecurityPolicies,
  updateSecurityPolicy,
} from "./aoss-security-policies";
import {
  batchGetVpcEndpoint,
  createVpcEndpoint,
  deleteVpcEndpoint,
  listVpcEndpoints,
  updateVpcEndpoint,
} from "./aoss-vpc-endpoints";
import { AwsError, conflictError } from "./aws-error";
import { canonicalJson } from "./canonical-json";
import type { Call } from "./state";
import { checkInput, targetPrefix } from "./wire-model";

type Operation = (call: Call, input: Readonly<Record<string, unknown>>) => object;

/** The wire model has checked the input by the time it gets here; this is where it gets its type. */
const served =
  <Input>(run: (call: Call, input: Input) => object): Operation =>
  (call, input) =>
    run(call, input as Input);

const operations: ReadonlyMap<string, Operation> = new Map([
  ["BatchGetVpcEndpoint", served(batchGetVpcEndpoint)],
  ["CreateSecurityPolicy", served(createSecurityPolicy)],
  ["CreateVpcEndpoint", served(createVpcEndpoint)],
  ["DeleteSecurityPolicy", served(deleteSecurityPolicy)],
  ["DeleteVpcEndpoint", served(deleteVpcEndpoint)],
  ["GetSecurityPolicy", served(getSecurityPolicy)],
  ["ListSecurityPolicies", served(listSecurityPolicies)],
  ["ListVpcEndpoints", served(listVpcEndpoints)],
  ["UpdateSecurityPolicy", served(updateSecurityPolicy)],
  ["UpdateVpcEndpoint", served(updateVpcEndpoint)],
]);

export interface JsonAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const contentType = "application/x-amz-json-1.0";

/** The operation that an X-Amz-Target header names, such as `OpenSearchServerless.CreateVpcEndpoint`. */
export const operationOfTarget = (target: string): string => target.slice(target.lastIndexOf(".") + 1);

/** Answers one request in AWS's JSON protocol 1.0, the protocol of OpenSearch Serverless. */
export function answerJson(call: Call, target: string, body: string): JsonAnswer {
  const operation = operationOfTarget(target);
  const run = operations.get(operation);
  if (!run || target !== `${targetPrefix}.${operation}`) {
    throw new AwsError("UnknownOperationException", `The sandbox does not serve the operation '${target}'`);
  }
  const input = parse(body);
  checkInput(operation, input);
  return {
    status: 200,
    headers: { "content-type": contentType },
    body: JSON.stringify(once(call, operation, input, run)),
  };
}

/** An error in AWS's JSON protocol: its name stands in the body and in a header. */
export function jsonError(error: AwsError): JsonAnswer {
  return {
    status: error.status,
    headers: { "content-type": contentType, "x-amzn-errortype": error.code },
    body: JSON.stringify({ __type: error.code, message: error.message, ...error.members }),
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body === "" ? "{}" : body);
  } catch {
    throw new AwsError("SerializationException", "The request body is not valid JSON");
  }
}

/** A request that is sent again with the same client token gets the first answer and does nothing. */
function once(
  call: Call,
  operation: string,
  input: Readonly<Record<string, unknown>>,
  run: Operation,
): object {
  const token = input["clientToken"];
  if (typeof token !== "string") return run(call, input);
  const key = `${operation}/${token}`;
  const request = canonicalJson(input);
  const remembered = call.state.answersByClientToken.get(key);
  if (remembered && remembered.request !== request) {
    throw conflictError(`The client token ${token} was used with other parameters`);
  }
  if (remembered) return remembered.answer;
  const answer = run(call, input);
  call.state.answersByClientToken.set(key, { request, answer });
  return answer;
}
