import type { Value } from "./evaluate";
import { list, members, type SeenResource, text } from "./seen";

/** Something that AWS described, in the words of Terraform's AWS provider. */
export interface Described {
  readonly type: string;
  /** `data`: nothing but what is told of it here is known. @default "managed" */
  readonly mode?: SeenResource["mode"];
  readonly id: string;
  readonly values: Readonly<Record<string, Value>>;
}

/** A policy that a list names without telling what it says. */
export interface Summary {
  readonly kind: "network" | "data";
  readonly name: string;
}

type Item = Readonly<Record<string, Value>>;

const tagsOf = (item: Item) =>
  Object.fromEntries(
    list(item["Tags"]).map((tag) => [text(members(tag)["Key"]) ?? "", members(tag)["Value"]]),
  );

const one = (type: string, id: Value, values: Item): Described[] => {
  const known = text(id);
  return known === undefined ? [] : [{ type, id: known, values: { id: known, ...values } }];
};

/** By the key of an answer of the AWS CLI, what each of its items is. */
const readers: Readonly<Record<string, (item: Item) => Described[]>> = {
  securityPolicyDetail: (item) => policy("aws_opensearchserverless_security_policy", item),
  accessPolicyDetail: (item) => policy("aws_opensearchserverless_access_policy", item),
  vpcEndpointDetails: managedEndpoint,
  vpcEndpointSummaries: managedEndpoint,
  collectionDetails: collection,
  collectionSummaries: collection,
  collectionGroupDetails: collectionGroup,
  collectionGroupSummaries: collectionGroup,
  VpcEndpoints: (item) =>
    one("aws_vpc_endpoint", item["VpcEndpointId"], {
      vpc_id: item["VpcId"],
      service_name: item["ServiceName"],
      state: item["State"],
      owner_id: item["OwnerId"],
      security_group_ids: list(item["Groups"]).map((group) => members(group)["GroupId"]),
      private_dns_enabled: item["PrivateDnsEnabled"],
      tags: tagsOf(item),
    }),
  SecurityGroups: (item) => [
    ...one("aws_security_group", item["GroupId"], {
      name: item["GroupName"],
      vpc_id: item["VpcId"],
      owner_id: item["OwnerId"],
      tags: tagsOf(item),
      ingress: list(item["IpPermissions"]).map((permission) => ingressOf(members(permission))),
    }),
    ...list(item["IpPermissions"])
      .flatMap((permission) => list(members(permission)["UserIdGroupPairs"]))
      .flatMap(namedGroup),
  ],
  PrefixLists: (item) =>
    item["Cidrs"] === undefined
      ? []
      : one("aws_prefix_list", item["PrefixListId"], { cidr_blocks: item["Cidrs"] }),
  Vpcs: (item) =>
    one("aws_vpc", item["VpcId"], {
      cidr_block: item["CidrBlock"],
      owner_id: item["OwnerId"],
      tags: tagsOf(item),
      cidr_block_associations: list(item["CidrBlockAssociationSet"]).map((association) => ({
        cidr_block: members(association)["CidrBlock"],
        state: members(members(association)["CidrBlockState"])["State"],
      })),
      ipv6_cidr_blocks: list(item["Ipv6CidrBlockAssociationSet"]).flatMap((association) => {
        const { Ipv6CidrBlock: cidr, Ipv6CidrBlockState: state } = members(association);
        return members(state)["State"] === "disassociated" ? [] : [cidr];
      }),
    }),
};

/** Answers that tell nothing of who reaches what. */
const others: ReadonlySet<string> = new Set([
  "lifecyclePolicyDetails",
  "lifecyclePolicySummaries",
  "effectiveLifecyclePolicyDetails",
  "securityConfigDetail",
  "securityConfigSummaries",
  "accountSettingsDetail",
]);

/** What an answer of the AWS CLI describes; undefined where it is no answer that is known. */
export function describedIn(answer: unknown): { found: Described[]; named: Summary[] } | undefined {
  const parts = members(answer);
  const found: Described[] = [];
  const named: Summary[] = [];
  let isKnown = false;
  for (const [key, value] of Object.entries(parts)) {
    const read = readers[key];
    const items = (Array.isArray(value) ? value : [value]).map(members);
    if (read) found.push(...items.flatMap(read));
    if (key === "SecurityGroupRules") {
      found.push(
        ...groupsOfRules(items),
        ...items.flatMap((rule) => namedGroup(rule["ReferencedGroupInfo"])),
      );
    }
    if (key === "securityPolicySummaries" || key === "accessPolicySummaries") {
      named.push(...items.flatMap(summary));
    }
    isKnown ||=
      read !== undefined || others.has(key) || /^(?:SecurityGroupRules|.*PolicySummaries)$/.test(key);
  }
  if (text(parts["Account"]) !== undefined && text(parts["Arn"]) !== undefined) {
    found.push(...one("aws_caller_identity", parts["Account"], { account_id: parts["Account"] }));
    isKnown = true;
  }
  return isKnown ? { found, named } : undefined;
}

function policy(type: string, item: Item): Described[] {
  const { name, policy: document } = item;
  const written = typeof document === "string" ? document : JSON.stringify(document);
  return one(type, name, { name, type: item["type"], policy: written });
}

function summary({ name, type }: Item): Summary[] {
  const known = text(name);
  return known !== undefined && (type === "network" || type === "data") ? [{ kind: type, name: known }] : [];
}

function managedEndpoint(item: Item): Described[] {
  return one("aws_opensearchserverless_vpc_endpoint", item["id"], {
    name: item["name"],
    vpc_id: item["vpcId"],
    security_group_ids: item["securityGroupIds"],
    status: item["status"],
  });
}

function collection(item: Item): Described[] {
  return one("aws_opensearchserverless_collection", item["id"], {
    name: item["name"],
    arn: item["arn"],
    collection_endpoint: item["collectionEndpoint"],
    collection_group_name: item["collectionGroupName"],
  });
}

function collectionGroup(item: Item): Described[] {
  return one("aws_opensearchserverless_collection_group", item["id"] ?? item["name"], {
    name: item["name"],
    generation: item["generation"],
    arn: item["arn"],
  });
}

function ingressOf(permission: Item): Item {
  const each = (key: string, member: string) => list(permission[key]).map((item) => members(item)[member]);
  return {
    protocol: permission["IpProtocol"],
    from_port: permission["FromPort"],
    to_port: permission["ToPort"],
    cidr_blocks: each("IpRanges", "CidrIp"),
    ipv6_cidr_blocks: each("Ipv6Ranges", "CidrIpv6"),
    prefix_list_ids: each("PrefixListIds", "PrefixListId"),
    security_groups: each("UserIdGroupPairs", "GroupId"),
  };
}

/** The groups whose rules are listed: a list has all rules of a group, unless it was asked for single rules. */
function groupsOfRules(rules: readonly Item[]): Described[] {
  const byGroup = new Map<string, Item[]>();
  for (const rule of rules) {
    const id = text(rule["GroupId"]);
    if (id !== undefined) byGroup.set(id, [...(byGroup.get(id) ?? []), rule]);
  }
  return [...byGroup].flatMap(([id, ofGroup]) =>
    one("aws_security_group", id, {
      ingress: ofGroup.filter((rule) => rule["IsEgress"] !== true).map(ruleAsIngress),
    }),
  );
}

/** A group that a rule names: nothing is told of it but, where it is of a peered VPC, which. */
function namedGroup(named: Value): Described[] {
  const { GroupId: id, VpcId: vpcId } = members(named);
  return text(vpcId) === undefined
    ? []
    : one("aws_security_group", id, { vpc_id: vpcId }).map((group) => ({ ...group, mode: "data" as const }));
}

function ruleAsIngress(rule: Item): Item {
  const some = (value: Value) => (text(value) === undefined ? [] : [value]);
  return {
    protocol: rule["IpProtocol"],
    from_port: rule["FromPort"],
    to_port: rule["ToPort"],
    cidr_blocks: some(rule["CidrIpv4"]),
    ipv6_cidr_blocks: some(rule["CidrIpv6"]),
    prefix_list_ids: some(rule["PrefixListId"]),
    security_groups: some(members(rule["ReferencedGroupInfo"])["GroupId"]),
  };
}
