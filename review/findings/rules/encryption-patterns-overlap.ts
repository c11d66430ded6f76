import { type EncryptedPattern, encryptedPatterns } from "../encrypted-patterns";
import { groupedBy } from "../grouped-by";
import type { RawFinding, Rule } from "../rule";

export const encryptionPatternsOverlap: Rule = {
  id: "encryption-patterns-overlap",
  severity: "warning",
  title: "Two encryption policies cover the same collections",
  why: "The key of a collection is chosen when it is made and stays. Where two policies cover its name, it is easy to be wrong about which key that is; the same pattern in two policies is refused by AWS.",
  remedy: "let each collection be covered by one policy",
  severityNote: "An error where the same pattern stands in both: AWS refuses it.",
  examples: {
    found: `# policy "orders", a KMS key of its own
Rules = [{ ResourceType = "collection", Resource = ["collection/orders-*"] }]
# policy "rest", the key that AWS owns
Rules = [{ ResourceType = "collection", Resource = ["collection/*"] }]`,
    passes: `# policy "orders", a KMS key of its own
Rules = [{ ResourceType = "collection", Resource = ["collection/orders-*"] }]
# policy "rest", the key that AWS owns
Rules = [{ ResourceType = "collection", Resource = ["collection/logs-*"] }]`,
  },
  *check({ after }) {
    const byScope = groupedBy(
      encryptedPatterns(after("aws_opensearchserverless_security_policy")),
      ({ scope }) => scope,
    );
    for (const patterns of byScope.values()) yield* overlaps(patterns);
  },
};

/** One finding for each two policies, at the later one. */
function* overlaps(patterns: readonly EncryptedPattern[]): Generator<RawFinding> {
  const told = new Set<string>();
  const open: EncryptedPattern[] = [];
  // sorted, a prefix stands before all that it covers
  const inOrder = [...patterns].sort(
    (a, b) =>
      compare(a.start, b.start) || Number(b.isPrefix) - Number(a.isPrefix) || compare(a.policy, b.policy),
  );
  for (const pattern of inOrder) {
    for (let top = open.at(-1); top && !covers(top, pattern); top = open.at(-1)) open.pop();
    for (const other of open) {
      if (other.policy === pattern.policy) continue;
      const [first, second] = [other, pattern].sort((a, b) => compare(a.policy, b.policy)) as [
        EncryptedPattern,
        EncryptedPattern,
      ];
      const key = `${first.policy} ${second.policy}`;
      if (told.has(key)) continue;
      told.add(key);
      const isSame = other.text === pattern.text;
      yield {
        address: second.address,
        about: first.policy,
        message: isSame
          ? `encryption policies ${first.name} and ${second.name} both have the pattern ${pattern.text}, which AWS refuses`
          : `encryption policies ${first.name} (${first.text}) and ${second.name} (${second.text}) cover the same names`,
        severity: isSame ? "error" : undefined,
        subject: { kind: "encryption", patterns: [second.text] },
      };
    }
    open.push(pattern);
  }
}

const covers = (a: EncryptedPattern, b: EncryptedPattern): boolean =>
  a.isPrefix ? b.start.startsWith(a.start) : !b.isPrefix && a.start === b.start;

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
