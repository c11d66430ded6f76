import type { Call } from "../call";
import { AwsError } from "../protocol/aws-error";
import { renderXml } from "../protocol/query-protocol";
import { parseXml, XmlReader } from "../protocol/rest-xml";
import type { Bucket } from "./bucket-state";
import type { S3Operation } from "./operation";
import { invalidArgument, noSuchBucket } from "./refusals";

export const namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

/** S3 user guide, general purpose bucket naming rules, as far as they are about characters. */
const bucketName = /^(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)(?!xn--)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** All buckets of the account: those that were made, and those that the world names, from the first look on. */
function bucketsOf({ accountState, now }: Call): Map<string, Bucket> {
  if (accountState.buckets) return accountState.buckets;
  const given = Object.entries(accountState.world.regions).flatMap(([region, { buckets = [] }]) =>
    buckets.map((name) => [name, asGiven(name, region, now)] as const),
  );
  accountState.buckets = new Map(given);
  return accountState.buckets;
}

const asGiven = (name: string, region: string, createdDate: number): Bucket => ({
  name,
  region,
  isGiven: true,
  createdDate,
  objects: new Map(),
});

/** The bucket, which has to be of the Region that the request was signed for. An open world takes any as it comes. */
export function requireBucket(call: Call, name: string): Bucket {
  const buckets = bucketsOf(call);
  const found = buckets.get(name);
  if (found && found.region !== call.region) {
    throw new AwsError(
      "PermanentRedirect",
      "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.",
      301,
      { Endpoint: `${name}.s3.${found.region}.amazonaws.com`, Bucket: name },
    );
  }
  if (found) return found;
  if (!call.openWorld || !bucketName.test(name)) throw noSuchBucket(name);
  const made = asGiven(name, call.region, call.now);
  buckets.set(name, made);
  return made;
}

export const listBuckets: S3Operation = {
  action: "ListAllMyBuckets",
  read: () => (call) =>
    renderXml(200, {
      ListAllMyBucketsResult: {
        "@xmlns": namespace,
        Owner: { ID: call.account },
        Buckets: {
          Bucket: [...bucketsOf(call).values()].map(({ name, createdDate }) => ({
            Name: name,
            CreationDate: new Date(createdDate).toISOString(),
          })),
        },
      },
    }),
};

export const headBucket: S3Operation = {
  action: "ListBucket",
  read:
    ({ bucket }) =>
    (call) => ({
      status: 200,
      headers: { "x-amz-bucket-region": requireBucket(call, bucket).region },
      body: "",
    }),
};

export const createBucket: S3Operation = {
  read: ({ bucket, text }) => {
    const body = text === "" ? new XmlReader({}, "") : parseXml(text, "CreateBucketConfiguration");
    const constraint = body.string("LocationConstraint");
    body.refuseUnread();
    return (call) => {
      if (!bucketName.test(bucket)) {
        throw new AwsError("InvalidBucketName", "The specified bucket is not valid.", 400, {
          BucketName: bucket,
        });
      }
      requireConstraint(call.region, constraint);
      const buckets = bucketsOf(call);
      const known = buckets.get(bucket);
      // In us-east-1 alone making one's own bucket again succeeds.
      if (known && (call.region !== "us-east-1" || known.region !== call.region)) {
        throw new AwsError(
          "BucketAlreadyOwnedByYou",
          "Your previous request to create the named bucket succeeded and you already own it.",
          409,
          { BucketName: bucket },
        );
      }
      if (!known) buckets.set(bucket, { ...asGiven(bucket, call.region, call.now), isGiven: false });
      return { status: 200, headers: { location: `/${bucket}` }, body: "" };
    };
  },
};

function requireConstraint(region: string, constraint: string | undefined): void {
  const wanted = region === "us-east-1" ? undefined : region;
  if (constraint === wanted) return;
  if (region === "us-east-1") throw invalidArgument("LocationConstraint is left out in us-east-1");
  throw new AwsError(
    "IllegalLocationConstraintException",
    `The ${constraint ?? "unspecified"} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  );
}

export const deleteBucket: S3Operation = {
  read:
    ({ bucket }) =>
    (call) => {
      const { objects } = requireBucket(call, bucket);
      if (objects.size > 0) {
        throw new AwsError("BucketNotEmpty", "The bucket you tried to delete is not empty", 409, {
          BucketName: bucket,
        });
      }
      bucketsOf(call).delete(bucket);
      return { status: 204, headers: {}, body: "" };
    },
};
