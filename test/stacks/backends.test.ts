import { Testing } from "cdktf";
import { parseAccessFile } from "../../config";
import { addStacks } from "../../stacks";

const endpoint = (vpc: string) =>
  `{ vpc: vpc-${vpc}, subnets: [subnet-0a1b2c3d4e5f60711], allow: [{ cidr: 10.20.0.0/16 }] }`;

/** `search` names an endpoint of `network`; what is given stands in the place of each backend. */
const accessFile = (forAll: string, ofNetwork = "", ofSearch = "") => `version: 1
${forAll}
stacks:
  network:
    region: eu-central-1
${ofNetwork}
    endpoints: { apps: ${endpoint("0a1b2c3d4e5f60718")} }
  search:
    region: eu-central-1
${ofSearch}
    endpoints: {}
    grants: [{ collections: [orders], from: [network.apps] }]
`;

function synthesized(text: string) {
  const stacks = addStacks(Testing.app(), parseAccessFile(text, "access.yaml").access);
  const [network, search] = stacks.map((stack) => JSON.parse(Testing.synth(stack, true)));
  return { network, search };
}

test("S3: each stack with a key of its own, lock file and encryption by default, and the version that takes", () => {
  const { network, search } = synthesized(
    accessFile('backend: { s3: { bucket: acme-states, key: "aoss/{stack}.tfstate", region: eu-west-1 } }'),
  );
  expect(network.terraform.backend).toEqual({
    s3: {
      bucket: "acme-states",
      key: "aoss/network.tfstate",
      region: "eu-west-1",
      encrypt: true,
      use_lockfile: true,
    },
  });
  expect(network.terraform.required_version).toBe(">= 1.10.0");
  expect(search.terraform.backend.s3.key).toBe("aoss/search.tfstate");
  expect(search.data.terraform_remote_state.network).toEqual({
    backend: "s3",
    config: { bucket: "acme-states", key: "aoss/network.tfstate", region: "eu-west-1" },
    workspace: "${terraform.workspace}",
  });
});

test("S3 without a lock file works with every Terraform, and names the key", () => {
  const arn = "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
  const { network } = synthesized(
    accessFile(
      `backend: { s3: { bucket: acme-states, key: "{stack}", region: eu-west-1, useLockfile: false, kmsKey: "${arn}" } }`,
    ),
  );
  expect(network.terraform.backend.s3).toEqual({
    bucket: "acme-states",
    key: "network",
    region: "eu-west-1",
    encrypt: true,
    kms_key_id: arn,
  });
  expect(network.terraform).not.toHaveProperty("required_version");
});

test("http: addresses and methods, and reading needs the address alone", () => {
  const { network, search } = synthesized(
    accessFile(`backend:
  http:
    address: https://git.example.com/states/{stack}
    updateMethod: PUT
    lockAddress: https://git.example.com/states/{stack}/lock
    lockMethod: POST
    unlockAddress: https://git.example.com/states/{stack}/lock
    unlockMethod: DELETE`),
  );
  expect(network.terraform.backend).toEqual({
    http: {
      address: "https://git.example.com/states/network",
      update_method: "PUT",
      lock_address: "https://git.example.com/states/network/lock",
      lock_method: "POST",
      unlock_address: "https://git.example.com/states/network/lock",
      unlock_method: "DELETE",
    },
  });
  expect(search.data.terraform_remote_state.network).toEqual({
    backend: "http",
    config: { address: "https://git.example.com/states/network" },
  });
});

test("HCP Terraform: a cloud block, and the other stack's workspace is read by the remote backend", () => {
  const { network, search } = synthesized(
    accessFile(
      'backend: { cloud: { organization: acme, hostname: tfe.acme.com, workspaces: { name: "aoss-{stack}", project: search } } }',
    ),
  );
  expect(network.terraform.cloud).toEqual({
    organization: "acme",
    hostname: "tfe.acme.com",
    workspaces: { name: "aoss-network", project: "search" },
  });
  expect(network.terraform).not.toHaveProperty("backend");
  expect(search.data.terraform_remote_state.network).toEqual({
    backend: "remote",
    config: { organization: "acme", hostname: "tfe.acme.com", workspaces: { name: "aoss-network" } },
  });
});

test("HCP Terraform: no Terraform is started to synthesize, as where committed JSON is checked", () => {
  const before = process.env["PATH"];
  process.env["PATH"] = "";
  try {
    const text = accessFile('backend: { cloud: { organization: acme, workspaces: { name: "{stack}" } } }');
    const [network] = addStacks(Testing.app(), parseAccessFile(text, "access.yaml").access);
    if (!network) throw new Error("no stack");
    expect(JSON.parse(Testing.synth(network, true)).terraform.cloud).toEqual({
      organization: "acme",
      workspaces: { name: "network" },
    });
  } finally {
    process.env["PATH"] = before;
  }
});

test("HCP Terraform: workspaces by tags", () => {
  const { search } = synthesized(
    accessFile(
      "",
      "",
      '    backend: { cloud: { organization: acme, workspaces: { tags: [aoss, "stack:{stack}"] } } }',
    ),
  );
  expect(search.terraform.cloud).toEqual({
    organization: "acme",
    workspaces: { tags: ["aoss", "stack:search"] },
  });
});

test("a stack in HCP Terraform reads the default workspace of one in S3: the name of its own means nothing there", () => {
  const { network, search } = synthesized(
    accessFile(
      'backend: { s3: { bucket: acme-states, key: "{stack}.tfstate", region: eu-west-1 } }',
      "",
      '    backend: { cloud: { organization: acme, workspaces: { name: "{stack}" } } }',
    ),
  );
  expect(network.terraform.backend.s3.key).toBe("network.tfstate");
  expect(search.terraform.cloud.workspaces).toEqual({ name: "search" });
  expect(search.data.terraform_remote_state.network).toEqual({
    backend: "s3",
    config: { bucket: "acme-states", key: "network.tfstate", region: "eu-west-1" },
  });
});

test("local: a path of the project, as seen from the stack's folder, by the other stack too", () => {
  const { network, search } = synthesized(
    accessFile('backend: { local: { path: "states/{stack}.tfstate" } }'),
  );
  expect(network.terraform.backend).toEqual({ local: { path: "../../../states/network.tfstate" } });
  expect(search.data.terraform_remote_state.network.config).toEqual({
    path: "../../../states/network.tfstate",
    workspace_dir: "../network/terraform.tfstate.d",
  });
});
