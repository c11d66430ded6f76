import { backendEdits, goodBackendsFile } from "./bad-backend-files";
import { collectionEdits, goodCollectionsFile } from "./bad-collection-files";

/** A file without a mistake; each case below breaks one thing in it. */
export const goodAccessFile = `version: 1
stacks:
  search:
    region: eu-central-1
    endpoints:
      apps:
        vpc: vpc-0a1b2c3d4e5f60718
        subnets: [subnet-0a1b2c3d4e5f60711, subnet-0a1b2c3d4e5f60712]
        allow:
          - cidr: 10.20.0.0/16
    grants:
      - collections: [orders]
        from: [apps]
`;

export const ids = (kind: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${kind}-${index.toString(16).padStart(17, "0")}`);

const apps = "stacks.search.endpoints.apps";
const edits: readonly [name: string, find: string, replace: string, expected: string][] = [
  ["an unknown key", "vpc:", "vpcs:", `7:9 ${apps}.vpcs: unknown key "vpcs"; did you mean "vpc"? allowed:`],
  [
    "a missing vpc",
    "        vpc: vpc-0a1b2c3d4e5f60718\n",
    "",
    `6:7 ${apps}.vpc: vpc is missing; add vpc, a text`,
  ],
  [
    "a subnet id of wrong shape",
    "60712]",
    "6071]",
    `8:45 ${apps}.subnets[1]: "subnet-0a1b2c3d4e5f6071" is not a subnet id`,
  ],
  [
    "seven subnets",
    "subnet-0a1b2c3d4e5f60711, subnet-0a1b2c3d4e5f60712",
    ids("subnet", 7).join(", "),
    `8:18 ${apps}.subnets: subnets: 7 given, an endpoint takes 1 to 6; drop 1`,
  ],
  [
    "no subnet",
    "[subnet-0a1b2c3d4e5f60711, subnet-0a1b2c3d4e5f60712]",
    "[]",
    `8:18 ${apps}.subnets: subnets: 0 given, an endpoint takes 1 to 6`,
  ],
  [
    "six security groups",
    "        allow:\n          - cidr: 10.20.0.0/16",
    `        securityGroups: [${ids("sg", 6).join(", ")}]`,
    `9:25 ${apps}.securityGroups: securityGroups: 6 given, an endpoint takes 5; drop 1`,
  ],
  [
    "five security groups beside its own",
    "        allow:",
    `        securityGroups: [${ids("sg", 5).join(", ")}]\n        allow:`,
    `9:25 ${apps}.securityGroups: securityGroups: 5 given, an endpoint takes 5, its own for the allowed sources included; drop 1`,
  ],
  [
    "a CIDR with host bits",
    "10.20.0.0/16",
    "10.20.3.7/16",
    `10:19 ${apps}.allow[0].cidr: cidr "10.20.3.7/16": host bits are set; did you mean "10.20.0.0/16"?`,
  ],
  [
    "an IPv6 CIDR with host bits",
    "10.20.0.0/16",
    "2001:DB8::1/32",
    `10:19 ${apps}.allow[0].cidr: cidr "2001:DB8::1/32": host bits are set; did you mean "2001:db8::/32"?`,
  ],
  [
    "0.0.0.0/0 alone",
    "10.20.0.0/16",
    "0.0.0.0/0",
    `10:19 ${apps}.allow[0].cidr: cidr "0.0.0.0/0": allows every address that can route to the VPC; name the clients' blocks, or write allowAnywhere: true`,
  ],
  ["::/0 alone", "10.20.0.0/16", '"::/0"', `10:19 ${apps}.allow[0].cidr: cidr "::/0": allows every address`],
  [
    "allowAnywhere on a small block",
    "10.20.0.0/16",
    "10.20.0.0/16\n            allowAnywhere: true",
    `10:19 ${apps}.allow[0].cidr: allowAnywhere: "10.20.0.0/16" is not all addresses`,
  ],
  [
    "a source with two kinds",
    "10.20.0.0/16",
    "10.20.0.0/16\n            prefixList: pl-0a1b2c3d4e5f60718",
    `10:13 ${apps}.allow[0]: a source is one of cidr, securityGroup, prefixList; cidr and prefixList given`,
  ],
  [
    "a source with no kind",
    "cidr: 10.20.0.0/16",
    "description: nobody",
    `10:13 ${apps}.allow[0]: a source is one of cidr, securityGroup, prefixList; none given`,
  ],
  [
    "nobody allowed and no security group",
    "        allow:\n          - cidr: 10.20.0.0/16",
    "        allow: []",
    `9:16 ${apps}.allow: no source is allowed and no security group given: nobody could connect`,
  ],
  [
    "a name too long",
    "        vpc:",
    "        name: a-name-that-is-longer-than-aws-takes\n        vpc:",
    `7:15 ${apps}.name: name "a-name-that-is-longer-than-aws-takes": 36 characters, 3 to 32 are allowed; use a shorter one, such as "a-name-that-is-longer-tha-`,
  ],
  [
    "a name with capitals",
    "        vpc:",
    "        name: Apps\n        vpc:",
    `7:15 ${apps}.name: name "Apps": only a-z, 0-9 and "-" are allowed, a letter first; use "apps-`,
  ],
  [
    "a grant from an endpoint that is not defined",
    "from: [apps]",
    "from: [app]",
    `13:16 stacks.search.grants[0].from[0]: no endpoint "app" in this stack; did you mean "apps"? defined: apps; or give a vpce- id`,
  ],
  [
    "a grant to nobody",
    "        from: [apps]\n",
    "",
    "12:9 stacks.search.grants[0]: neither from nor services: nobody is granted anything",
  ],
  [
    "two characters before the star",
    "[orders]",
    '["lo*"]',
    '12:23 stacks.search.grants[0].collections[0]: collection "lo*": 2 before "*", a prefix has at least 3 characters',
  ],
  [
    "a star in the middle",
    "[orders]",
    '["logs-*-eu"]',
    '12:23 stacks.search.grants[0].collections[0]: collection "logs-*-eu": "*" may stand only at the end; use "logs-*"',
  ],
  [
    "dashboards for a service only",
    "from: [apps]",
    "services: [bedrock.amazonaws.com]\n        dashboards: true",
    "12:9 stacks.search.grants[0]: dashboards are granted to services only, which AWS never lets into dashboards",
  ],
  [
    "a service that AWS refuses",
    "from: [apps]",
    "from: [apps]\n        services: [bedrock.amazonaws.com, lambda.amazonaws.com]",
    '14:43 stacks.search.grants[0].services[1]: AWS refuses "lambda.amazonaws.com" as a source in network policies; it documents application.opensearchservice.amazonaws.com, aoss.amazonaws.com, bedrock.amazonaws.com',
  ],
  [
    "the same VPC twice",
    "    grants:",
    `      batch:\n        vpc: vpc-0a1b2c3d4e5f60718\n        subnets: [subnet-0a1b2c3d4e5f60713]\n        securityGroups: [sg-0a1b2c3d4e5f60713]\n    grants:`,
    "12:14 stacks.search.endpoints.batch.vpc: VPC vpc-0a1b2c3d4e5f60718 has an endpoint already, stacks.search.endpoints.apps; a VPC takes one",
  ],
  [
    "the same source twice",
    "          - cidr: 10.20.0.0/16",
    "          - cidr: 10.20.0.0/16\n          - cidr: 10.20.0.0/16",
    `11:13 ${apps}.allow[1]: source 10.20.0.0/16 is allowed already, by allow[0]; drop one`,
  ],
  [
    "an account that is a number",
    "    region:",
    "    account: 123456789012\n    region:",
    "4:14 stacks.search.account: account: 123456789012 is not a text; put it into quotes",
  ],
  [
    "a Region that is none",
    "eu-central-1",
    "Frankfurt",
    '4:13 stacks.search.region: "Frankfurt" is not a Region',
  ],
  [
    "a tag that AWS reserves",
    "    region:",
    "    tags: { aws:team: x }\n    region:",
    '4:13 stacks.search.tags.aws:team: tag "aws:team": aws: is reserved',
  ],
  ["another version", "version: 1", "version: 2", "1:10 version: version: 2 is not known; allowed: 1"],
  [
    "a stack name with capitals",
    "  search:",
    "  Search:",
    '3:3 stacks.Search: stack name "Search": up to 40 of a-z',
  ],
  [
    "an endpoint id beside other keys",
    "        vpc: vpc-0a1b2c3d4e5f60718\n",
    "        id: vpce-0a1b2c3d4e5f60718\n",
    `7:13 ${apps}.id: id beside subnets, allow: an endpoint exists already or is made here, not both; leave out id to have it made, or leave out subnets, allow to name`,
  ],
  [
    "a description that EC2 does not take",
    "10.20.0.0/16",
    "10.20.0.0/16\n            description: Büro",
    `11:26 ${apps}.allow[0].description: description: EC2 does not take "ü"`,
  ],
  [
    "a list where a map belongs",
    "      apps:\n",
    "      - apps:\n",
    "6:7 stacks.search.endpoints: endpoints: a list is not a map",
  ],
];

const manyEndpoints = ids("vpc", 51).map(
  (vpc, index) =>
    `      e${index}: { vpc: ${vpc}, subnets: [subnet-0a1b2c3d4e5f60711], securityGroups: [sg-0a1b2c3d4e5f60713] }`,
);

const expandingAnchors = Array.from({ length: 9 }, (_, level) =>
  level === 0
    ? "a0: &a0 [x, x, x, x, x, x, x, x, x]"
    : `a${level}: &a${level} [${Array(9)
        .fill(`*a${level - 1}`)
        .join(", ")}]`,
);

/** An access file with one mistake, and what is told of it: `line:column path: problem; remedy`, or its start. */
export interface BadAccessFile {
  readonly name: string;
  readonly text: string;
  readonly expected: string;
}

const whole: readonly [name: string, text: string, expected: string][] = [
  [
    "51 endpoints in one account and Region",
    `version: 1\nstacks:\n  search:\n    region: eu-central-1\n    endpoints:\n${manyEndpoints.join("\n")}\n`,
    "56:7 stacks.search.endpoints.e50: 51 endpoints in eu-central-1, AWS allows 50; drop 1, or move them",
  ],
  ["invalid YAML", "version: 1\nstacks: [\n", "3:1 : not valid YAML: "],
  [
    "a key twice in one map",
    goodAccessFile.replace("    grants:", "    region: eu-west-1\n    grants:"),
    "11:5 : the same key twice in one map; drop one",
  ],
  ["anchors that expand without end", expandingAnchors.join("\n"), "2:10 : the aliases expand to more than"],
  [
    "an anchor that holds itself",
    "version: 1\nstacks: &s\n  again: *s\n",
    "3:10 : the alias *s contains itself; write the values out",
  ],
  [
    "a reserved key among the endpoints",
    goodAccessFile.replace(/apps/g, "__proto__"),
    '6:7 stacks.search.endpoints.__proto__: key "__proto__" is reserved; rename it',
  ],
  [
    "an alias of no anchor",
    goodAccessFile.replace("[orders]", "*orders"),
    "12:22 : there is no anchor &orders above; write the values out",
  ],
  [
    "an endpoint that is empty",
    goodAccessFile.replace("    grants:", "      batch:\n    grants:"),
    "11:13 stacks.search.endpoints.batch: batch is empty; fill it in, a map, or drop it",
  ],
  [
    "an IPv4 block in IPv6 form",
    goodAccessFile.replace("10.20.0.0/16", '"::ffff:10.0.0.0/104"'),
    '10:19 stacks.search.endpoints.apps.allow[0].cidr: cidr "::ffff:10.0.0.0/104": an IPv4 block in IPv6 form',
  ],
  ["no stack", "version: 1\nstacks: {}\n", "2:9 stacks: stacks: none is given; add a stack"],
  ["an empty file", "", "1:1 : the file is empty"],
];

function edited(
  good: string,
  [name, find, replace, expected]: readonly [name: string, find: string, replace: string, expected: string],
): BadAccessFile {
  if (!good.includes(find)) throw new Error(`the case "${name}" edits nothing`);
  return { name, text: good.replace(find, () => replace), expected };
}

/** Those about collections, their policies and endpoints of other stacks. */
export const badCollectionFiles: readonly BadAccessFile[] = collectionEdits.map((edit) =>
  edited(goodCollectionsFile, edit),
);

/** Those about where state is kept. */
export const badBackendFiles: readonly BadAccessFile[] = backendEdits.map((edit) =>
  edited(goodBackendsFile, edit),
);

/** Access files that are refused, each for one mistake. */
export const badAccessFiles: readonly BadAccessFile[] = [
  ...edits.map((edit) => edited(goodAccessFile, edit)),
  ...whole.map(([name, text, expected]) => ({ name, text, expected })),
  ...badCollectionFiles,
  ...badBackendFiles,
];
