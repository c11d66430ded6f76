import { answerOnce } from "../../sandbox/ec2/client-token";
import { emptyRegion } from "../../sandbox/state/state";

const state = emptyRegion();
const ask = (token: string, name = token) =>
  answerOnce({ state }, "CreateVpc", token, { name }, () => ({
    id: `made for ${name}`,
    at: performance.now(),
  }));

afterEach(() => state.answersByClientToken.clear());

test("what is kept of a request is a digest, as long as any other", () => {
  ask("one", "n".repeat(100_000));
  const [remembered] = state.answersByClientToken.values();
  expect(remembered?.request).toMatch(/^[0-9a-f]{64}$/);
});

test("the same request is answered once, another with its token is refused", () => {
  const first = ask("one");
  expect(ask("one")).toBe(first);
  expect(() => ask("one", "two")).toThrow("The client token one was used with other parameters");
});

test("a Region remembers a thousand tokens, and forgets the oldest", () => {
  const answers = Array.from({ length: 1_001 }, (_none, index) => ask(`token-${index}`));
  expect(state.answersByClientToken.size).toBe(1_000);
  expect(ask("token-1")).toBe(answers[1]);
  expect(ask("token-0")).not.toBe(answers[0]);
});
