/** Conditions of a statement: operator, then key, then one value or several of which one has to fit. */
export type IamCondition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** A statement of an IAM policy; its `Sid` says the purpose. */
export interface IamStatement {
  /** Letters and digits only, unique over all policies of one answer. */
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: IamCondition;
}

/** A policy document of IAM. */
export interface IamPolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly IamStatement[];
}

/** A policy ready to be made: `aws_iam_policy`, `aws iam create-policy`. */
export interface NamedIamPolicy {
  /** `aoss-privatelink-deploy`; of several, `aoss-privatelink-deploy-2` and so on. */
  readonly name: string;
  readonly document: IamPolicyDocument;
  /** The document minified. */
  readonly text: string;
  /** Characters as IAM counts them, without white space: at most 6,144. */
  readonly characters: number;
}
