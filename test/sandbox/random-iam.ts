import type { Parameters } from "./random-ec2";
import type { Dice } from "./random-from";

const account = "123456789012";

/** The parameters of each operation of IAM on roles, policies and providers, as clients send them. */
export function randomIam({ next, below, one }: Dice): Readonly<Record<string, () => Parameters>> {
  const name = () => `fuzz-${below(5)}`;
  const role = (): Parameters => ({ RoleName: name() });
  const PolicyArn = () => `arn:aws:iam::${account}:policy/${name()}`;
  const policy = (): Parameters => ({ PolicyArn: PolicyArn() });
  const host = () => `idp-${below(4)}.example.com`;
  const provider = (): Parameters => ({
    OpenIDConnectProviderArn: `arn:aws:iam::${account}:oidc-provider/${host()}`,
  });
  const page = (): Parameters =>
    next() < 0.7 ? {} : { MaxItems: String(below(4)), Marker: String(below(3)) };
  const tags = (): Parameters =>
    next() < 0.4 ? {} : { "Tags.member.1.Key": `key-${below(60)}`, "Tags.member.1.Value": "v" };
  const keys = (): Parameters => ({ "TagKeys.member.1": `key-${below(60)}` });
  const version = (): Parameters => ({ ...policy(), VersionId: `v${1 + below(6)}` });
  const document = (): string =>
    one([
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"aoss:*","Resource":"*"}}',
      '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","NotAction":["iam:*"],"Resource":["arn:aws:aoss:*:*:*"]}]}',
      '{"Version":"2012-10-17","Statement":[]}',
      "[".repeat(300),
    ]);
  const trust = (): string =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: one<object>([
            { Service: "ec2.amazonaws.com" },
            { AWS: `arn:aws:iam::${account}:role/${name()}` },
            { Federated: `arn:aws:iam::${account}:oidc-provider/${host()}` },
          ]),
          Action: "sts:AssumeRole",
        },
      ],
    });
  return {
    AddClientIDToOpenIDConnectProvider: () => ({ ...provider(), ClientID: `client-${below(9)}` }),
    AttachRolePolicy: () => ({ ...role(), ...policy() }),
    CreateOpenIDConnectProvider: () => ({ Url: `https://${host()}`, ClientIDList: "", ...tags() }),
    CreatePolicy: () => ({ PolicyName: name(), PolicyDocument: document(), ...tags() }),
    CreatePolicyVersion: () => ({
      ...policy(),
      PolicyDocument: document(),
      SetAsDefault: one(["true", "false"]),
    }),
    CreateRole: () => ({ ...role(), AssumeRolePolicyDocument: trust(), Description: "a role", ...tags() }),
    DeleteOpenIDConnectProvider: provider,
    DeletePolicy: policy,
    DeletePolicyVersion: version,
    DeleteRole: role,
    DetachRolePolicy: () => ({ ...role(), ...policy() }),
    GetOpenIDConnectProvider: provider,
    GetPolicy: policy,
    GetPolicyVersion: version,
    GetRole: role,
    ListAttachedRolePolicies: () => ({ ...role(), ...page() }),
    ListInstanceProfilesForRole: () => ({ ...role(), ...page() }),
    ListOpenIDConnectProviderTags: () => ({ ...provider(), ...page() }),
    ListOpenIDConnectProviders: () => ({}),
    ListPolicies: () => ({ Scope: one(["All", "AWS", "Local", "x"]), ...page() }),
    ListPolicyTags: () => ({ ...policy(), ...page() }),
    ListPolicyVersions: () => ({ ...policy(), ...page() }),
    ListRolePolicies: () => ({ ...role(), ...page() }),
    ListRoleTags: () => ({ ...role(), ...page() }),
    RemoveClientIDFromOpenIDConnectProvider: () => ({ ...provider(), ClientID: `client-${below(9)}` }),
    SetDefaultPolicyVersion: version,
    TagOpenIDConnectProvider: () => ({ ...provider(), ...tags() }),
    TagPolicy: () => ({ ...policy(), ...tags() }),
    TagRole: () => ({ ...role(), ...tags() }),
    UntagOpenIDConnectProvider: () => ({ ...provider(), ...keys() }),
    UntagPolicy: () => ({ ...policy(), ...keys() }),
    UntagRole: () => ({ ...role(), ...keys() }),
    UpdateAssumeRolePolicy: () => ({ ...role(), PolicyDocument: trust() }),
    UpdateOpenIDConnectProviderThumbprint: () => ({
      ...provider(),
      "ThumbprintList.member.1": "0123456789abcdef".repeat(3).slice(0, one([40, 40, 39])),
    }),
    UpdateRole: () => ({ ...role(), MaxSessionDuration: String(3_000 + below(50_000)) }),
    UpdateRoleDescription: () => ({ ...role(), Description: `role ${below(9)}` }),
  };
}
