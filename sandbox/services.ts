import { aoss } from "./aoss/service";
import { ec2 } from "./ec2/service";
import { iam } from "./iam/service";
import { kms } from "./kms/service";
import type { Service } from "./protocol/service";
import { route53 } from "./route53/service";
import { s3 } from "./s3/service";
import { sts } from "./sts/service";

/** What the sandbox serves, by the service's name in a credential scope, which is also its prefix in IAM. */
export const services: Readonly<Record<string, Service>> = { aoss, ec2, iam, kms, route53, s3, sts };
