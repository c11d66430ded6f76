import { aossOperations } from "../../sandbox/aoss/service";
import { sandboxForEachTest } from "./raw-aws";
import {
  brokenRequests,
  constraintsIn,
  kinds,
  minimumsOfNothingIn,
  operations,
  shapes,
  sum,
  validRequest,
} from "./wire-requests";
import { brokenWithPattern, minimumOfNothing, samples } from "./wire-samples";

const aws = sandboxForEachTest();
const served = [...aossOperations.keys()].sort();
let refused = 0;

describe.each(served)("%s", (operation) => {
  test("does not refuse a valid request for its form, and refuses each broken constraint by its field", async () => {
    const answer = await aws.json(operation, validRequest(operation));
    expect(answer.code).not.toBe("SerializationException");
    expect(answer.message).not.toContain("detected:");
    const before = JSON.stringify(aws.sandbox.contents());
    for (const { kind, field, constraint, request, isAlone } of brokenRequests(operation)) {
      const { status, code, message } = await aws.json(operation, request);
      const where = `${kind} of ${field}`;
      expect([where, status, code]).toEqual([where, 400, "ValidationException"]);
      expect(message).toContain(` at '${field}' failed to satisfy constraint: ${constraint}`);
      expect(message).toMatch(isAlone ? /^1 validation error detected: / : /^2 validation errors detected: /);
      refused += 1;
    }
    expect(JSON.stringify(aws.sandbox.contents())).toBe(before);
  });
});

test("every constraint of the model is broken, but for minimums of nothing", () => {
  const inputs = served.map((operation) => operations[operation]?.input ?? "");
  const inModel = sum(inputs.map(constraintsIn));
  const unbreakable = inputs.reduce((count, input) => count + minimumsOfNothingIn(input), 0);
  const broken = served.flatMap(brokenRequests);
  const count = Object.fromEntries(
    kinds.map((kind) => [kind, broken.filter((one) => one.kind === kind).length]),
  );
  expect(count).toEqual({ ...inModel, min: inModel.min - unbreakable });
  expect(refused).toBe(broken.length);
  const alone = broken.filter(({ isAlone }) => isAlone).length;
  console.log(
    `${served.length} operations, ${broken.length} broken constraints refused ` +
      `(${kinds.map((kind) => `${kind} ${count[kind]}`).join(", ")}): ${alone} alone, ` +
      `${broken.length - alone} only together with the pattern; ${unbreakable} minimums of nothing`,
  );
});

test("what cannot be broken alone is what the lists say, and is in the model", () => {
  for (const [name, kindsOfShape] of Object.entries(brokenWithPattern)) {
    const { pattern = "", min = 0, max = 0 } = shapes[name] ?? {};
    const sample = samples[name];
    for (const kind of Object.keys(kindsOfShape)) {
      const value = (kind === "min" ? sample?.short : sample?.long) ?? "";
      expect([name, kind, new RegExp(`^(?:${pattern})$`, "u").test(value)]).toEqual([name, kind, false]);
      expect(kind === "min" ? value.length < min : value.length > max).toBe(true);
    }
  }
  for (const name of minimumOfNothing) expect([name, shapes[name]?.min]).toEqual([name, 0]);
});
