import type { EndpointInputs, ModuleInputs } from "./module-inputs";

/** Inputs that break one rule, made of a number, so that no two of one kind are the same. */
export type Broken = (n: number) => ModuleInputs;

const hex = (n: number, length = 17) => n.toString(16).padStart(length, "0");
const vpc = (n: number) => `vpc-${hex(n)}`;
const subnet = (n: number) => `subnet-${hex(n)}`;
const group = (n: number) => `sg-${hex(n)}`;
const role = (n: number) => `arn:aws:iam::123456789012:role/role-${n}`;
const many = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const endpoint = (n: number, changes: Partial<EndpointInputs> = {}): EndpointInputs => ({
  vpc_id: vpc(n),
  subnet_ids: [subnet(n)],
  allow: { clients: { cidr: "10.20.0.0/16" } },
  ...changes,
});

const withEndpoint = (n: number, changes: Partial<EndpointInputs>): ModuleInputs => ({
  name: "search",
  endpoints: { [`e${n}`]: endpoint(n, changes) },
});

const alone: ModuleInputs = { name: "search", create_endpoint: false };
const partner = "vpce-0a1b2c3d4e5f60731";
const source = (n: number, one: object) => withEndpoint(n, { allow: { one } });
const grant = (one: object): ModuleInputs => ({
  ...alone,
  grants: [{ collections: ["orders"], from: [partner], ...one }],
});
const data = (n: number, one: object): ModuleInputs => ({
  ...alone,
  data_access: [
    { principals: [role(n)], indexes: ["orders/*"], index_permissions: ["aoss:ReadDocument"], ...one },
  ],
});
const collection = (n: number, one: object): ModuleInputs => ({
  ...alone,
  collections: { [`orders-${n}`]: one },
});
const ownData = (n: number, one: object): ModuleInputs =>
  collection(n, {
    data_access: [
      { principals: [role(n)], indexes: ["*"], index_permissions: ["aoss:ReadDocument"], ...one },
    ],
  });
const kept = (one: object): ModuleInputs => ({ ...alone, retention: [{ indexes: ["logs/*"], ...one }] });

/** One for each rule, by what it breaks. */
export const broken: Readonly<Record<string, Broken>> = {
  "a VPC that is none": (n) => withEndpoint(n, { vpc_id: `vpc-x${n}` }),
  "the one endpoint's VPC is none": (n) => ({
    name: "search",
    vpc_id: `vpc_${n}`,
    subnet_ids: [subnet(n)],
    allow: { clients: { cidr: "10.20.0.0/16" } },
  }),
  "a subnet that is none": (n) => withEndpoint(n, { subnet_ids: [subnet(n), `subnet-${n}-`] }),
  "no subnet": (n) => withEndpoint(n, { subnet_ids: [] }),
  "more subnets than fit": (n) => withEndpoint(n, { subnet_ids: many(7 + (n % 5), subnet) }),
  "a subnet twice": (n) => withEndpoint(n, { subnet_ids: [subnet(n), subnet(1), subnet(n)] }),
  "a security group that is none": (n) => withEndpoint(n, { security_group_ids: [`sg_${n}`] }),
  "more security groups than fit beside the own": (n) =>
    withEndpoint(n, { security_group_ids: many(5 + (n % 3), group) }),
  "more security groups than fit": (n) =>
    withEndpoint(n, { allow: {}, security_group_ids: many(6 + (n % 3), group) }),
  "a security group twice": (n) => withEndpoint(n, { security_group_ids: [group(n), group(n)] }),
  "nobody may connect": (n) => withEndpoint(n, { allow: {} }),
  "a name that is too short": (n) => withEndpoint(n, { name: "abcdefghij".charAt(n % 10) }),
  "a name that is too long": (n) => withEndpoint(n, { name: `name-${n}-${"x".repeat(30)}` }),
  "a name of other characters": (n) => withEndpoint(n, { name: `Name_${n}` }),
  "a policy name of other characters": (n) => ({ ...alone, policy_name: `${n}-policy` }),
  "a policy description that is too long": (n) => ({ ...alone, policy_description: "x".repeat(1001 + n) }),
  "a tag key that is too long": (n) => withEndpoint(n, { tags: { ["k".repeat(129 + n)]: "v" } }),
  "a tag key of AWS": (n) => withEndpoint(n, { tags: { [`AWS:${n}`]: "v" } }),
  "a tag value that is too long": (n) => withEndpoint(n, { tags: { [`key-${n}`]: "v".repeat(257 + n) } }),
  "too many tags": (n) =>
    withEndpoint(n, { tags: Object.fromEntries(many(51 + n, (tag) => [`t${tag}`, ""])) }),
  "too many tags beside the Name": (n) =>
    withEndpoint(n, {
      generation: "nextgen",
      tags: Object.fromEntries(many(50 + (n % 9), (tag) => [`t${tag}`, ""])),
    }),
  "a name and the tag Name": (n) =>
    withEndpoint(n, { generation: "nextgen", name: `name-${n}`, tags: { Name: "other" } }),
  "a block that is none": (n) => source(n, { cidr: `10.0.${n}` }),
  "a block with other parts": (n) => source(n, { cidr: `10.0.0.0/16/${n}` }),
  "an octet too large": (n) => source(n, { cidr: `10.0.0.${256 + n}/32` }),
  "an octet with a zero before it": (n) => source(n, { cidr: `10.0.0${n % 9}.0/24` }),
  "a prefix that is too long": (n) => source(n, { cidr: `10.0.0.0/${33 + (n % 60)}` }),
  "an address without prefix": (n) => source(n, { cidr: `10.0.0.${n}` }),
  "an IPv6 address without prefix": (n) => source(n, { cidr: `2001:db8::${n + 1}` }),
  "an IPv4 block in IPv6 form": (n) => source(n, { cidr: `::ffff:10.0.0.${n}/128` }),
  "host bits": (n) => source(n, { cidr: `10.0.${n}.7/16` }),
  "host bits in IPv6": (n) => source(n, { cidr: `2001:db8::${n + 1}/64` }),
  "every address": (n) => source(n, { cidr: n % 2 ? "::/0" : "0.0.0.0/0" }),
  "a source group that is none": (n) => source(n, { security_group_id: `group-${n}` }),
  "a prefix list that is none": (n) => source(n, { prefix_list_id: `pl-${n}x` }),
  "a source's description that is too long": (n) =>
    source(n, { cidr: "10.0.0.0/8", description: "x".repeat(256 + n) }),
  "a source's description with other characters": (n) =>
    source(n, { cidr: "10.0.0.0/8", description: `clients ${"äöüß?|~\\\"'".charAt(n % 9)} ${n}` }),
  "a source twice": (n) =>
    withEndpoint(n, {
      allow: { a: { cidr: `10.${n}.0.0/16` }, b: { cidr: `10.${n}.0.0/16`, description: "again" } },
    }),
  "two endpoints in a VPC": (n) => ({
    name: "search",
    endpoints: { [`a${n}`]: endpoint(n), [`b${n}`]: endpoint(n) },
  }),
  "two endpoints for nextgen collections in a VPC": (n) => ({
    name: "search",
    endpoints: {
      [`a${n}`]: endpoint(n, { generation: "nextgen" }),
      [`b${n}`]: endpoint(n, { generation: "nextgen" }),
    },
  }),
  "two endpoints of a name": (n) => ({
    name: "search",
    endpoints: {
      [`a${n}`]: endpoint(n, { name: `name-${n}` }),
      [`b${n}`]: endpoint(n + 1000, { name: `name-${n}` }),
    },
  }),
  "an existing endpoint that is none": (n) => ({
    ...alone,
    existing_endpoints: { [`p${n}`]: { id: `vpce-${n}` } },
  }),
  "no collection in a grant": () => grant({ collections: [] }),
  "nobody in a grant": () => grant({ from: [] }),
  "dashboards for services": () => grant({ from: [], services: ["bedrock.amazonaws.com"], dashboards: true }),
  "a collection with a star inside": (n) => grant({ collections: [`lo${"g".repeat(n % 5)}*-${n}`] }),
  "a prefix that is too short": (n) =>
    grant({ collections: [`${"ab".slice(0, n % 3)}*`].map((one) => (one === "*" ? "a*" : one)) }),
  "a collection name that is too short": (n) => grant({ collections: ["ab".slice(0, n % 3)] }),
  "a collection name that is too long": (n) => grant({ collections: ["c".repeat(65 + n)] }),
  "a collection as a resource": (n) => grant({ collections: [`collection/orders-${n}`] }),
  "a collection of other characters": (n) => grant({ collections: [`Orders_${n}`] }),
  "a service that is none": (n) => grant({ services: [`service-${n}`] }),
  "a service that AWS refuses": () => grant({ services: ["lambda.amazonaws.com"] }),
  "an id that is none": (n) => grant({ from: [`vpce-${n}`] }),
  "an endpoint of the other generation": (n) => ({
    name: "search",
    endpoints: { [`e${n}`]: endpoint(n, { generation: "nextgen" }) },
    collections: { [`orders-${n}`]: { from: [`e${n}`] } },
  }),
  "a collection's name that is too long": (n) => ({
    ...alone,
    collections: { [`orders-${n}-${"x".repeat(30)}`]: {} },
  }),
  "a collection's name of other characters": (n) => ({ ...alone, collections: { [`Orders_${n}`]: {} } }),
  "a collection's description that is too long": (n) => collection(n, { description: "x".repeat(1001 + n) }),
  "a collection's tag of AWS": (n) => collection(n, { tags: { [`aws:${n}`]: "v" } }),
  "a collection's dashboards for nobody": (n) => collection(n, { dashboards: true }),
  "a collection's service that is none": (n) => collection(n, { services: [`service-${n}.com`] }),
  "a collection's service that AWS refuses": (n) => collection(n, { services: ["lambda.amazonaws.com"] }),
  "no principal": (n) => data(n, { principals: [] }),
  "no permission at all": (n) => data(n, { indexes: [], index_permissions: [] }),
  "no permission for indexes": (n) => data(n, { index_permissions: [] }),
  "permissions without indexes": (n) => data(n, { indexes: [] }),
  "permissions without collections": (n) => data(n, { collection_permissions: ["aoss:*"] }),
  "collections without permissions": (n) => data(n, { collections: ["orders"] }),
  everybody: (n) => data(n, { principals: [role(n), "*"] }),
  "a session of a role": (n) =>
    data(n, { principals: [`arn:aws:sts::123456789012:assumed-role/reader-${n}/jo`] }),
  "a session of a role of Identity Center": (n) =>
    data(n, { principals: [`arn:aws-us-gov:sts::123456789012:assumed-role/AWSReservedSSO_Admin_${n}/jo`] }),
  "a group of IAM": (n) => data(n, { principals: [`arn:aws:iam::123456789012:group/group-${n}`] }),
  "an instance profile": (n) =>
    data(n, { principals: [`arn:aws:iam::123456789012:instance-profile/p-${n}`] }),
  "a principal of another account": (n) =>
    data(n, { principals: [`arn:aws:iam::${String(n).padStart(12, "9")}:role/reader`] }),
  "a principal of SAML of another account": (n) =>
    ownData(n, { principals: [`saml/${String(n).padStart(12, "8")}/okta/group/all`] }),
  "an ARN of something else": (n) =>
    data(n, { principals: [`arn:aws:s3:::bucket-${n}-${"x".repeat(n % 2 ? 100 : 1)}`] }),
  "a principal of SAML without its parts": (n) => data(n, { principals: [`saml/123456789012/group-${n}`] }),
  "a principal of Identity Center without its parts": (n) =>
    data(n, { principals: [`iamidentitycenter/${n}`] }),
  "a principal that is none": (n) => data(n, { principals: [`jo-${n}`] }),
  "an index without collection": (n) => data(n, { indexes: [`orders-${n}`] }),
  "an index of three parts": (n) => data(n, { indexes: [`orders/${n}/x`] }),
  "an index as a resource": (n) => data(n, { indexes: [`index/orders-${n}/*`] }),
  "an index of a collection that is none": (n) => data(n, { indexes: [`Or${n}/a`] }),
  "an index that is none": (n) => data(n, { indexes: [`orders/A${n}`] }),
  "a permission for something else": (n) =>
    data(n, {
      index_permissions: [["aoss:CreateCollectionItems", "aoss:DescribeAgent", "aoss:APIAccessAll"][n % 3]],
    }),
  "a permission that is none": (n) => data(n, { index_permissions: [`aoss:Whatever${n}`] }),
  "a collection permission for something else": (n) =>
    data(n, {
      collections: ["orders"],
      collection_permissions: [
        ["aoss:ReadDocument", "aoss:ExecuteMLResource", "aoss:DashboardsAccessAll"][n % 3],
      ],
    }),
  "a principal of a collection that is none": (n) => ownData(n, { principals: [`who-${n}`] }),
  "an index of a collection with the collection": (n) => ownData(n, { indexes: [`orders/${n}-*`] }),
  "an index of a collection that is wrong": (n) => ownData(n, { indexes: [`_${n}`] }),
  "a permission of a collection that is none": (n) => ownData(n, { index_permissions: [`aoss:Nothing${n}`] }),
  "nobody in a collection": (n) => ownData(n, { principals: [] }),
  "a KMS key that is none": (n) => ({
    ...alone,
    kms_key_arns: { [`k${n}`]: `arn:aws:kms:eu-central-1:123456789012:key/${n}` },
    encryption: [{ collections: ["logs-*"], kms_key: `k${n}` }],
  }),
  "an alias of a KMS key": (n) => ({
    ...alone,
    kms_key_arns: { [`k${n}`]: `arn:aws:kms:eu-central-1:123456789012:alias/key-${n}` },
    encryption: [{ collections: ["logs-*"], kms_key: `k${n}` }],
  }),
  "a KMS key of another Region": (n) => ({
    ...alone,
    kms_key_arns: { [`k${n}`]: `arn:aws:kms:us-east-1:123456789012:key/mrk-${hex(n, 32)}` },
    encryption: [{ collections: ["logs-*"], kms_key: `k${n}` }],
  }),
  "a collection with two keys": (n) => ({
    ...alone,
    kms_key_arns: { one: `arn:aws:kms:eu-central-1:123456789012:key/mrk-${hex(n, 32)}` },
    encryption: [{ collections: [`logs-${n}-*`] }, { collections: [`logs-${n}-*`], kms_key: "one" }],
  }),
  "encryption of nothing": () => ({ ...alone, encryption: [{ collections: [] }] }),
  "encryption of what is no collection": (n) => ({ ...alone, encryption: [{ collections: [`Logs${n}`] }] }),
  "no index in a rule": () => kept({ indexes: [] }),
  "an index of a rule that is none": (n) => kept({ indexes: [`logs/${n}*x`] }),
  "no days": (n) => kept({ keep_days: -n }),
  "half days": (n) => kept({ keep_days: n + 0.5 }),
  "too many days": (n) => kept({ keep_days: 3651 + n }),
  "no index in a collection's rule": (n) => collection(n, { retention: [{ indexes: [] }] }),
  "too many days in a collection": (n) =>
    collection(n, { retention: [{ indexes: ["*"], keep_days: 4000 + n }] }),
};
