import { randomUUID } from "node:crypto";
import { AwsError } from "./aws-error";
import { type CredentialScope, readCredentialScope } from "./credential-scope";
import { answerJson, type JsonAnswer, jsonError, operationOfTarget } from "./json-protocol";
import { parseQueryParameters } from "./query-parameters";
import { answerQuery, isQueryService, queryError } from "./query-protocol";
import { type Call, emptyRegion, type RegionState, settle } from "./state";

/** One request that the sandbox answered, or refused. */
export interface SandboxCall {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly status: number;
  readonly errorCode?: string;
}

export interface World {
  readonly transitionMs: number;
  readonly regions: Map<string, RegionState>;
  readonly issuedGroupIds: Set<string>;
}

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** undefined if it was too large to be read */
  readonly body: Buffer | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly call: SandboxCall;
}

/** Answers a request; whatever goes wrong becomes an AWS error. */
export function answer(world: World, request: HttpRequest): HttpAnswer {
  const requestId = randomUUID();
  const target = header(request, "x-amz-target");
  let scope: CredentialScope | undefined;
  let operation = target === undefined ? "" : operationOfTarget(target);

  const finish = (made: JsonAnswer, errorCode?: string): HttpAnswer => ({
    ...made,
    headers: { ...made.headers, "x-amzn-requestid": requestId },
    call: {
      service: scope?.service ?? "",
      operation,
      region: scope?.region ?? "",
      status: made.status,
      ...(errorCode === undefined ? {} : { errorCode }),
    },
  });

  try {
    scope = readCredentialScope(header(request, "authorization"), target !== undefined);
    if (request.method !== "POST" || request.path !== "/") {
      throw new AwsError(
        "InvalidRequest",
        `The sandbox serves POST / only, not ${request.method} ${request.path}`,
      );
    }
    const { service, region } = scope;
    const text = readBody(request, target !== undefined);
    const call = callIn(world, region);
    if (service === "aoss") return finish(answerJson(call, target ?? "", text));
    if (!isQueryService(service) || target !== undefined) {
      throw new AwsError("UnknownOperationException", `The sandbox does not serve '${service}'`);
    }
    const parameters = parseQueryParameters(text);
    operation = parameters.string("Action") ?? "";
    return finish(answerQuery(service, call, parameters, requestId));
  } catch (thrown) {
    const isJson = target !== undefined || scope?.service === "aoss";
    const error = thrown instanceof AwsError ? thrown : internalError(thrown, isJson);
    if (isJson) return finish(jsonError(error), error.code);
    const service = scope && isQueryService(scope.service) ? scope.service : undefined;
    return finish(queryError(service, error, requestId), error.code);
  }
}

function callIn(world: World, region: string): Call {
  const state = world.regions.get(region) ?? emptyRegion();
  world.regions.set(region, state);
  const now = Date.now();
  settle(state, now);
  return { region, now, transitionMs: world.transitionMs, state, issuedGroupIds: world.issuedGroupIds };
}

const header = (request: HttpRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(",") : value;
};

function readBody(request: HttpRequest, isJson: boolean): string {
  if (!request.body) {
    const code = isJson ? "RequestEntityTooLargeException" : "RequestEntityTooLarge";
    throw new AwsError(code, "The request body is larger than 1 MiB", 413);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(request.body);
  } catch {
    const code = isJson ? "SerializationException" : "MalformedQueryString";
    throw new AwsError(code, "The request body is not valid UTF-8");
  }
}

function internalError(thrown: unknown, isJson: boolean): AwsError {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AwsError(
    isJson ? "InternalServerException" : "InternalError",
    `Sandbox failure: ${message}`,
    500,
  );
}
