import { randomUUID } from "node:crypto";
import { knownRegions } from "../service";
import { type Called, invalidSignature } from "./access/authentication-errors";
import { Authorization } from "./access/authorization";
import { accountOf, type CredentialScope, readCredentialScope } from "./access/credential-scope";
import { verifySignature } from "./access/signature";
import type { Call } from "./call";
import type { Engine } from "./engine";
import type { SandboxCall } from "./journal";
import { AwsError } from "./protocol/aws-error";
import { type HttpRequest, maxBodyBytes } from "./protocol/http-request";
import { jsonError, operationOfTarget } from "./protocol/json-protocol";
import type { ServiceAnswer, ServiceRequest } from "./protocol/service";
import { services } from "./services";
import { settle } from "./state/settle";
import type { AccountState } from "./state/state";
import { regionOf } from "./world/seed";

export interface HttpAnswer {
  /** undefined: the connection is reset instead of an answer */
  readonly answer: ServiceAnswer | undefined;
  /** how long the answer is held back */
  readonly delayMs: number;
  readonly call: SandboxCall;
}

/** Answers a request; whatever goes wrong becomes an AWS error. */
export function answer(engine: Engine, request: HttpRequest): HttpAnswer {
  const requestId = randomUUID();
  const target = header(request, "x-amz-target");
  const actions: string[] = [];
  let scope: CredentialScope | undefined;
  let account = "";
  let operation = target === undefined ? "" : operationOfTarget(target);
  let delayMs = 0;

  const finish = (answer: ServiceAnswer | undefined, error?: AwsError): HttpAnswer => ({
    answer: answer && { ...answer, headers: { ...answer.headers, "x-amzn-requestid": requestId } },
    delayMs,
    call: {
      time: new Date().toISOString(),
      account,
      region: scope?.region ?? "",
      service: scope?.service ?? "",
      operation: short(operation),
      status: answer?.status ?? 0,
      ...(error === undefined ? {} : { errorCode: error.code, errorMessage: short(error.message) }),
      actions,
    },
  });

  try {
    scope = readCredentialScope(header(request, "authorization"), target !== undefined);
    // For the log, whatever is wrong with the rest.
    operation ||= operationNamed(scope.service, request) ?? "";
    account = accountOf(scope, engine.world.accounts, target !== undefined);
    const { region, service: name } = scope;
    if (engine.verifySignatures) verifySignature(request, scope);
    requireRegion(engine, account, region, { service: name, isJson: target !== undefined });
    const service = serviceNamed(name);
    const text = readBody(request, target !== undefined);
    const { method, path, headers } = request;
    // What a request names can be slow although the rest of it cannot be read.
    const named = service.operations.includes(operation) ? operation : undefined;
    if (named !== undefined) delayMs = engine.faults.delayOf(name, named);
    const asked = service.ask({ requestId, method, path, target, text, headers });
    operation = asked.operation;
    if (operation !== named) delayMs = engine.faults.delayOf(name, operation);
    const authorization = new Authorization(engine.identity, name, asked, actions);
    const call: Call = callIn(engine, account, region, (action, resources) =>
      authorization.requireForwarded(action, call, resources),
    );
    authorization.requireRequested(call);
    if (!asked.isRead) engine.store?.changed();
    return finish(engine.faults.around(name, asked, call, asked.run));
  } catch (thrown) {
    const isJson = target !== undefined || scope?.service === "aoss";
    const error = thrown instanceof AwsError ? thrown : internalError(thrown, isJson);
    const service = scope && isServed(scope.service) ? services[scope.service] : undefined;
    const answer =
      isJson && !(service && target)
        ? jsonError(error)
        : (service ?? serviceNamed("sts")).error(error, requestId);
    return finish(answer, error);
  }
}

/** A refusal may repeat a value of a megabyte; the log keeps thousands of them. */
function short(text: string): string {
  if (text.length <= 500) return text;
  // A copy: what slice gives would hold on to the whole text.
  return `${Buffer.from(text.slice(0, 500)).toString("utf8")}…`;
}

const isServed = (name: string): boolean => Object.hasOwn(services, name);

function serviceNamed(name: string) {
  const service = isServed(name) ? services[name] : undefined;
  if (service) return service;
  throw new AwsError("UnknownOperationException", `The sandbox does not serve '${name}'`);
}

/** What a request without a target names: by method and path, or in a form, of which the beginning is enough. */
function operationNamed(service: string, { method, path, body }: HttpRequest): string | undefined {
  const known = isServed(service) ? services[service] : undefined;
  if (known?.operationAt) return known.operationAt(method, path);
  return /(?:^|&)Action=(\w+)/.exec(body?.toString("latin1", 0, 64 * 1024) ?? "")?.[1];
}

/** Only Regions that there are, or that the world names: each one that is called is kept. */
function requireRegion({ world, openWorld }: Engine, account: string, region: string, called: Called): void {
  const of = world.accounts.get(account);
  if (!of || knownRegions.includes(region) || Object.hasOwn(of.world.regions, region)) return;
  if (of.regions.has(region) || (openWorld && of.regions.size < maxRegions)) return;
  throw invalidSignature(called, `Credential should be scoped to a valid Region, not '${region}'.`);
}

/** AWS has fewer. */
const maxRegions = 100;

function callIn(engine: Engine, account: string, region: string, forward: Call["forward"]): Call {
  const accountState = engine.world.accounts.get(account) as AccountState;
  const state = regionOf(accountState, region);
  const now = Date.now();
  settle(state, now);
  return {
    account,
    region,
    now,
    openWorld: engine.openWorld,
    state,
    accountState,
    duration: engine.duration,
    forward,
  };
}

const header = (request: HttpRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(",") : value;
};

function readBody(request: HttpRequest, isJson: boolean): ServiceRequest["text"] {
  if (!request.body) {
    const code = isJson ? "RequestEntityTooLargeException" : "RequestEntityTooLarge";
    throw new AwsError(code, `The request body is larger than ${maxBodyBytes(request) >> 20} MiB`, 413);
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
