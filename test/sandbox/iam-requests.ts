import { type Answer, authorization, type Json, type RawAws } from "./raw-aws";

export const accountId = "123456789012";

/** Speaks to IAM over plain HTTP. */
export const iamOf =
  (aws: RawAws) =>
  async (
    action: string,
    parameters: Readonly<Record<string, string>> = {},
  ): Promise<Answer & { readonly result: Json }> => {
    const answer = await aws.post(
      { authorization: authorization("iam"), "content-type": "application/x-www-form-urlencoded" },
      new URLSearchParams({ Action: action, Version: "2010-05-08", ...parameters }).toString(),
    );
    return { ...answer, result: (answer.body[`${action}Result`] ?? {}) as Json };
  };

/** A good policy with what a test changes of its one statement. */
export const policyText = (statement: Json = {}, policy: Json = {}): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "aoss:*", Resource: "*", ...statement }],
    ...policy,
  });

/** A good trust policy with what a test changes of its one statement. */
export const trustText = (statement: Json = {}): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "ec2.amazonaws.com" },
        Action: "sts:AssumeRole",
        ...statement,
      },
    ],
  });
