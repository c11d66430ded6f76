import type { Construct } from "constructs";
import {
  checkCollectionPattern,
  checkKmsKeyArn,
  encryptionDocument,
  longestCollectionName,
  longestKmsKeyArn,
  type Problem,
  serialiseEncryptionPolicy,
} from "../service";
import { checkListIsKnown, isKnown } from "./known";
import { knownRegion } from "./place";
import { Policy } from "./policy";
import type { PolicyProps } from "./policy-props";
import { registerEncryption } from "./registry";
import type { StandIns } from "./stand-ins";

/** Which collections are encrypted with which key. */
export interface Encryption {
  /** Collection names, prefixes of 3 or more characters (`logs-*`), or `*`. They need not exist yet. */
  readonly collections: readonly string[];
  /**
   * ARN of a KMS key of the same Region, by its id and not by an alias.
   * @default - the key that AWS owns
   */
  readonly kmsKeyArn?: string;
}

/** Properties of an `EncryptionPolicy`. */
export interface EncryptionPolicyProps extends PolicyProps, Encryption {}

/**
 * An encryption policy (`aws_opensearchserverless_security_policy` of type encryption): the key for collections that
 * are made after it. A collection without one cannot be made, so collections depend on it (`dependsOn`). Throws a
 * `RuleError` for what AWS would refuse; a name or pattern in two encryption policies of the app is refused at the end
 * of synthesis.
 */
export class EncryptionPolicy extends Policy<Encryption> {
  private readonly kmsKeyArn: string | undefined;

  constructor(scope: Construct, id: string, props: EncryptionPolicyProps) {
    super(scope, id, "encryption", props);
    const { collections, kmsKeyArn } = props;
    for (const problem of checkEncryption(props, knownRegion(this))) this.refuse(problem);
    this.kmsKeyArn = kmsKeyArn;
    this.add({ collections: [...collections], ...(kmsKeyArn === undefined ? {} : { kmsKeyArn }) });
    registerEncryption(this, () => collections);
  }

  protected write(entries: readonly Encryption[]): string {
    const [wish] = entries.map((entry) => encryptionWish(entry, this.standIns));
    return serialiseEncryptionPolicy(encryptionDocument(wish ?? { collections: [] }));
  }

  /** The provider, and with it the Region, may have come after the policy. */
  protected override atTheEnd(): Problem[] {
    return [...super.atTheEnd(), ...checkKey(this.kmsKeyArn, knownRegion(this))];
  }
}

/** What is wrong with an encryption, as far as its values are known. */
export function checkEncryption({ collections, kmsKeyArn }: Encryption, region?: string): Problem[] {
  const unknown = checkListIsKnown("collections", collections);
  if (unknown) return [unknown];
  if (collections.length === 0) {
    return [
      { problem: "no collection is named", remedy: 'name collections or prefixes, such as "logs-*", or "*"' },
    ];
  }
  const patterns = collections.filter((pattern) => isKnown(pattern));
  return [
    ...patterns.flatMap((pattern) => checkCollectionPattern(pattern) ?? []),
    ...checkKey(kmsKeyArn, region),
  ];
}

function checkKey(arn: string | undefined, region: string | undefined): Problem[] {
  const problem = arn !== undefined && isKnown(arn) ? checkKmsKeyArn(arn, region) : undefined;
  return problem ? [problem] : [];
}

/** An encryption with what stands for the values that only Terraform knows. */
export function encryptionWish({ collections, kmsKeyArn }: Encryption, standIns: StandIns): Encryption {
  return {
    collections: collections.map((pattern) => standIns.standIn(pattern, { longest: longestCollectionName })),
    ...(kmsKeyArn === undefined
      ? {}
      : { kmsKeyArn: standIns.standIn(kmsKeyArn, { longest: longestKmsKeyArn }) }),
  };
}
