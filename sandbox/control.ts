import type { Engine } from "./engine";
import { InvalidFaults } from "./faults/fault-definition";
import type { HttpRequest } from "./protocol/http-request";
import type { ServiceAnswer } from "./protocol/service";
import { contentsNow } from "./state/contents";

const prefix = "/_sandbox/";

/** Whether a request is for the sandbox itself and not for AWS. */
export const isControlPath = (path: string): boolean => path.startsWith(prefix);

/**
 * What people ask the sandbox itself, unsigned, on loopback: `GET /_sandbox/log` (calls, newest last) and
 * `GET /_sandbox/dump` (what was made and is there), and `/_sandbox/faults` (GET, PUT, DELETE: what goes wrong on
 * purpose). JSON with a `version`.
 */
export function answerControl(engine: Engine, request: HttpRequest): ServiceAnswer {
  // A page in a browser that had its name point to 127.0.0.1 sends that name.
  if (!/^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/.test(String(request.headers["host"]))) {
    return json(403, { error: "the sandbox answers on loopback only" });
  }
  const what = `${request.method} ${request.path.slice(prefix.length)}`;
  if (request.path === `${prefix}faults`) return answerFaults(engine, request);
  if (what === "GET log") return json(200, { version: 1, calls: engine.journal.calls() });
  if (what === "GET dump") return json(200, { version: 1, contents: contentsNow(engine.world, Date.now()) });
  return json(404, { error: `${what}: there is GET log, GET dump, and GET, PUT and DELETE faults` });
}

/** Faults can be set and lifted while the sandbox runs; a page in a browser cannot send this type unasked. */
function answerFaults(engine: Engine, { method, headers, body }: HttpRequest): ServiceAnswer {
  const { faults } = engine;
  if (method === "DELETE") faults.clear();
  else if (method === "PUT") {
    if (mediaTypeOf(headers["content-type"]) !== "application/json") {
      return json(415, { error: "send the definition as application/json" });
    }
    if (!body) return json(413, { error: "the definition is larger than 1 MiB" });
    try {
      faults.set(JSON.parse(String(body)));
    } catch (error) {
      if (error instanceof InvalidFaults) return json(400, { error: error.message });
      if (error instanceof SyntaxError) return json(400, { error: `not valid JSON: ${error.message}` });
      throw error;
    }
  } else if (method !== "GET") return json(405, { error: `${method}: GET, PUT and DELETE are served` });
  if (method !== "GET") {
    faults.release(engine.world);
    engine.store?.changed();
  }
  return json(200, { ...faults.active(), strikes: faults.strikes() });
}

/** Without parameters, such as a charset. */
const mediaTypeOf = (contentType: string | string[] | undefined): string =>
  (String(contentType).split(";")[0] ?? "").trim().toLowerCase();

function json(status: number, value: object): ServiceAnswer {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(value),
  };
}
