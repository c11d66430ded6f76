import { createHash } from "node:crypto";
import type { Call } from "../call";
import { canonicalJson } from "../canonical-json";
import { AwsError } from "../protocol/aws-error";
import type { XmlElement } from "../protocol/query-action";

/** EC2 forgets tokens after a time; the sandbox after so many in a Region, whatever service they were for. */
const rememberedTokens = 1_000;

/**
 * A request that is sent again with the same client token gets the first answer and does nothing; with other
 * parameters it is refused (EC2 guide, idempotency).
 */
export function answerOnce(
  call: Pick<Call, "state">,
  action: string,
  token: string | undefined,
  input: object,
  run: () => XmlElement,
): XmlElement {
  if (token === undefined) return run();
  const { answersByClientToken } = call.state;
  const key = `ec2:${action}/${token}`;
  const request = createHash("sha256").update(canonicalJson(input)).digest("hex");
  const remembered = answersByClientToken.get(key);
  if (remembered && remembered.request !== request) {
    throw new AwsError(
      "IdempotentParameterMismatch",
      `The client token ${token} was used with other parameters`,
    );
  }
  if (remembered) return remembered.answer as XmlElement;
  const answer = run();
  answersByClientToken.set(key, { request, answer });
  const [oldest] = answersByClientToken.keys();
  if (answersByClientToken.size > rememberedTokens && oldest !== undefined)
    answersByClientToken.delete(oldest);
  return answer;
}
