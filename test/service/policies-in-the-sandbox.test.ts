import fc from "fast-check";
import { type PolicyKind, parsePolicy } from "../../service";
import { sandboxForEachTest } from "../sandbox/raw-aws";
import { account, damagedDocument, documents, region } from "./random-policies";

/** The sandbox has its schemas from AWS's answers and documentation, not from the validators that are judged here. */
const aws = sandboxForEachTest();

const family: Readonly<Record<PolicyKind, string>> = {
  network: "Security",
  encryption: "Security",
  data: "Access",
  retention: "Lifecycle",
};

async function sandboxTakes(kind: PolicyKind, policy: string): Promise<boolean> {
  const key = { type: kind, name: "judged" };
  const { status } = await aws.json(`Create${family[kind]}Policy`, { ...key, policy }, region);
  if (status === 200) await aws.json(`Delete${family[kind]}Policy`, key, region);
  return status === 200;
}

const weTake = (kind: PolicyKind, text: string) => "document" in parsePolicy(kind, text, { account, region });

const kinds: readonly PolicyKind[] = ["network", "encryption", "data", "retention"];

test.each(kinds)(
  "every %s policy that the generator calls right is taken, here and by the sandbox",
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(documents[kind] as fc.Arbitrary<unknown>, async (document) => {
        const text = JSON.stringify(document);
        expect([weTake(kind, text), await sandboxTakes(kind, text)]).toEqual([true, true]);
      }),
      { numRuns: 1000 },
    );
  },
  120_000,
);

test.each(kinds)(
  "a damaged %s policy is taken by both or refused by both",
  async (kind) => {
    const taken = { count: 0 };
    await fc.assert(
      fc.asyncProperty(damagedDocument(kind), async (document) => {
        const text = JSON.stringify(document);
        const ours = weTake(kind, text);
        taken.count += ours ? 1 : 0;
        expect(ours).toBe(await sandboxTakes(kind, text));
      }),
      { numRuns: 2000 },
    );
    // Some damage does no harm; a generator whose documents are all refused would compare nothing.
    expect(taken.count).toBeGreaterThan(100);
    expect(taken.count).toBeLessThan(1900);
  },
  120_000,
);
