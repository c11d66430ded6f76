import type { Call } from "../call";
import type { RequestInput } from "../protocol/service";
import { everything, orEverything, partitionOf, text, texts } from "./arns";
import { type ArnsOf, ec2Table, forwardedEc2Resources } from "./ec2-resource-arns";
import { forwardedIamResources, iamTable } from "./iam-resource-arns";
import { s3Table } from "./s3-resource-arns";

// ARN forms and which action needs which resources: service authorization reference of each service.

/** A request, as far as it says what it acts upon. */
interface Requested {
  /** as in a credential scope: `aoss` */
  readonly service: string;
  /** as in IAM: `DeleteCollection` */
  readonly operation: string;
  readonly input: RequestInput;
}

/**
 * ARNs of what a request acts upon, of which all have to be allowed; `*` where an action has no resources, or where
 * the request names none.
 */
export const resourcesOf = ({ service, operation, input }: Requested, call: Call): readonly string[] =>
  orEverything(tables[service]?.get(operation)?.(input, call));

/** Whether IAM knows resources of an action, so that a policy can be limited to some. */
export const hasResources = (service: string, operation: string): boolean =>
  tables[service]?.has(operation) === true;

/** The same ARNs for several actions. */
const each = (arnsOf: ArnsOf, ...actions: readonly string[]): readonly (readonly [string, ArnsOf])[] =>
  actions.map((action) => [action, arnsOf]);

const aossArn = ({ region, account }: Call, type: string, id: unknown): string =>
  `arn:${partitionOf(region)}:aoss:${region}:${account}:${type}/${text(id) ?? "*"}`;

const collection: ArnsOf = ({ id }, call) => [aossArn(call, "collection", id)];
const collectionGroup: ArnsOf = ({ id }, call) => [aossArn(call, "collection-group", id)];

const aossTable: ReadonlyMap<string, ArnsOf> = new Map([
  ...each(collection, "DeleteCollection", "UpdateCollection"),
  ...each(collectionGroup, "DeleteCollectionGroup", "UpdateCollectionGroup"),
]);

/** `arn:aws:route53:::hostedzone/Z0123456789` */
const route53Arn = (type: "change" | "hostedzone", id: unknown): string =>
  `arn:aws:route53:::${type}/${text(id) ?? "*"}`;

const hostedZone: ArnsOf = (input) => [route53Arn("hostedzone", input["Id"])];
const taggedZone: ArnsOf = (input) => [route53Arn("hostedzone", input["ResourceId"])];

/** The zones that a body lists, as `XmlReader.content` has it. */
const listedZones: ArnsOf = (input) =>
  lists(input["ResourceIds"])
    .flatMap((ids) => texts(ids["ResourceId"]))
    .map((id) => route53Arn("hostedzone", id));

const lists = (value: unknown): readonly RequestInput[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "object" && item !== null) : [];

const route53Table: ReadonlyMap<string, ArnsOf> = new Map([
  ...each(
    hostedZone,
    "AssociateVPCWithHostedZone",
    "ChangeResourceRecordSets",
    "CreateVPCAssociationAuthorization",
    "DeleteHostedZone",
    "DeleteVPCAssociationAuthorization",
    "DisassociateVPCFromHostedZone",
    "GetHostedZone",
    "GetHostedZoneLimit",
    "ListResourceRecordSets",
    "ListVPCAssociationAuthorizations",
    "UpdateHostedZoneComment",
  ),
  ...each(taggedZone, "ChangeTagsForResource", "ListTagsForResource"),
  ["ListTagsForResources", listedZones],
  ["GetChange", (input) => [route53Arn("change", input["Id"])]],
]);

/** The key, by its id, ARN or alias; and the alias, if the action is about one. */
const kmsKey: ArnsOf = (input, call) => {
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
};

const kmsTable: ReadonlyMap<string, ArnsOf> = new Map(
  each(
    kmsKey,
    "CancelKeyDeletion",
    "CreateAlias",
    "CreateGrant",
    "DeleteAlias",
    "DescribeKey",
    "DisableKey",
    "DisableKeyRotation",
    "EnableKey",
    "EnableKeyRotation",
    "GetKeyPolicy",
    "GetKeyRotationStatus",
    "ListGrants",
    "ListResourceTags",
    "PutKeyPolicy",
    "RetireGrant",
    "RevokeGrant",
    "ScheduleKeyDeletion",
    "TagResource",
    "UntagResource",
    "UpdateAlias",
    "UpdateKeyDescription",
  ),
);

/** The actions that have resources, by service and name. */
const tables: Readonly<Record<string, ReadonlyMap<string, ArnsOf>>> = {
  aoss: aossTable,
  ec2: ec2Table,
  iam: iamTable,
  kms: kmsTable,
  route53: route53Table,
  s3: s3Table,
};

/**
 * ARNs of what an action acts upon that a service calls in the caller's name, as far as the request to that service
 * says it. A hosted zone whose id nobody knows yet is `hostedzone/*`.
 */
export function forwardedResources(action: string, input: RequestInput, call: Call): readonly string[] {
  const [service = "", name = ""] = action.split(":");
  if (service === "ec2") return forwardedEc2Resources(name, input, call);
  if (service === "aoss") return forwardedAossResources(name, input, call);
  if (service === "route53") return resourcesOf({ service, operation: name, input: {} }, call);
  if (service === "iam") return orEverything(forwardedIamResources(name, input, call));
  return everything;
}

/** A collection is added to a group that the request names; IAM knows groups by their ids. */
function forwardedAossResources(action: string, input: RequestInput, call: Call): readonly string[] {
  if (action !== "AddCollectionToCollectionGroup") return everything;
  const groups = [...call.state.collectionGroups.values()];
  const id = groups.find(({ name }) => name === input["collectionGroupName"])?.id;
  return [aossArn(call, "collection-group", id)];
}
