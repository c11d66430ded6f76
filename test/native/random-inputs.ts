import fc from "fast-check";
import { dataPermissions } from "../../service";
import type { ModuleInputs, SourceInputs } from "./module-inputs";

const word = fc.constantFrom(
  "orders",
  "logs",
  "kb",
  "returns",
  "metrics",
  "search",
  "audit",
  "apps",
  "batch",
  "web",
);
const collectionName = fc
  .tuple(word, fc.constantFrom("", "-a", "-b", "-2024", "-shop"))
  .map((parts) => parts.join(""))
  .map((name) => (name.length < 3 ? `${name}-x` : name));
const pattern = fc.oneof(
  { weight: 5, arbitrary: collectionName },
  { weight: 2, arbitrary: collectionName.map((name) => `${name}-*`) },
  { weight: 1, arbitrary: fc.constant("*") },
);
const hex = fc
  .array(fc.constantFrom(..."0123456789abcdef"), { minLength: 17, maxLength: 17 })
  .map((all) => all.join(""));
const id = (prefix: string) => hex.map((digits) => `${prefix}-${digits}`);
const text = fc.constantFrom(
  "all",
  "R&D",
  "team <a>",
  'say "yes"',
  "back\\slash",
  "über alles",
  "${x} %{y}",
  "x".repeat(300),
);
const tags = fc.dictionary(
  fc.constantFrom("team", "cost:center", "a b", "env"),
  fc.constantFrom("search", "", "7", "${me}"),
  {
    maxKeys: 3,
  },
);

const cidr = fc.oneof(
  fc.tuple(fc.nat(255), fc.nat(255)).map(([a, b]) => `10.${a}.${b}.0/24`),
  fc.nat(255).map((a) => `10.${a}.0.0/16`),
  fc.constantFrom("2001:db8::/32", "2001:0DB8:0:0::/48", "fd00::1/128", "203.0.113.7/32"),
);
const ruleText = fc.option(fc.constantFrom("clients", "a_b:c/d (e)#,@[f]+=&;{}!$*", "${x}"), {
  nil: undefined,
});
const source: fc.Arbitrary<SourceInputs> = fc
  .tuple(
    fc.oneof<fc.Arbitrary<SourceInputs>[]>(
      cidr.map((block) => ({ cidr: block })),
      id("sg").map((group) => ({ security_group_id: group })),
      id("pl").map((list) => ({ prefix_list_id: list })),
      fc.constantFrom("0.0.0.0/0", "::/0").map((block) => ({ cidr: block, allow_anywhere: true })),
    ),
    ruleText,
  )
  .map(([who, description]) => ({ ...who, ...(description === undefined ? {} : { description }) }));

const distinctSources = (all: readonly SourceInputs[]) =>
  all.filter(
    (one, index) =>
      all.findIndex(
        (other) =>
          (other.cidr ?? other.security_group_id ?? other.prefix_list_id)?.toLowerCase() ===
          (one.cidr ?? one.security_group_id ?? one.prefix_list_id)?.toLowerCase(),
      ) === index,
  );
const allow = fc
  .array(source, { maxLength: 4 })
  .map(distinctSources)
  .map((all) => Object.fromEntries(all.map((one, index) => [`s${index}`, one])));

const place = fc.record({
  vpc_id: id("vpc"),
  subnet_ids: fc.uniqueArray(id("subnet"), { minLength: 1, maxLength: 6 }),
  allow,
  security_group_ids: fc.uniqueArray(id("sg"), { maxLength: 4 }),
  generation: fc.constantFrom("classic", "classic", "nextgen"),
});
const reachable = <T extends { allow: object; security_group_ids: readonly string[] }>(one: T): T =>
  Object.keys(one.allow).length + one.security_group_ids.length > 0
    ? one
    : { ...one, security_group_ids: ["sg-0a1b2c3d4e5f60713"] };

const endpoint = fc
  .tuple(place, fc.option(fc.constantFrom("own-name", "x1-y"), { nil: undefined, freq: 5 }), tags)
  .map(([one, name, own]) => ({ ...reachable(one), tags: own, ...(name === undefined ? {} : { name }) }));

const role = fc
  .constantFrom("reader", "writer", "team/a/admin")
  .map((name) => `arn:aws:iam::123456789012:role/${name}`);
const principal = fc.oneof(
  role,
  fc.constantFrom(
    "arn:aws:iam::123456789012:user/jo",
    "arn:aws:iam::123456789012:root",
    "saml/123456789012/okta/group/Analysts",
    "iamidentitycenter/ssoins-1/user/a",
  ),
);
const some = <T>(one: fc.Arbitrary<T>, maxLength = 3) => fc.uniqueArray(one, { minLength: 1, maxLength });
const indexName = fc.constantFrom("*", "2024-*", "a", "r&d-*", "web.log");
const description = fc.option(text, { nil: undefined });
const own = fc.record({
  principals: some(principal, 4),
  collection_permissions: fc.uniqueArray(fc.constantFrom(...dataPermissions.collection), { maxLength: 3 }),
  indexes: some(indexName),
  index_permissions: some(fc.constantFrom(...dataPermissions.index)),
});
const label = fc.option(fc.constantFrom("team-a", "b"), { nil: undefined, freq: 4 });
const keepDays = fc.option(fc.integer({ min: 1, max: 3650 }), { nil: undefined });
const retention = (indexes: fc.Arbitrary<string>) =>
  fc.tuple(some(indexes), keepDays).map(([named, days]) => ({
    indexes: named,
    ...(days === undefined ? {} : { keep_days: days }),
  }));

const keyArns = {
  one: "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef",
  two: "arn:aws:kms:eu-central-1:123456789012:key/mrk-0123456789abcdef0123456789abcdef",
};

const without = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;

/** Inputs of the module that AWS takes, and that need one policy of each kind and label. */
export const moduleInputs: fc.Arbitrary<ModuleInputs> = fc
  .record({
    name: fc.constantFrom("search", "a", "Team_Search", "a-name-that-is-too-long-for-all-of-it", "9-lives"),
    tags: fc.oneof(fc.constant({}), tags),
    policy: fc.option(fc.constantFrom("mine", "a-policy-name-of-30-characters"), { nil: undefined, freq: 3 }),
    policyDescription: fc.option(fc.constantFrom("ours", "${not} a template"), { nil: undefined, freq: 3 }),
    short: fc.boolean(),
    main: place.map(reachable),
    endpoints: fc.dictionary(fc.constantFrom("apps", "apps-2", "Batch_3", "data"), endpoint, { maxKeys: 3 }),
    existing: fc.dictionary(
      fc.constantFrom("partner", "other"),
      fc.tuple(id("vpce"), fc.option(fc.constantFrom("classic"), { nil: undefined })),
      { maxKeys: 2 },
    ),
    grants: fc.array(
      fc.tuple(
        some(pattern, 4),
        fc.boolean(),
        fc.array(fc.nat(5), { maxLength: 3 }),
        fc.array(fc.constantFrom("bedrock.amazonaws.com", "aoss.amazonaws.com"), { maxLength: 2 }),
        description,
        label,
        fc.boolean(),
      ),
      { maxLength: 4 },
    ),
    long: fc.integer({ min: 0, max: 9 }),
    collections: fc.dictionary(
      collectionName,
      fc.tuple(
        fc.constantFrom("search", "timeseries", "vectorsearch", undefined),
        fc.option(
          text.filter((one) => one.length < 200),
          { nil: undefined },
        ),
        fc.boolean(),
        tags,
        fc.constantFrom("one", "two", undefined, undefined),
        fc.array(fc.nat(5), { maxLength: 2 }),
        fc.boolean(),
        fc.array(fc.tuple(own, description), { maxLength: 2 }),
        fc.array(retention(indexName), { maxLength: 2 }),
      ),
      { maxKeys: 3 },
    ),
    encryption: fc.uniqueArray(fc.constantFrom("zz-*", "yy-one", "xx-*"), { maxLength: 2 }),
    dataAccess: fc.array(
      fc.tuple(
        own,
        some(pattern),
        some(fc.tuple(pattern, indexName).map((parts) => parts.join("/"))),
        description,
        label,
      ),
      { maxLength: 3 },
    ),
    retention: fc.array(
      fc.tuple(retention(fc.tuple(pattern, indexName).map((parts) => parts.join("/"))), label),
      { maxLength: 2 },
    ),
  })
  .map((wish): ModuleInputs => {
    const nextgenInVpc = new Set<string>();
    const made = wish.short ? {} : wish.endpoints;
    const names = new Set<string>();
    const endpoints = Object.fromEntries(
      Object.entries(made).filter(([, { generation, name, tags: ownTags, vpc_id }]) => {
        const twice = (name !== undefined && names.has(name)) || nextgenInVpc.has(vpc_id + generation);
        if (name !== undefined) names.add(name);
        nextgenInVpc.add(vpc_id + generation);
        return !twice && ownTags !== undefined;
      }),
    );
    const existing = wish.short
      ? {}
      : Object.fromEntries(
          Object.entries(wish.existing).map(([key, [one, generation]]) => [
            key,
            without({ id: one, generation }) as { id: string },
          ]),
        );
    const keys = wish.short
      ? ["main"]
      : [...Object.keys(endpoints), ...Object.keys(existing), "vpce-0a1b2c3d4e5f60731"];
    const generationOf = (key: string) =>
      key === "main" ? wish.main.generation : endpoints[key]?.generation;
    const from = (picks: readonly number[]) => [
      ...new Set(picks.map((pick) => keys[pick % keys.length] ?? "")),
    ];
    const longList = Array.from({ length: 70 }, (_, index) => `collection-number-${index}`);
    const grants = wish.grants.map(([collections, dashboards, picks, services, about, policy, omit]) => {
      const chosen = from(picks);
      const isOnly = wish.short && omit && services.length === 0;
      const named = isOnly ? undefined : chosen.length + services.length === 0 ? from([0]) : chosen;
      const reach = isOnly || (named ?? []).length > 0;
      return without({
        collections: wish.long === 0 ? longList : collections,
        dashboards: dashboards && reach,
        ...(named === undefined ? {} : { from: named }),
        services,
        description: wish.long === 0 ? undefined : about,
        policy,
      });
    });
    const collections = Object.fromEntries(
      Object.entries(wish.collections).map(
        ([name, [type, about, standby, ownTags, key, picks, dashboards, access, kept]]) => {
          const reached = from(picks).filter((one) => generationOf(one) !== "nextgen");
          return [
            name,
            without({
              type,
              description: about,
              standby_replicas: standby,
              tags: ownTags,
              kms_key: key,
              from: reached,
              dashboards: dashboards && reached.length > 0,
              data_access: access.map(([grant, said]) => without({ ...grant, description: said })),
              retention: kept,
            }),
          ];
        },
      ),
    );
    return without({
      name: wish.name,
      tags: wish.tags,
      policy_name: wish.policy,
      policy_description: wish.policyDescription,
      ...(wish.short ? wish.main : { create_endpoint: false, endpoints, existing_endpoints: existing }),
      grants,
      collections,
      kms_key_arns: keyArns,
      encryption: wish.encryption.map((one, index) =>
        without({ collections: [one], kms_key: index === 0 ? undefined : "two" }),
      ),
      data_access: wish.dataAccess.map(([grant, named, indexes, about, policy]) =>
        without({
          ...grant,
          collections: grant.collection_permissions.length > 0 ? named : [],
          indexes,
          description: about,
          policy,
        }),
      ),
      retention: wish.retention.map(([rule, policy]) => without({ ...rule, policy })),
    }) as ModuleInputs;
  });
