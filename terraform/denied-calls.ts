import type { Diagnostic } from "./diagnostics";

/** What kind of policy AWS says a call was denied by (IAM user guide, "Troubleshoot access denied error messages"). */
export type DenyingPolicy =
  | "identity-based policy"
  | "resource-based policy"
  | "permissions boundary"
  | "session policy"
  | "service control policy"
  | "resource control policy"
  | "VPC endpoint policy"
  | "role trust policy";

/** A call that AWS refused for want of permission. */
export interface DeniedCall {
  /** As in IAM: `ec2:CreateVpcEndpoint`. */
  readonly action: string;
  /** True where AWS names no action and this is the one that the operation called is named after. */
  readonly isSupposed: boolean;
  /** Who called: an ARN. Missing where AWS does not say. */
  readonly principal?: string;
  /** On what: an ARN mostly. Missing where AWS does not say, and where the action knows no resources. */
  readonly resource?: string;
  /** Missing where AWS does not say. */
  readonly policy?: DenyingPolicy;
  /** The ARN of that policy; AWS names it in some answers only. */
  readonly policyArn?: string;
  /** Whether a statement denies it, rather than none allowing it. */
  readonly isExplicit: boolean;
  /** What only `aws sts decode-authorization-message` reads. */
  readonly encoded?: string;
  /** The operation that was called when it was denied, in the words of the AWS SDK: `OpenSearchServerless: CreateVpcEndpoint`. */
  readonly operation?: string;
  /** Addresses of the resources that failed by it; empty where none is named. */
  readonly addresses: readonly string[];
}

/** Resources of IAM come as a kind and a name, all others as ARNs. */
const RESOURCE =
  /^ on resource: ("[^"]*"|(?:role|user|group|policy path|policy|instance profile|resource) (?!because\b|with\b)\S+|\S+)/;
const NOT_ALLOWED = /^[.,]? ?because no ([A-Za-z -]+?) allows the \S+ action/;
const DENIED =
  /^[.,]? ?with an explicit deny(?: in (?:an?|the) ([A-Za-z -]+? (?:policy|boundary)))?(?:: (arn:\S+))?/;
const SENTENCE = /User: (\S+) is not authorized to perform: ([\w-]+:[\w*]+)/g;
const ENCODED = /Encoded authorization failure message: ([\w+/=-]{20,})/;
const OPERATION = /operation error ([A-Za-z][\w ]*?): (\w+),/;
/** Codes that mean nothing but this, in services that may leave out the sentence; a HEAD of S3 has no more than its status. */
const CODE = /\b(?:UnauthorizedOperation|AccessDeniedException|AccessDenied|api error Forbidden)\b/;
/** How Terraform speaks of its state in S3. */
const STATE_OBJECT = /\bobject "([^"]+)" in S3 bucket "([^"]+)"/;

/** All calls that were denied, each once however many resources failed by it. */
export function deniedCallsIn(diagnostics: readonly Diagnostic[]): readonly DeniedCall[] {
  const found = new Map<string, DeniedCall>();
  for (const diagnostic of diagnostics) {
    if (diagnostic.severity !== "error") continue;
    for (const call of deniedCalls(diagnostic)) {
      const key = JSON.stringify([call.action.toLowerCase(), call.principal, call.resource, call.policy]);
      const before = found.get(key);
      found.set(key, before ? joined(before, call) : call);
    }
  }
  return [...found.values()];
}

const joined = (one: DeniedCall, other: DeniedCall): DeniedCall => ({
  ...other,
  ...one,
  addresses: [...new Set([...one.addresses, ...other.addresses])],
});

function deniedCalls({ summary, detail, address }: Diagnostic): readonly DeniedCall[] {
  const text = `${summary} ${detail}`.replace(/\s+/g, " ");
  const named = [...text.matchAll(SENTENCE)];
  const addresses = address === undefined ? [] : [address];
  if (named.length === 0) return supposed(text, addresses);
  return named.map((match, index) => {
    const end = match.index + match[0].length;
    const before = text.slice(named[index - 1]?.index ?? 0, match.index);
    return {
      principal: match[1] as string,
      action: match[2] as string,
      isSupposed: false,
      ...circumstances(text.slice(end, named[index + 1]?.index)),
      ...operationIn(before),
      addresses,
    };
  });
}

/** @param rest what follows the action */
function circumstances(rest: string): Pick<DeniedCall, "resource" | "policy" | "isExplicit" | "encoded"> {
  const named = RESOURCE.exec(rest);
  const resource = named?.[1]?.replace(/^"(.*)"$/, "$1").replace(/[.,;)]+$/, "");
  const why = named ? rest.slice(named[0].length).trimStart() : rest.trimStart();
  const explicit = DENIED.exec(why);
  const policy = policyNamed(explicit ? explicit[1] : NOT_ALLOWED.exec(why)?.[1]);
  const policyArn = explicit?.[2]?.replace(/[.,;)]+$/, "");
  return {
    ...(resource === undefined || resource === "*" ? {} : { resource }),
    ...(policy === undefined ? {} : { policy }),
    ...(policyArn === undefined ? {} : { policyArn }),
    isExplicit: explicit !== null,
    ...encodedIn(rest),
  };
}

/** Where only the operation is known, its action mostly has the same name. */
function supposed(text: string, addresses: readonly string[]): readonly DeniedCall[] {
  const operation = OPERATION.exec(text);
  const encoded = encodedIn(text);
  if (!operation || !(CODE.test(text) || encoded.encoded)) return [];
  const [, service = "", name = ""] = operation;
  const action = actionsOfOperations[`${service} ${name}`] ?? `${prefixOf(service)}:${name}`;
  const [, key, bucket] = STATE_OBJECT.exec(text) ?? [];
  const resource = service === "S3" && bucket ? { resource: `arn:aws:s3:::${bucket}/${key}` } : {};
  return [
    { action, isSupposed: true, isExplicit: false, ...resource, ...encoded, ...operationIn(text), addresses },
  ];
}

function encodedIn(text: string): Pick<DeniedCall, "encoded"> {
  const encoded = ENCODED.exec(text)?.[1];
  return encoded === undefined ? {} : { encoded };
}

function operationIn(text: string): Pick<DeniedCall, "operation"> {
  const found = [...text.matchAll(new RegExp(OPERATION, "g"))].at(-1);
  return found ? { operation: `${found[1]}: ${found[2]}` } : {};
}

/** Where AWS's own names differ from the IAM prefix (service authorization reference). */
const prefixOf = (service: string): string =>
  service === "OpenSearchServerless" ? "aoss" : service.toLowerCase().replaceAll(" ", "");

/** Operations of S3 whose action has another name; where state is kept, they come first. */
const actionsOfOperations: Readonly<Record<string, string>> = {
  "S3 HeadObject": "s3:GetObject",
  "S3 ListObjectsV2": "s3:ListBucket",
  "S3 ListObjects": "s3:ListBucket",
  "S3 HeadBucket": "s3:ListBucket",
};

const policies: readonly DenyingPolicy[] = [
  "identity-based policy",
  "resource-based policy",
  "permissions boundary",
  "session policy",
  "service control policy",
  "resource control policy",
  "VPC endpoint policy",
  "role trust policy",
];

const policyNamed = (text: string | undefined): DenyingPolicy | undefined =>
  policies.find((policy) => policy.toLowerCase() === text?.toLowerCase());
