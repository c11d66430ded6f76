import {
  type LocatedProblem,
  type ParsedPolicy,
  type PolicyDocuments,
  type PolicyKind,
  parsePolicy,
  pathText,
} from "../../service";
import { isTooDeep } from "../../terraform";
import type { Value } from "./evaluate";
import { members } from "./seen";
import { hasUnknown, isUnknown } from "./unknowns";

/** A document that was read, or one line of what is wrong with it. */
export type ReadPolicy<Kind extends PolicyKind> =
  | {
      readonly document: PolicyDocuments[Kind];
      /** One line: what AWS would refuse in it, though who it lets in is known. */
      readonly refused?: string;
    }
  | { readonly wrong: string };

/** Lists of texts in policies; one that is not known stands as one text that is not. */
const listKeys = new Set(["Resource", "SourceVPCEs", "SourceServices", "Principal", "Permission"]);

/** Policies read already, by kind and text: before and after a plan most are the same. */
export type PolicyCache = Map<string, ReadPolicy<PolicyKind>>;

/** Reads the text of a policy in which some ids, names and ARNs may not be known. */
export function readPolicy<Kind extends PolicyKind>(
  kind: Kind,
  text: string,
  cache?: PolicyCache,
): ReadPolicy<Kind> {
  // what is not known is another thing in another reading
  if (!cache || hasUnknown(text)) return readText(kind, text);
  const key = `${kind} ${text}`;
  const read = (cache.get(key) as ReadPolicy<Kind> | undefined) ?? readText(kind, text);
  cache.set(key, read as ReadPolicy<PolicyKind>);
  return read;
}

function readText<Kind extends PolicyKind>(kind: Kind, text: string): ReadPolicy<Kind> {
  const plain = hasUnknown(text) ? withLists(text) : text;
  const read = readPlain(kind, plain);
  if (kind !== "network" || "document" in read) return read;
  const open = publicAlone(plain);
  const asPublic = open && readPlain(kind, open.text);
  if (!asPublic || "wrong" in asPublic) return read;
  return open.hadSources ? { ...asPublic, refused: read.wrong } : asPublic;
}

/**
 * A network policy without the sources of its public blocks, and whether they had any. Public beats private: what says
 * that it is public is never left out for what stands beside that, such as the empty lists in answers of AWS.
 */
function publicAlone(text: string): { text: string; hadSources: boolean } | undefined {
  const document = parsed(text);
  if (!Array.isArray(document) || isTooDeep(document)) return undefined;
  let hadSources = false;
  const alone = document.map((block: Value) => {
    const { SourceVPCEs: endpoints, SourceServices: services, ...others } = members(block);
    if (others["AllowFromPublic"] !== true) return block;
    const isThere = (sources: Value) =>
      sources !== undefined && !(Array.isArray(sources) && sources.length === 0);
    hadSources ||= isThere(endpoints) || isThere(services);
    return others;
  });
  return { text: JSON.stringify(alone), hadSources };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readPlain<Kind extends PolicyKind>(kind: Kind, plain: string): ReadPolicy<Kind> {
  const parsed: ParsedPolicy<Kind> = parsePolicy(kind, plain);
  if ("document" in parsed) return parsed;
  const problems = parsed.problems.filter(
    ({ path }) => !hasUnknown(plain) || !mayBeRight(JSON.parse(plain), path),
  );
  if (problems.length === 0) return { document: JSON.parse(plain) as PolicyDocuments[Kind] };
  const more = problems.length - mostProblems;
  const told = problems.slice(0, mostProblems).map(problemText);
  return { wrong: [...told, ...(more > 0 ? [`and ${more} more`] : [])].join("; ") };
}

/** Problems of a document that are told, the others are counted: they stand in one line. */
const mostProblems = 5;

/**
 * Where and what. The place is that in the document: its text may be a value of a state or of an answer, of which a
 * reader has no lines. Only what is no JSON has no other place.
 */
function problemText({ path, line, column, problem, remedy }: LocatedProblem): string {
  const where = path.length > 0 ? pathText(path) : `line ${line}, column ${column} of its text`;
  const [meant] = /^did you mean "[^"]*"\?/.exec(remedy) ?? [];
  return `${where}: ${problem}${meant === undefined ? "" : ` (${meant})`}`;
}

function withLists(text: string): string {
  try {
    const revive = (key: string, value: unknown) =>
      listKeys.has(key) && isUnknown(value) ? [listItem(key, value)] : value;
    return JSON.stringify(JSON.parse(text, revive));
  } catch {
    return text;
  }
}

const listItem = (key: string, mark: string) => (key === "Resource" ? `collection/${mark}` : mark);

/** Whether what is wrong at a place is only that the text there is not known. */
function mayBeRight(document: unknown, path: readonly (string | number)[]): boolean {
  let value = document;
  for (const step of path) value = (value as Record<string | number, unknown> | undefined)?.[step];
  const key = path.at(-1);
  const isItem = typeof key === "number" && listKeys.has(String(path.at(-2)));
  return hasUnknown(value) && (isItem || key === "Description");
}
