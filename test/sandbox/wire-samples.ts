/** Values of a shape of the API model that has a pattern: one that fits, and ones that break one constraint each. */
interface Sample {
  readonly valid: string;
  /** breaks the pattern, and only that */
  readonly wrong: string;
  /** one character less than the minimum */
  readonly short?: string;
  /** more characters than the maximum */
  readonly long?: string;
}

const name = (max: number): Sample => ({
  valid: "apps",
  wrong: "Apps",
  short: "ab",
  long: "a".repeat(max + 1),
});
const id: Sample = { valid: "abc123", wrong: "ABC123", short: "ab", long: "a".repeat(41) };
const attribute = (wrong: string, max: number): Sample => ({
  valid: "team",
  wrong,
  short: "",
  long: "a".repeat(max + 1),
});
const text = (valid: string, max: number): Sample => ({
  valid,
  wrong: "\u0001",
  short: "",
  long: "x".repeat(max + 1),
});
const keyIn = (region: string): string =>
  `arn:aws:kms:${region}:123456789012:key/11111111-2222-3333-4444-555555555555`;

/** By shape, for every shape of a request that has a pattern. */
export const samples: Readonly<Record<string, Sample>> = {
  CollectionGroupId: id,
  CollectionGroupName: name(32),
  CollectionId: id,
  CollectionName: name(64),
  ConfigName: name(32),
  EncryptionConfigKmsKeyArnString: {
    valid: keyIn("us-east-1"),
    wrong: keyIn("us-east-1").replace("123456789012", "12345678901"),
    short: "arn:aws:k",
    long: keyIn("u".repeat(100)),
  },
  IamIdentityCenterInstanceArn: {
    valid: "arn:aws:sso:::instance/ssoins-0123456789abcdef",
    wrong: "arn:aws:sso:::instance/ssoins-0123456789abcde",
    short: "arn:aws:s",
    long: `arn:aws:sso:::instance/ssoins-${"0".repeat(1224)}`,
  },
  PolicyDocument: text("[]", 20_480),
  PolicyName: name(32),
  PolicyVersion: {
    valid: "MTY2OTI0MDAwNTk5MF8x",
    wrong: "MTY2OTI0MDAwNTk5MF8xx",
    short: "MTY2OTI0MDAwNTk5",
    long: "MTY2OTI0MDAwNTk5MF8xMTY2OTI0MDAwNTk5MF8x",
  },
  ResourceName: { valid: "index/logs/2026", wrong: "index/logs" },
  SecurityGroupId: { valid: "sg-0a1b2c3d", wrong: "sg 1", short: "", long: "s".repeat(129) },
  SubnetId: { valid: "subnet-0a1b2c3d", wrong: "subnet-1", short: "", long: `subnet-${"0".repeat(26)}` },
  VpcEndpointId: {
    valid: "vpce-0a1b2c3d",
    wrong: "vpc-0a1b2c3d",
    short: "",
    long: `vpce-${"0".repeat(251)}`,
  },
  VpcEndpointName: name(32),
  VpcId: { valid: "vpc-0a1b2c3d", wrong: "vpce-0a1b2c3d", short: "", long: `vpc-${"0".repeat(252)}` },
  iamFederationGroupAttribute: attribute("1team", 64),
  iamFederationUserAttribute: attribute("1team", 64),
  openSearchServerlessEntityId: {
    valid: "aws:opensearch:123456789012:apps",
    wrong: "aws:opensearch:apps",
    short: "",
    long: `aws:opensearch:123456789012:${"a".repeat(1000)}`,
  },
  samlGroupAttribute: attribute("!", 2048),
  samlMetadata: text("<EntityDescriptor/>", 51_200),
  samlUserAttribute: attribute("!", 2048),
};

const fixedLength = "its pattern has the length in it";
const nonEmpty = "its pattern refuses the empty text";
const prefixed = "its pattern begins with more characters";

/** Constraints that no value breaks alone, by shape and kind, with the reason; they are broken with the pattern. */
export const brokenWithPattern: Readonly<Record<string, { readonly min?: string; readonly max?: string }>> = {
  CollectionGroupId: { min: fixedLength, max: fixedLength },
  CollectionId: { min: fixedLength, max: fixedLength },
  EncryptionConfigKmsKeyArnString: { min: prefixed },
  IamIdentityCenterInstanceArn: { min: prefixed, max: fixedLength },
  PolicyDocument: { min: nonEmpty },
  SecurityGroupId: { min: nonEmpty },
  SubnetId: { min: nonEmpty, max: fixedLength },
  VpcEndpointId: { min: nonEmpty },
  VpcId: { min: nonEmpty },
  iamFederationGroupAttribute: { min: nonEmpty },
  iamFederationUserAttribute: { min: nonEmpty },
  openSearchServerlessEntityId: { min: nonEmpty },
  samlGroupAttribute: { min: nonEmpty },
  samlMetadata: { min: nonEmpty },
  samlUserAttribute: { min: nonEmpty },
};

/** Shapes with a minimum length of 0: nothing is shorter. */
export const minimumOfNothing: readonly string[] = [
  "CreateCollectionGroupRequestDescriptionString",
  "CreateCollectionRequestDescriptionString",
  "PolicyDescription",
  "TagKeys",
  "TagValue",
  "Tags",
  "UpdateCollectionGroupRequestDescriptionString",
  "UpdateCollectionRequestDescriptionString",
];
