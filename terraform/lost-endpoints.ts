import type { Diagnostic } from "./diagnostics";

/**
 * An endpoint that AWS has and the state may lack, since something failed after it was made (provider issue #42162);
 * or that was there before, and keeps another from being made.
 */
export interface LostEndpoint {
  /** The resource that it is for; missing where Terraform names none. */
  readonly address?: string;
  /** `vpce-…`, where it is told. */
  readonly id?: string;
  /** The name that was to be taken, where it is told. */
  readonly name?: string;
  /** The VPC in which one is already, where it is told. */
  readonly vpc?: string;
  /** True if AWS refused to make it because one is there: in the VPC, or of the name. */
  readonly isConflict: boolean;
}

const TYPE = "aws_opensearchserverless_vpc_endpoint";
const ABOUT_ENDPOINT = /OpenSearch ?Serverless VPC Endpoint/i;
/** As the service words it: one of the account's endpoints has the name, or the VPC has one. */
const CONFLICT =
  /Failed to create a VpcEndpoint (\S+) for AccountId \d+ ?:: ?There is already a VpcEndpoint (?:exist under VpcId (vpc-\w+)|with name \S+)/;

/** An endpoint that AWS could not make is of no use to anybody: to replace it is right. */
const HAS_FAILED = /unexpected state '(?!PENDING)/i;

/** The endpoints that these errors are about, each once. */
export function lostEndpointsIn(diagnostics: readonly Diagnostic[]): readonly LostEndpoint[] {
  const found = new Map<string, LostEndpoint>();
  for (const diagnostic of diagnostics) {
    const endpoint = diagnostic.severity === "error" ? lostEndpoint(diagnostic) : undefined;
    if (!endpoint) continue;
    const key = endpoint.address ?? endpoint.id ?? endpoint.name ?? "";
    const before = found.get(key);
    found.set(key, {
      ...endpoint,
      ...before,
      isConflict: endpoint.isConflict || before?.isConflict === true,
    });
  }
  return [...found.values()];
}

function lostEndpoint({ summary, detail, address }: Diagnostic): LostEndpoint | undefined {
  const text = `${summary} ${detail}`.replace(/\s+/g, " ");
  const isOfType = address?.includes(`${TYPE}.`) ?? ABOUT_ENDPOINT.test(text);
  const of = address === undefined ? {} : { address };
  const conflict = CONFLICT.exec(text);
  if (conflict) {
    const [, name, vpc] = conflict;
    return { ...of, ...(name ? { name } : {}), ...(vpc ? { vpc } : {}), isConflict: true };
  }
  if (!isOfType || !isAfterCreation(summary) || HAS_FAILED.test(text)) return undefined;
  const id = /\bvpce-[0-9a-z]+\b/.exec(summary)?.[0];
  const name = /\("([^"]+)"\)/.exec(summary)?.[1];
  if (id === undefined && name === undefined) return undefined;
  return {
    ...of,
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    isConflict: false,
  };
}

/** The provider names what it did: when it waits for, checks or reads one, the endpoint is made already. */
const isAfterCreation = (summary: string): boolean =>
  /^(?:waiting for creation|checking|reading)\b/i.test(summary.trim()) ||
  /waiting for .*create/i.test(summary);
