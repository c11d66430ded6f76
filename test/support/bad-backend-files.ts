/** Two stacks that share a backend, and one with its own; each case below breaks one thing in it. */
export const goodBackendsFile = `version: 1
backend:
  s3: { bucket: acme-states, key: "aoss/{stack}.tfstate", region: eu-central-1 }
stacks:
  search:
    region: eu-central-1
    endpoints:
      apps: { vpc: vpc-0a1b2c3d4e5f60718, subnets: [subnet-0a1b2c3d4e5f60711], allow: [{ cidr: 10.20.0.0/16 }] }
    grants:
      - { collections: [orders], from: [apps] }
  batch:
    region: eu-central-1
    endpoints: {}
    grants:
      - { collections: [jobs], from: [search.apps, partner.far] }
  partner:
    region: eu-central-1
    backend:
      cloud: { organization: acme, workspaces: { name: "aoss-{stack}", project: search } }
    endpoints:
      far: { vpc: vpc-0a1b2c3d4e5f60728, subnets: [subnet-0a1b2c3d4e5f60712], allow: [{ cidr: 10.30.0.0/16 }] }
`;

const shared = '  s3: { bucket: acme-states, key: "aoss/{stack}.tfstate", region: eu-central-1 }';
const own = '      cloud: { organization: acme, workspaces: { name: "aoss-{stack}", project: search } }';
const fromBatch = goodBackendsFile.slice(
  goodBackendsFile.indexOf("  batch:"),
  goodBackendsFile.indexOf(own) + own.length,
);
const http = (fields: string) => `  http: { ${fields} }`;
const inS3 = (fields: string) => shared.replace(" }", `, ${fields} }`);

type Edit = readonly [name: string, find: string, replace: string, expected: string];

/** Edits of the backend for all stacks, and of the one of `partner`. */
export const backendEdits: readonly Edit[] = [
  [
    "a backend of no kind",
    shared,
    "  {}",
    "3:3 backend: a backend is one of local, s3, http, cloud; none given; add one of them",
  ],
  [
    "a backend of two kinds",
    shared,
    `${shared}\n  local: {}`,
    "3:3 backend: a backend is one of local, s3, http, cloud; local and s3 given; keep one",
  ],
  [
    "a backend of a kind that is not known",
    shared,
    "  gcs: { bucket: acme-states }",
    '3:3 backend.gcs: unknown key "gcs"; allowed: local, s3, http, cloud',
  ],
  [
    "a misspelt kind",
    "  s3:",
    "  s4:",
    '3:3 backend.s4: unknown key "s4"; did you mean "s3"? allowed: local,',
  ],
  ["no bucket", "bucket: acme-states, ", "", "3:3 backend.s3.bucket: bucket is missing; add bucket, a text"],
  [
    "no key of the state",
    'key: "aoss/{stack}.tfstate", ',
    "",
    "3:3 backend.s3.key: key is missing; add key, a text",
  ],
  [
    "no Region of the bucket",
    ", region: eu-central-1 }",
    " }",
    "3:3 backend.s3.region: region is missing; add region, a text",
  ],
  [
    "a misspelt key of a backend",
    shared,
    inS3("useLockFile: true"),
    '3:81 backend.s3.useLockFile: unknown key "useLockFile"; did you mean "useLockfile"? allowed: bucket, key, region, useLockfile, encrypt, kmsKey',
  ],
  [
    "a key of another kind of backend",
    shared,
    inS3("organization: acme"),
    '3:81 backend.s3.organization: unknown key "organization"; allowed: bucket, key,',
  ],
  [
    "a bucket with capitals",
    "acme-states",
    "Acme-States",
    '3:17 backend.s3.bucket: bucket "Acme-States": 3 to 63 of a-z, 0-9, "." and "-" are allowed',
  ],
  [
    "a key of the state that begins with a slash",
    '"aoss/{stack}',
    '"/aoss/{stack}',
    '3:35 backend.s3.key: key "/aoss/stack.tfstate": starts or ends with "/"; drop the slash',
  ],
  [
    "a placeholder that is not known",
    "{stack}.tfstate",
    "{stack}-{region}.tfstate",
    "3:35 backend.s3.key: key: {region} is not known here; {stack} stands for the name of the stack",
  ],
  [
    "an expression in a backend",
    "acme-states",
    '"${var.bucket}"',
    "3:17 backend.s3.bucket: bucket: ${var.bucket} is not known here;",
  ],
  [
    "one key of the state for all stacks",
    "aoss/{stack}",
    "aoss/all",
    "3:35 backend.s3.key: key: stacks search and batch share one state, s3://acme-states/aoss/all.tfstate; put {stack} into it",
  ],
  [
    "a stack with the state of another, once its name is filled in",
    own,
    "      s3: { bucket: acme-states, key: aoss/batch.tfstate, region: eu-central-1 }",
    "19:39 stacks.partner.backend.s3.key: key: s3://acme-states/aoss/batch.tfstate is the state of stack batch already; give this stack a state of its own",
  ],
  [
    "a DynamoDB table that locks, in Terraform's spelling",
    shared,
    inS3("dynamodb_table: locks"),
    "3:81 backend.s3.dynamodb_table: dynamodb_table: no DynamoDB table is taken, Terraform deprecates locking by one; leave it out: a lock file in the bucket locks",
  ],
  [
    "an access key in the backend",
    shared,
    inS3("accessKey: AKIAIOSFODNN7EXAMPLE"),
    "3:81 backend.s3.accessKey: accessKey: credentials do not belong into this file, which is committed; set AWS_ACCESS_KEY_ID",
  ],
  [
    "a secret key in Terraform's spelling",
    shared,
    inS3("secret_key: wJalrXUtnFEMI"),
    "3:81 backend.s3.secret_key: secret_key: credentials do not belong into this file",
  ],
  [
    "a profile of one machine",
    shared,
    inS3("profile: acme"),
    "3:81 backend.s3.profile: profile: a profile is of one machine; set AWS_PROFILE there",
  ],
  [
    "a KMS key without encryption",
    shared,
    inS3(
      "encrypt: false, kmsKey: arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef",
    ),
    "3:105 backend.s3.kmsKey: kmsKey beside encrypt: false; leave out one of them",
  ],
  [
    "a state at an absolute path",
    shared,
    '  local: { path: "/var/states/{stack}.tfstate" }',
    "3:18 backend.local.path: path: an absolute path is of one machine, and would be committed; give a path relative",
  ],
  [
    "one file for all stacks",
    shared,
    "  local: { path: states/all.tfstate }",
    "3:18 backend.local.path: path: stacks search and batch share one state, states/all.tfstate; put {stack} into it",
  ],
  [
    "a stack with the file that another has by default",
    fromBatch,
    fromBatch
      .replace("batch:\n", "batch:\n    backend: { local: { path: ./x/../terraform.partner.tfstate } }\n")
      .replace(own, "      local: {}"),
    "20:14 stacks.partner.backend.local: local: terraform.partner.tfstate is the state of stack batch already; give this stack a state of its own",
  ],
  [
    "a state at no URL",
    shared,
    http('address: "state.example.com/{stack}"'),
    "3:20 backend.http.address: address: not an http or https URL; give one such as https://state.example.com/{stack}",
  ],
  [
    "one URL for all stacks",
    shared,
    http('address: "https://state.example.com/aoss"'),
    "3:20 backend.http.address: address: stacks search and batch share one state, https://state.example.com/aoss; put {stack} into it",
  ],
  [
    "one lock for all stacks",
    shared,
    http(
      'address: "https://s.example.com/{stack}", lockAddress: "https://s.example.com/lock", unlockAddress: "https://s.example.com/{stack}/lock"',
    ),
    "3:66 backend.http.lockAddress: lockAddress: stacks search and batch share one lock, https://s.example.com/lock; put {stack} into it",
  ],
  [
    "a lock where another stack has its state",
    fromBatch,
    fromBatch
      .replace("batch:\n", 'batch:\n    backend: { http: { address: "https://s.example.com/batch" } }\n')
      .replace(
        own,
        '      http: { address: "https://s.example.com/p", lockAddress: "https://s.example.com/batch", unlockAddress: "https://s.example.com/p/lock" }',
      ),
    "20:64 stacks.partner.backend.http.lockAddress: lockAddress: https://s.example.com/batch is where stack batch has its state, which a lock would overwrite; give this stack a lock of its own",
  ],
  [
    "a lock that is never let go",
    shared,
    http('address: "https://s.example.com/{stack}", lockAddress: "https://s.example.com/{stack}/lock"'),
    "3:66 backend.http.lockAddress: lockAddress without unlockAddress; add unlockAddress; it may be the same URL",
  ],
  [
    "a password of an http backend",
    shared,
    http('address: "https://s.example.com/{stack}", password: hunter2'),
    "3:53 backend.http.password: password: credentials do not belong into this file, which is committed; set TF_HTTP_PASSWORD in the environment",
  ],
  [
    "credentials in a URL",
    shared,
    http('address: "https://acme:hunter2@s.example.com/{stack}"'),
    "3:20 backend.http.address: address: user and password in the URL: credentials do not belong into this file, which is committed; set TF_HTTP_USERNAME and TF_HTTP_PASSWORD",
  ],
  [
    "a token in the query of a URL",
    shared,
    http('address: "https://s.example.com/{stack}?private_token=glpat-1"'),
    '3:20 backend.http.address: address: the parameter "private_token" in the URL: credentials do not belong',
  ],
  [
    "a method that is none",
    shared,
    http('address: "https://s.example.com/{stack}", updateMethod: SAVE'),
    '3:67 backend.http.updateMethod: updateMethod: "SAVE" is not known; allowed: GET, POST, PUT,',
  ],
  [
    "a token of HCP Terraform",
    "organization: acme",
    "organization: acme, token: abc.atlasv1.def",
    "19:36 stacks.partner.backend.cloud.token: token: a token does not belong into this file, which is committed; run terraform login, or set TF_TOKEN_app_terraform_io",
  ],
  [
    "no organization",
    "organization: acme, ",
    "",
    "19:7 stacks.partner.backend.cloud.organization: organization is missing; add organization, a text",
  ],
  [
    "a workspace by name and tags",
    'partner.far] }\n  partner:\n    region: eu-central-1\n    backend:\n      cloud: { organization: acme, workspaces: { name: "aoss-{stack}"',
    'search.apps] }\n  partner:\n    region: eu-central-1\n    backend:\n      cloud: { organization: acme, workspaces: { name: "aoss-{stack}", tags: [aoss]',
    "19:48 stacks.partner.backend.cloud.workspaces: workspaces: name and tags given; give one of them",
  ],
  [
    "a project beside the workspaces",
    "organization: acme",
    "organization: acme, project: search",
    "19:36 stacks.partner.backend.cloud.project: project: the project stands under workspaces, as in Terraform; move it there",
  ],
  [
    "a URL for a host name",
    "organization: acme",
    "organization: acme, hostname: https://app.terraform.io",
    '19:46 stacks.partner.backend.cloud.hostname: hostname: not a host name; give one such as "app.terraform.io", without https://',
  ],
  [
    "endpoints of a stack whose workspace is chosen by tags",
    'name: "aoss-{stack}"',
    "tags: [aoss]",
    "15:52 stacks.batch.grants[0].from[1]: the workspace of stack partner is chosen by tags, so that it is not known whose state has the endpoint; give stack partner workspaces.name in its backend",
  ],
  [
    "a stack whose tags are among those of another",
    "  batch:\n    region: eu-central-1\n",
    "  batch:\n    region: eu-central-1\n    backend: { cloud: { organization: acme, workspaces: { tags: [aoss] } } }\n    endpoints: {}\n  more:\n    region: eu-central-1\n    backend: { cloud: { organization: acme, workspaces: { tags: [eu, aoss] } } }\n    endpoints: {}\n    dataAccess: [{ principals: [arn:aws:iam::123456789012:role/reader], collections: [jobs], collectionPermissions: [aoss:DescribeCollectionItems] }]\n  third:\n    region: eu-central-1\n",
    "17:65 stacks.more.backend.cloud.workspaces.tags: tags: workspaces of stack more have all the tags of stack batch too, and could be taken for its own; add a tag that tells the stacks apart",
  ],
  [
    "an access key in a path",
    shared,
    "  local: { path: AKIAIOSFODNN7EXAMPLE/state }",
    "3:18 backend.local.path: path: an access key of AWS stands in it: credentials do not belong into this file, which is committed; set AWS_ACCESS_KEY_ID and its like",
  ],
  [
    "a token in the path of a URL",
    shared,
    http('address: "https://s.example.com/glpat-0123456789abcdefghij/{stack}"'),
    "3:20 backend.http.address: address: a token of GitLab stands in it: credentials do not belong into this file, which is committed; set TF_HTTP_PASSWORD in the environment",
  ],
  [
    "a path that is a folder",
    shared,
    '  local: { path: "states/{stack}/." }',
    '3:18 backend.local.path: path "states/stack/.": not the path of a file; give one such as states/{stack}.tfstate',
  ],
  [
    "a workspace of another stack, with the port of https",
    "  batch:\n    region: eu-central-1\n",
    '  batch:\n    region: eu-central-1\n    backend: { cloud: { organization: acme, hostname: "app.terraform.io:443", workspaces: { name: aoss-partner } } }\n',
    "20:56 stacks.partner.backend.cloud.workspaces.name: name: app.terraform.io/acme/aoss-partner is the state of stack batch already; give this stack a state of its own",
  ],
];
