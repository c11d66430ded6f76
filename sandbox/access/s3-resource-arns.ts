import { partitionOf, text } from "./arns";
import type { ArnsOf } from "./ec2-resource-arns";

/** `arn:aws:s3:::acme-states` */
const bucket: ArnsOf = ({ bucket: name }, { region }) => [
  `arn:${partitionOf(region)}:s3:::${text(name) ?? "*"}`,
];

/** `arn:aws:s3:::acme-states/aoss/search.tfstate` */
const object: ArnsOf = (input, call) =>
  bucket(input, call).map((arn) => `${arn}/${text(input["key"]) ?? "*"}`);

/** Actions of S3 that have resources (service authorization reference). */
export const s3Table: ReadonlyMap<string, ArnsOf> = new Map([
  ["CreateBucket", bucket],
  ["DeleteBucket", bucket],
  ["ListBucket", bucket],
  ["DeleteObject", object],
  ["GetObject", object],
  ["PutObject", object],
]);
