import { partitionOf } from "../aws-partition";
import { sortedUnique } from "../policy-document";
import type { PermissionScope } from "./permission-scope";

/** ARNs of what permissions are for, as the service authorization reference writes them. */
export class Arns {
  private readonly partition: string;
  private readonly account: string;
  private readonly regions: readonly string[];

  constructor({ regions, account = "*" }: PermissionScope) {
    this.regions = sortedUnique(regions);
    this.account = account;
    this.partition = partitionOf(this.regions[0] ?? "");
  }

  /** Everything of a type, in each of the Regions: `arn:aws:ec2:eu-central-1:123456789012:security-group/*`. */
  any(service: string, type: string, account = this.account): string[] {
    return this.regions.map((region) => this.arn(service, region, account, `${type}/*`));
  }

  /**
   * Those of a type with these ids, or everything where none are said. No two things have the same id, so of several
   * Regions it need not be said which.
   * @param account `*` for what another account may share
   */
  some(service: string, type: string, ids: readonly string[] | undefined, account = this.account): string[] {
    if (!ids) return this.any(service, type, account);
    const [region = "*", ...others] = this.regions;
    return sortedUnique(ids).map((id) =>
      this.arn(service, others.length === 0 ? region : "*", account, `${type}/${id}`),
    );
  }

  /** Of a service without Regions: `arn:aws:route53:::hostedzone/*`. */
  global(service: string, name: string, account = ""): string[] {
    return [this.arn(service, "", account, name)];
  }

  /** `arn:aws:iam::123456789012:role/…` */
  role(name: string): string[] {
    return this.global("iam", `role/${name}`, this.account);
  }

  /** `arn:aws:aoss:eu-central-1:123456789012:dashboards/default` in each of the Regions. */
  dashboards(): string[] {
    return this.regions.map((region) => this.arn("aoss", region, this.account, "dashboards/default"));
  }

  private arn(service: string, region: string, account: string, name: string): string {
    return `arn:${this.partition}:${service}:${region}:${account}:${name}`;
  }
}
