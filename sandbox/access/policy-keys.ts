import type { Call } from "../call";
import { aossRole } from "../iam/service-linked-role";
import type { IamState } from "../state/state";
import { callerArn } from "./access-denied";
import type { KeyValues } from "./policy-pattern";

/** Condition keys of a request that are not the same for each of its resources, by name in lower case. */
export type RequestKeys = Readonly<Record<string, readonly string[]>>;

/** One resource of one request, as conditions see it. */
export interface Asking {
  readonly call: Call;
  /** as in IAM: `ec2:CreateVpcEndpoint` */
  readonly action: string;
  /** the service that was called, and that may ask in the caller's name: `aoss` */
  readonly called: string;
  /** an ARN, or `*` */
  readonly resource: string;
  readonly request: RequestKeys;
}

type ValueOf = (asking: Asking) => string | undefined;

/** The caller is an IAM user with a long-term key, without tags, outside of an organization and of any VPC. */
const never: ValueOf = () => undefined;

const isAbout = ({ action }: Asking, service: string): boolean => action.startsWith(`${service}:`);

/** Whether a service asks in the caller's name. */
const isForwarded = (asking: Asking): boolean => !isAbout(asking, asking.called);

/** These two are called in us-east-1 whatever the Region. */
const isGlobal = (asking: Asking): boolean => isAbout(asking, "iam") || isAbout(asking, "route53");

/** Global condition keys and those of services, as far as the sandbox knows what AWS would put there. */
const singleKeys: Readonly<Record<string, ValueOf>> = {
  "aws:currenttime": ({ call }) => new Date(call.now).toISOString(),
  "aws:epochtime": ({ call }) => String(Math.floor(call.now / 1000)),
  "aws:federatedprovider": never,
  "aws:multifactorauthage": never,
  "aws:multifactorauthpresent": never,
  "aws:principalaccount": ({ call }) => call.account,
  "aws:principalarn": ({ call }) => callerArn(call.account),
  "aws:principalisawsservice": () => "false",
  "aws:principalorgid": never,
  "aws:principaltype": () => "User",
  "aws:requestedregion": (asking) => (isGlobal(asking) ? "us-east-1" : asking.call.region),
  // What it is at AWS, where nobody calls without TLS.
  "aws:securetransport": () => "true",
  "aws:sourceidentity": never,
  // The address of a service that calls in the caller's name is not the caller's.
  "aws:sourceip": (asking) => (isForwarded(asking) ? undefined : "127.0.0.1"),
  "aws:sourcevpc": never,
  "aws:sourcevpce": never,
  "aws:tokenissuetime": never,
  "aws:userid": () => callerUserId,
  "aws:username": () => "sandbox",
  "aws:viaawsservice": (asking) => String(isForwarded(asking)),
  "aws:vpcsourceip": never,
  "ec2:createaction": ({ action, request }) =>
    action === "ec2:CreateTags" ? request["ec2:createaction"]?.[0] : undefined,
  "ec2:region": ({ call }) => call.region,
  "ec2:vpc": (asking) => vpcArnOf(asking),
  // The key is one of the endpoint, and not of the network that it is put into.
  "ec2:vpceservicename": ({ action, resource, request }) =>
    action === "ec2:CreateVpcEndpoint" && resource.includes(":vpc-endpoint/")
      ? request["ec2:vpceservicename"]?.[0]
      : undefined,
  // The one role that a service makes here is that of OpenSearch Serverless.
  "iam:awsservicename": ({ action }) =>
    action === "iam:CreateServiceLinkedRole" ? aossRole.serviceName : undefined,
  // Nothing here sets a boundary.
  "iam:permissionsboundary": never,
  "iam:policyarn": ({ request }) => request["iam:policyarn"]?.[0],
  "kms:calleraccount": (asking) => (isAbout(asking, "kms") ? asking.call.account : undefined),
  "kms:grantisforawsresource": (asking) =>
    asking.action === "kms:CreateGrant" ? String(isForwarded(asking)) : undefined,
  "kms:viaservice": (asking) =>
    isAbout(asking, "kms") && isForwarded(asking)
      ? `${asking.called}.${asking.call.region}.amazonaws.com`
      : undefined,
  "route53:vpcs": ({ request }) => request["route53:vpcs"]?.[0],
};

/** Keys that may have several values. */
const listKeys: ReadonlySet<string> = new Set(["aoss:collection", "aws:principalorgpaths", "aws:tagkeys"]);

/** `aws:RequestTag/team` and the like: the tag's key is part of the name, and its case does not count. */
const tagKeys: Readonly<Record<string, (asking: Asking, tag: string) => string | undefined>> = {
  "aws:principaltag": never,
  "aws:requesttag": ({ request }, tag) => request[`aws:requesttag/${tag}`]?.[0],
  "aws:resourcetag": (asking, tag) => resourceTag(asking, tag),
  "ec2:resourcetag": (asking, tag) => resourceTag(asking, tag),
  "iam:resourcetag": (asking, tag) => resourceTag(asking, tag),
};

/** `AIDA...`: the user id of the caller. */
const callerUserId = "AIDASANDBOXLOOPBACK00";

/** Names of the keys that the sandbox knows, in lower case, but for those that end with the key of a tag. */
export const knownKeys: readonly string[] = [...Object.keys(singleKeys), ...listKeys];

/** Whether the sandbox can say what the key's value is, or that it has none. */
export function isKnownKey(key: string): boolean {
  const name = key.toLowerCase();
  if (Object.hasOwn(singleKeys, name) || listKeys.has(name)) return true;
  const slash = name.indexOf("/");
  return slash > 0 && slash < name.length - 1 && Object.hasOwn(tagKeys, name.slice(0, slash));
}

/** Whether the key may have several values, which conditions compare with ForAllValues and ForAnyValue. */
export const isListKey = (key: string): boolean => listKeys.has(key.toLowerCase());

/** The values of the condition keys of one request to one resource. */
export const keyValues =
  (asking: Asking): KeyValues =>
  (key) => {
    const name = key.toLowerCase();
    if (listKeys.has(name)) return asking.request[name];
    const single = Object.hasOwn(singleKeys, name) ? singleKeys[name]?.(asking) : tagValue(asking, name);
    return single === undefined ? undefined : [single];
  };

function tagValue(asking: Asking, name: string): string | undefined {
  const slash = name.indexOf("/");
  return tagKeys[name.slice(0, slash)]?.(asking, name.slice(slash + 1));
}

const idOf = (arn: string): string => arn.slice(arn.indexOf("/") + 1);

function resourceTag({ call, resource }: Asking, tag: string): string | undefined {
  const id = idOf(resource);
  const { state, accountState } = call;
  const own = state.kmsKeys.get(id)?.tags ?? accountState.hostedZones.get(id)?.tags;
  const iam = iamTags(accountState.iam, resource);
  const tags = own ?? iam ?? state.tags.get(resource) ?? state.tags.get(id);
  return [...(tags ?? [])].find(([key]) => key.toLowerCase() === tag)?.[1];
}

const iamTags = (iam: IamState | undefined, arn: string): ReadonlyMap<string, string> | undefined =>
  iam?.policies.get(arn)?.tags ??
  iam?.openIdConnectProviders.get(arn)?.tags ??
  (/:iam::\d*:role\//.test(arn) ? iam?.roles.get(arn.slice(arn.lastIndexOf("/") + 1))?.tags : undefined);

/**
 * The VPC of a group or a subnet; of one yet to be made, the VPC that the request names. To ec2:DeleteTags IAM does not
 * give the key, though it does to ec2:CreateTags (service authorization reference).
 */
function vpcArnOf({ call, action, resource, request }: Asking): string | undefined {
  const id = idOf(resource);
  const { securityGroups, subnets } = call.state;
  if (action === "ec2:DeleteTags" || !/:(?:security-group|subnet)\//.test(resource)) return undefined;
  const vpcId = securityGroups.get(id)?.vpcId ?? subnets.get(id)?.vpcId ?? request["ec2:vpcid"]?.[0];
  return vpcId === undefined ? undefined : `${resource.slice(0, resource.lastIndexOf(":"))}:vpc/${vpcId}`;
}
