import { type Described, describedIn, type Summary } from "./aws-answers";
import { type FileContents, mixedAccounts, scopesOfFiles } from "./export-folders";
import { jsonValues } from "./json-values";
import { bothScopes, scopeOfValues } from "./provider-scope";
import {
  type Doubt,
  list,
  members,
  ofOneScope,
  type Scope,
  type SeenInput,
  type SeenResource,
  text,
} from "./seen";
import { mayBeSame } from "./whose";

/** A file with what the AWS CLI printed, or with a policy. */
export interface ExportFile {
  readonly path: string;
  readonly text: string;
}

/** The files of one input; `label` is what it is called. */
export interface ExportInput {
  readonly label: string;
  readonly files: readonly ExportFile[];
}

/** What exports that are read together tell of each other. */
export interface ExportsTogether {
  /** Of which account and Region a file is. */
  readonly scopeOf: (file: FileContents) => Scope;
  /** Whether one of them has the text of a policy that is named. */
  readonly hasText: (policy: Summary, scope: Scope) => boolean;
}

export function exportsTogether(all: readonly ExportInput[]): ExportsTogether {
  const files = all.flatMap(contentsOf);
  const scopeOf = scopesOfFiles(files);
  const texts = new Map<string, Scope[]>();
  for (const file of files) {
    for (const { type, id, values } of file.found) {
      if (!type.endsWith("_policy")) continue;
      const key = `${String(values["type"])} ${id}`;
      texts.set(key, [...(texts.get(key) ?? []), scopeOf(file)]);
    }
  }
  const hasText = ({ kind, name }: Summary, scope: Scope) =>
    texts.get(`${kind} ${name}`)?.some((one) => mayBeSame(one, scope)) ?? false;
  return { scopeOf, hasText };
}

/** Reads exported files. What a file holds is told by its keys; a bare policy has the name of its file. */
export function readExport({ files, label }: ExportInput, together: ExportsTogether): SeenInput {
  const resources: SeenResource[] = [];
  const doubts: Doubt[] = [];
  const notSeen: string[] = [];
  for (const file of files) {
    const found = fileContents(file);
    if (!found) {
      notSeen.push(`${file.path}: nothing in it that tells who reaches what`);
      continue;
    }
    const scope = together.scopeOf({ path: file.path, label, found: found.found });
    const unread = found.named.filter((one) => !together.hasText(one, scope));
    doubts.push(...unread.map((one) => textNotSeen(one, label, scope)));
    resources.push(...found.found.map((one) => seen(one, file.path, scope)));
    if (found.isPage)
      notSeen.push(`${file.path}: the pages after this one (--no-paginate prints the first alone)`);
  }
  return { label, resources, notSeen, doubts };
}

function textNotSeen({ kind, name }: Summary, label: string, scope: Scope): Doubt {
  const text =
    kind === "network"
      ? `${label}: network policy ${name}: what it says (get-security-policy --type network --name ${name})`
      : `${label}: data access policy ${name}: what it says (get-access-policy --type data --name ${name})`;
  return { kind, text, scope };
}

/** Whether a file is one that `readExport` takes anything from. */
export const isExport = (file: ExportFile): boolean => fileContents(file) !== undefined;

/** Accounts of which a folder holds what `aws sts get-caller-identity` printed, where there are several in one. */
export const accountsInOneFolder = (all: readonly ExportInput[]) => mixedAccounts(all.flatMap(contentsOf));

const contentsOf = ({ files, label }: ExportInput): FileContents[] =>
  files.map((file) => ({ path: file.path, label, found: fileContents(file)?.found ?? [] }));

type Contents = { found: Described[]; named: Summary[]; isPage: boolean } | undefined;

/** A file is asked several times what it holds. */
const read = new WeakMap<ExportFile, { readonly contents: Contents }>();

function fileContents(file: ExportFile): Contents {
  const before = read.get(file);
  if (before) return before.contents;
  const contents = contentsIn(file);
  read.set(file, { contents });
  return contents;
}

function contentsIn({ path, text: content }: ExportFile): Contents {
  const values = jsonValues(content) ?? [];
  const found: Described[] = [];
  const named: Summary[] = [];
  let [isKnown, isPage] = [false, false];
  for (const { value, text: written } of values) {
    const name = baseName(path);
    const bare = barePolicy(value, written, name) ?? entriesOfPrefixList(value, name);
    const described = bare ? { found: bare, named: [] } : describedIn(value);
    if (!described) continue;
    isKnown = true;
    found.push(...described.found);
    named.push(...described.named);
    const { nextToken, NextToken } = members(value);
    isPage ||= text(nextToken ?? NextToken) !== undefined;
  }
  return isKnown ? { found, named, isPage } : undefined;
}

function barePolicy(value: unknown, written: string, name: string): Described[] | undefined {
  const block = members(Array.isArray(value) ? value[0] : value);
  if (!("Rules" in block) && !("AllowFromPublic" in block)) return undefined;
  const policy = (type: string, kind: string): Described[] => [
    { type, id: name, values: { name, type: kind, policy: written } },
  ];
  const ofBlocks = Array.isArray(value) ? value.map(members) : [block];
  if (ofBlocks.some((one) => "Principal" in one))
    return policy("aws_opensearchserverless_access_policy", "data");
  const [rule] = list(block["Rules"]).map(members);
  const isOther = "AWSOwnedKey" in block || "KmsARN" in block || rule?.["ResourceType"] === "index";
  return isOther ? [] : policy("aws_opensearchserverless_security_policy", "network");
}

/** The entries of a managed prefix list do not say of which list they are. */
function entriesOfPrefixList(value: unknown, name: string): Described[] | undefined {
  const { Entries: entries } = members(value);
  if (!Array.isArray(entries)) return undefined;
  const id = /pl-[0-9a-f]+/.exec(name)?.[0];
  if (id === undefined) return undefined;
  return [
    { type: "aws_prefix_list", id, values: { id, cidr_blocks: entries.map((one) => members(one)["Cidr"]) } },
  ];
}

function seen({ type, id, values, mode = "managed" }: Described, path: string, ofFile: Scope): SeenResource {
  const own = scopeOfValues(values);
  const scope = ofOneScope.has(type) ? bothScopes(own, ofFile) : own;
  return { label: path, rank: 2, mode, type, values, id, scope, exported: true };
}

const baseName = (path: string): string => (path.split(/[/\\]/).at(-1) ?? path).replace(/\.json$/i, "");
