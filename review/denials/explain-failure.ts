import type { IamStatement, PermissionScope } from "../../service";
import { type DeniedCall, type Diagnostic, deniedCallsIn, lostEndpointsIn } from "../../terraform";
import { type EndpointPlace, endpointMend, type UnsavedEndpoint } from "./endpoint-mend";
import { type Mend, mendOf } from "./mend";
import { type Principal, principalOf } from "./principal";
import { scopeOfCaller, statementsToAdd } from "./statement";

/** What is known of the run that failed; the less, the more general the answer. */
export interface FailedRun extends EndpointPlace {
  /** What the access file takes permissions for. */
  readonly scope?: PermissionScope;
}

/** A call that was denied, and what mends it. */
export interface ExplainedDenial extends DeniedCall, Mend {
  readonly who?: Principal;
  /** To be added as `mend` says; empty where no statement helps. */
  readonly statements: readonly IamStatement[];
  /** The command that decodes what AWS encoded. */
  readonly decode?: string;
}

/** What a failed run of Terraform calls for. */
export interface FailureExplanation {
  readonly denials: readonly ExplainedDenial[];
  readonly endpoints: readonly UnsavedEndpoint[];
}

/** Explains calls that were denied and endpoints that AWS has and the state lacks; nothing else. */
export function explainFailure(diagnostics: readonly Diagnostic[], run: FailedRun = {}): FailureExplanation {
  return {
    denials: deniedCallsIn(diagnostics).map((call) => explainDenial(call, run)),
    endpoints: lostEndpointsIn(diagnostics).flatMap((endpoint) => endpointMend(endpoint, run) ?? []),
  };
}

/** Whether there is anything to say. */
export const explainsNothing = ({ denials, endpoints }: FailureExplanation): boolean =>
  denials.length + endpoints.length === 0;

function explainDenial(call: DeniedCall, { scope, region }: FailedRun): ExplainedDenial {
  const who = call.principal === undefined ? undefined : principalOf(call.principal);
  const mend = mendOf(call, who);
  const known = scope ?? scopeOfCaller(who?.account, region ?? regionOf(call.resource));
  return {
    ...call,
    ...(who === undefined ? {} : { who }),
    ...mend,
    statements: mend.takesStatement ? statementsToAdd(call, known) : [],
    ...(call.encoded === undefined
      ? {}
      : {
          decode: `aws sts decode-authorization-message --query DecodedMessage --output text --encoded-message ${call.encoded}`,
        }),
  };
}

/** Missing for services without Regions. */
const regionOf = (arn: string | undefined): string | undefined =>
  /^arn:[\w-]+:[\w-]+:([a-z]{2,4}(?:-[a-z]+)+-\d):/.exec(arn ?? "")?.[1];
