import type { ModuleInputs } from "./module-inputs";

const endpoint = {
  vpc_id: "vpc-0a1b2c3d4e5f60718",
  subnet_ids: ["subnet-0a1b2c3d4e5f60711"],
  allow: { clients: { cidr: "10.20.0.0/16" } },
};
const alone = { name: "search", create_endpoint: false };
const arn = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
const collections = Array.from({ length: 300 }, (_, index) => `collection-of-some-length-${index}`);

/** Terraform takes null for any value: a condition in a list makes one. */
const withNulls = (inputs: object) => ({ name: "search", ...inputs }) as ModuleInputs;

/** Inputs that only the module can be given, and what it says of them, with the place. */
export const brokenHcl: readonly (readonly [message: string, inputs: ModuleInputs])[] = [
  [
    "no vpc_id is given for the one endpoint; give vpc_id and subnet_ids, or endpoints, or existing_endpoints; create_endpoint = false makes none",
    { name: "search" },
  ],
  [
    "vpc_id is of no effect beside endpoints, existing_endpoints or create_endpoint = false; leave it out, or make it one of the endpoints",
    { ...endpoint, name: "search", endpoints: { apps: endpoint } },
  ],
  [
    "subnet_ids: 0 given, an endpoint takes 1 to 6; give one subnet in each Availability Zone to serve",
    { ...endpoint, name: "search", subnet_ids: [] },
  ],
  [
    'grants[0].from: no endpoint "app" in this module; defined: apps, partner; or give a vpce- id',
    {
      name: "search",
      endpoints: { apps: endpoint },
      existing_endpoints: { partner: { id: "vpce-0a1b2c3d4e5f60731" } },
      grants: [{ collections: ["orders"], from: ["app"] }],
    },
  ],
  [
    'collections.orders.from: no endpoint "main" in this module; defined: none; or give a vpce- id',
    { ...alone, collections: { orders: { from: ["main"] } } },
  ],
  [
    'collections.orders.kms_key: no key "serch" in kms_key_arns; defined: search',
    { ...alone, kms_key_arns: { search: arn }, collections: { orders: { kms_key: "serch" } } },
  ],
  [
    `kms_key_arns: "${arn}" has two keys of this module; keep one of them, and name it in all that is encrypted with it`,
    { ...alone, kms_key_arns: { one: arn, two: arn } },
  ],
  [
    'policy "Team A" of grants: 1 to 25 of a-z, 0-9 and "-" are allowed; use another label',
    {
      ...alone,
      grants: [{ collections: ["orders"], services: ["bedrock.amazonaws.com"], policy: "Team A" }],
    },
  ],
  [
    'generation "next": no such generation; allowed: classic, nextgen',
    { name: "search", endpoints: { apps: { ...endpoint, generation: "next" } } },
  ],
  [
    'collections.orders.type: type "searching": no such type; allowed: search, timeseries, vectorsearch',
    { ...alone, collections: { orders: { type: "searching" } } },
  ],
  [
    "endpoints.apps.allow.one: a source is one of cidr, security_group_id, prefix_list_id; 2 given; name one, and make each a source of its own",
    {
      name: "search",
      endpoints: {
        apps: {
          ...endpoint,
          allow: { one: { cidr: "10.0.0.0/8", security_group_id: "sg-0a1b2c3d4e5f60713" } },
        },
      },
    },
  ],
  [
    "allow.none: a source is one of cidr, security_group_id, prefix_list_id; 0 given; name one, and make each a source of its own",
    { ...endpoint, name: "search", allow: { none: {} } },
  ],
  [
    'key "my apps" of endpoints: 1 to 64 of a-z, A-Z, 0-9, "_" and "-" are allowed; use another key',
    { name: "search", endpoints: { "my apps": endpoint } },
  ],
  // Names of 26 characters and 1, 2 or 3 digits (10, 90 and 200 of them: 790), each with 14 around it, the last without
  // its comma, in a block of one rule and one endpoint of 122 bytes: 300 * 40 + 790 - 1 + 122.
  [
    "policy big: the network policy would take 12911 bytes, AWS takes 10240; use prefixes instead of single names, shorten descriptions, or give some entries a policy label of their own",
    { ...alone, grants: [{ collections, from: ["vpce-0a1b2c3d4e5f60731"], policy: "big" }] },
  ],
  [
    "subnet_ids[1] is null; leave it out",
    withNulls({ ...endpoint, subnet_ids: [...endpoint.subnet_ids, null] }),
  ],
  ["security_group_ids[0] is null; leave it out", withNulls({ ...endpoint, security_group_ids: [null] })],
  ["allow.apps is null; leave it out", withNulls({ ...endpoint, allow: { ...endpoint.allow, apps: null } })],
  ["tags.team is null; leave it out", withNulls({ ...alone, tags: { team: null } })],
  ["kms_key_arns.own is null; leave it out", withNulls({ ...alone, kms_key_arns: { own: null } })],
  ["endpoints.apps is null; leave it out", withNulls({ endpoints: { apps: null } })],
  [
    "endpoints.apps.subnet_ids is null; fill it in",
    withNulls({ endpoints: { apps: { ...endpoint, subnet_ids: null } } }),
  ],
  [
    "endpoints.apps.allow.batch is null; leave it out",
    withNulls({ endpoints: { apps: { ...endpoint, allow: { batch: null } } } }),
  ],
  ["grants[0] is null; leave it out", withNulls({ ...alone, grants: [null] })],
  ["grants[0].collections is null; fill it in", withNulls({ ...alone, grants: [{ collections: null }] })],
  [
    "grants[0].collections[1] is null; leave it out",
    withNulls({ ...alone, grants: [{ collections: ["orders", null] }] }),
  ],
  [
    "grants[0].from[0] is null; leave it out",
    withNulls({ ...alone, grants: [{ collections: ["orders"], from: [null] }] }),
  ],
  ["collections.orders is null; leave it out", withNulls({ ...alone, collections: { orders: null } })],
  [
    "collections.orders.data_access[0].principals[0] is null; leave it out",
    withNulls({
      ...alone,
      collections: {
        orders: {
          data_access: [{ principals: [null], indexes: ["*"], index_permissions: ["aoss:ReadDocument"] }],
        },
      },
    }),
  ],
];
