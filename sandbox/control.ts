import type { Engine } from "./engine";
import type { HttpRequest } from "./protocol/http-request";
import type { ServiceAnswer } from "./protocol/service";
import { contentsNow } from "./state/contents";

const prefix = "/_sandbox/";

/** Whether a request is for the sandbox itself and not for AWS. */
export const isControlPath = (path: string): boolean => path.startsWith(prefix);

/**
 * What people ask the sandbox itself, unsigned, on loopback: `GET /_sandbox/log` (calls, newest last) and
 * `GET /_sandbox/dump` (what was made and is there). JSON with a `version`.
 */
export function answerControl(engine: Engine, request: HttpRequest): ServiceAnswer {
  // A page in a browser that had its name point to 127.0.0.1 sends that name.
  if (!/^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/.test(String(request.headers["host"]))) {
    return json(403, { error: "the sandbox answers on loopback only" });
  }
  const what = `${request.method} ${request.path.slice(prefix.length)}`;
  if (what === "GET log") return json(200, { version: 1, calls: engine.journal.calls() });
  if (what === "GET dump") return json(200, { version: 1, contents: contentsNow(engine.world, Date.now()) });
  return json(404, { error: `${what}: there is GET log, GET dump` });
}

function json(status: number, value: object): ServiceAnswer {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(value),
  };
}
