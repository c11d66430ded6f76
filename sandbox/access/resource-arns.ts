import type { Call } from "../call";
import type { Asked, RequestInput } from "../protocol/service";
import { everything, orEverything, partitionOf, text, texts } from "./arns";
import { ec2Resources, forwardedEc2Resources } from "./ec2-resource-arns";

/** A request, as far as it says what it acts upon. */
interface Requested {
  /** as in a credential scope: `aoss` */
  readonly service: string;
  readonly asked: Pick<Asked, "operation" | "resources">;
  readonly path: string;
  readonly input: RequestInput;
}

/**
 * ARNs of what a request acts upon, of which all have to be allowed; `*` where an action has no resources, or none
 * that are known here.
 */
export function resourcesOf({ service, asked, path, input }: Requested, call: Call): readonly string[] {
  const { operation } = asked;
  if (service === "ec2") return ec2Resources(operation, input, call);
  if (service === "aoss") return aossResources(operation, input, call);
  if (service === "iam") return iamResources(operation, input, call);
  if (service === "kms") return kmsResources(operation, input, call);
  if (service === "route53") {
    return route53Resources(operation, /\/(?:hostedzone|change)\/([^/?]+)/.exec(path)?.[1]);
  }
  return orEverything(asked.resources(call));
}

const aossArn = ({ region, account }: Call, type: string, id: unknown): string =>
  `arn:${partitionOf(region)}:aoss:${region}:${account}:${type}/${text(id) ?? "*"}`;

/** Only four operations of OpenSearch Serverless know resources. */
function aossResources(operation: string, input: RequestInput, call: Call): readonly string[] {
  if (/^(?:Delete|Update)Collection$/.test(operation)) return [aossArn(call, "collection", input["id"])];
  if (/^(?:Delete|Update)CollectionGroup$/.test(operation)) {
    return [aossArn(call, "collection-group", input["id"])];
  }
  return everything;
}

/** `arn:aws:route53:::hostedzone/Z0123456789` */
const route53Arn = (type: "change" | "hostedzone", id = "*"): string => `arn:aws:route53:::${type}/${id}`;

const zoneActions =
  /^(?:AssociateVPCWithHostedZone|DisassociateVPCFromHostedZone|ChangeResourceRecordSets|ListResourceRecordSets|(?:Delete|Get)HostedZone|GetHostedZoneLimit|UpdateHostedZone\w+|(?:ChangeTags|ListTags)ForResource|(?:Create|Delete)VPCAssociationAuthorization|ListVPCAssociationAuthorizations)$/;

/** @param id of the hosted zone or the change */
function route53Resources(action: string, id: string | undefined): readonly string[] {
  if (action === "GetChange") return [route53Arn("change", id)];
  return zoneActions.test(action) ? [route53Arn("hostedzone", id)] : everything;
}

/** The service-linked role of OpenSearch Serverless (its developer guide), the only one whose name is known here. */
const aossPrincipal = "observability.aoss.amazonaws.com";
const aossRole = "AWSServiceRoleForAmazonOpenSearchServerless";

function iamResources(action: string, input: RequestInput, call: Call): readonly string[] {
  const arn = (name: string): readonly string[] => [
    `arn:${partitionOf(call.region)}:iam::${call.account}:${name}`,
  ];
  const serviceRole = (principal: string): string =>
    `role/aws-service-role/${principal}/${principal === aossPrincipal ? aossRole : "*"}`;
  if (action === "CreateServiceLinkedRole") return arn(serviceRole(text(input["AWSServiceName"]) ?? "*"));
  if (action === "GetUser") return arn(`user/${text(input["UserName"]) ?? "sandbox"}`);
  if (action !== "GetRole") return everything;
  const name = text(input["RoleName"]) ?? "*";
  return arn(name === aossRole ? serviceRole(aossPrincipal) : `role/${name}`);
}

function kmsResources(action: string, input: RequestInput, call: Call): readonly string[] {
  if (/^(?:CreateKey|ListAliases|ListKeys)$/.test(action)) return everything;
  const own = `arn:${partitionOf(call.region)}:kms:${call.region}:${call.account}`;
  const alias = text(input["AliasName"]);
  const given = text(input["KeyId"]) ?? text(input["TargetKeyId"]) ?? alias ?? "*";
  const name = given.startsWith(`${own}:`) ? given.slice(own.length + 1) : given;
  const id = name.startsWith("alias/")
    ? (call.state.kmsAliases.get(name)?.keyId ?? "*")
    : name.replace(/^key\//, "");
  return [
    ...(alias === undefined ? [] : [`${own}:${alias}`]),
    id.startsWith("arn:") ? id : `${own}:key/${id}`,
  ];
}

/**
 * ARNs of what an action acts upon that a service calls in the caller's name, as far as the request to that service
 * says it. A hosted zone whose id nobody knows yet is `hostedzone/*`.
 */
export function forwardedResources(action: string, input: RequestInput, call: Call): readonly string[] {
  const [service = "", name = ""] = action.split(":");
  if (service === "ec2") return forwardedEc2Resources(name, input, call);
  if (service === "route53") return route53Resources(name, undefined);
  if (service === "iam") return iamResources(name, { AWSServiceName: aossPrincipal }, call);
  if (service === "kms") {
    const encryption = input["encryptionConfig"] as RequestInput | undefined;
    return orEverything(texts([encryption?.["kmsKeyArn"]]));
  }
  return everything;
}
