import type { Dice } from "./random-from";

/** How each kind of id looks in an answer, and one of the built-in world where there is one. */
const kinds = {
  vpc: [/\bvpc-[0-9a-f]{17}\b/, "vpc-0a1b2c3d4e5f60718", "vpc-0a1b2c3d4e5f60728"],
  subnet: [/\bsubnet-[0-9a-f]{17}\b/, "subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60722"],
  sg: [/\bsg-[0-9a-f]{17}\b/, "sg-0a1b2c3d4e5f60713", "sg-0a1b2c3d4e5f60723"],
  sgr: [/\bsgr-[0-9a-f]{17}\b/],
  pl: [/\bpl-[0-9a-f]{17}\b/, "pl-0a1b2c3d4e5f60714"],
  /** with the group that it is of */
  rule: [/\bsgr-[0-9a-f]{17}<\/securityGroupRuleId><groupId>sg-[0-9a-f]{17}<\/groupId>.*<isEgress>\w+/],
  vpce: [/\bvpce-[0-9a-f]{17}\b/],
  managed: [/(?<="createVpcEndpointDetail":\{"id":")vpce-[0-9a-f]{17}/],
  vpcAssociation: [/\bvpc-cidr-assoc-[0-9a-f]{17}\b(?=<\/associationId><ipv6CidrBlock>)/],
  subnetAssociation: [/\bsubnet-cidr-assoc-[0-9a-f]{17}\b/],
  vpcIpv6: [/(?<=<ipv6CidrBlock>)[0-9a-f:]+(?=::\/56)/, "2001:db8:1234:1a00"],
  key: [/(?<="KeyId":")(?:[0-9a-f-]{36}|mrk-[0-9a-f]{32})/],
  /** with the key that it is of */
  grant: [/"GrantId":"[0-9a-f]{64}","KeyId":"[^"]+"/],
  alias: [/\balias\/fuzz-\d+\b/],
  collection: [/(?<="createCollectionDetail":\{"id":")[a-z0-9]{20}/],
  group: [/(?<="createCollectionGroupDetail":\{"id":")[a-z0-9]{20}/],
  arn: [/\barn:aws:aoss:[a-z0-9-]+:\d{12}:collection(?:-group)?\/[a-z0-9]{20}/],
  change: [/(?<=\/change\/)C[0-9A-Z]+/],
  task: [/\btask\/aws-service-role\/[^<]+/],
} as const satisfies Readonly<Record<string, readonly [RegExp, ...string[]]>>;

export type IdKind = keyof typeof kinds;

/** A policy, or a security configuration, and the version that an update has to name. */
export interface Versioned {
  readonly type: string;
  readonly name: string;
  readonly version: string;
}

const keptOfEach = 12;

/** Ids that answers named, so that later requests are about what is there. */
export class KnownIds {
  private readonly ids = new Map<IdKind, string[]>();
  private readonly versions: Versioned[] = [];

  constructor(private readonly dice: Dice) {
    for (const [kind, [, ...given]] of Object.entries(kinds)) this.ids.set(kind as IdKind, [...given]);
  }

  learn(answer: string): void {
    // Lists repeat what is known.
    if (answer.length > 4_000) return;
    for (const [kind, [form]] of Object.entries(kinds)) {
      const id = form.exec(answer)?.[0];
      const known = this.ids.get(kind as IdKind);
      if (id === undefined || !known || known.includes(id)) continue;
      known.push(id);
      if (known.length > keptOfEach) known.splice(this.dice.below(known.length - 1), 1);
    }
    for (const [, detail] of answer.matchAll(/"(?:\w+Policy|securityConfig)Detail":(\{.*\})\}$/g)) {
      this.learnVersion(JSON.parse(detail ?? "{}") as Readonly<Record<string, string>>);
    }
  }

  /** An id of this kind that was there once, or one that was never there. */
  one(kind: IdKind): string {
    const known = this.ids.get(kind) ?? [];
    if (known.length > 0 && this.dice.next() < 0.97) return this.dice.one(known);
    return `${kind}-${"0".repeat(17)}`;
  }

  /** The version that was answered last for something of one of these types. */
  versioned(...types: readonly string[]): Versioned {
    const known = this.versions.filter(({ type }) => types.includes(type));
    if (known.length > 0) return this.dice.one(known);
    return { type: types[0] ?? "", name: "none", version: "MTY2OTI0MDAwNTk5MF8x" };
  }

  private learnVersion({
    type = "",
    name,
    id,
    policyVersion,
    configVersion,
  }: Readonly<Record<string, string>>): void {
    const found = { type, name: name ?? id ?? "", version: policyVersion ?? configVersion ?? "" };
    const before = this.versions.findIndex((each) => each.type === type && each.name === found.name);
    if (before >= 0) this.versions.splice(before, 1);
    this.versions.push(found);
    if (this.versions.length > 5 * keptOfEach) this.versions.shift();
  }
}
