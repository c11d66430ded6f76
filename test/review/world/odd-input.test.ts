import fc from "fast-check";
import { answer, readWorlds, type WorldInput } from "../../../review";
import { accessMatrix } from "../../../service";
import { parsePlan, parseState, parseSynthesizedConfig, TerraformError } from "../../../terraform";
import { configOf, planOf, stateOf } from "./fixtures";

/** Every place in a JSON value, as keys from the top. */
function placesIn(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...entries.flatMap(([key, one]) => placesIn(one, [...path, key]))];
}

/** The value with others put at some places. */
function damaged(
  value: unknown,
  places: readonly (readonly (string | number)[])[],
  damage: readonly { at: number; value: unknown }[],
): unknown {
  const copy = structuredClone(value);
  for (const { at, value: other } of damage) {
    const place = places[at % places.length] ?? [];
    let parent = copy as Record<string | number, unknown> | undefined;
    for (const key of place.slice(0, -1)) parent = parent?.[key] as typeof parent;
    if (typeof parent === "object" && parent !== null) parent[place.at(-1) ?? ""] = structuredClone(other);
  }
  return copy;
}

const odd = fc.oneof(
  fc.constantFrom(null, true, 0, "", "*", "${", "${a.b.c}", '["', "vpce-1", "each.key", [], {}, [[]], [null]),
  fc.jsonValue({ maxDepth: 2 }),
);
const damages = fc.array(fc.record({ at: fc.nat(), value: odd }), { minLength: 1, maxLength: 4 });

const policy = { type: "network", name: "n", policy: [{ Rules: [], AllowFromPublic: true }] };
const answers = [
  { securityPolicyDetail: policy },
  { accessPolicyDetail: { ...policy, type: "data" } },
  { vpcEndpointDetails: [{ id: "vpce-1", securityGroupIds: ["sg-1"], vpcId: "vpc-1", status: "ACTIVE" }] },
  {
    SecurityGroups: [
      { GroupId: "sg-1", IpPermissions: [{ IpRanges: [{ CidrIp: "10.0.0.0/8" }] }], Tags: [] },
    ],
  },
  { SecurityGroupRules: [{ GroupId: "sg-2", CidrIpv4: "10.0.0.0/8", IpProtocol: "-1" }] },
  {
    Vpcs: [
      { VpcId: "vpc-1", CidrBlock: "10.0.0.0/16", CidrBlockAssociationSet: [{ CidrBlock: "10.1.0.0/16" }] },
    ],
  },
  { Entries: [{ Cidr: "10.0.0.0/8" }] },
  [{ Rules: [{ ResourceType: "index", Resource: ["index/a/*"], Permission: ["aoss:*"] }], Principal: ["x"] }],
];

const planInput = (plan: unknown): WorldInput => ({
  kind: "plan",
  label: "p",
  plan: parsePlan(JSON.stringify(plan), "p"),
});

/** Inputs by what they are read from, and how what is damaged becomes an input again. */
const inputs: readonly [name: string, whole: unknown, input: (damaged: unknown) => WorldInput][] = [
  ["a plan of HCL", planOf("new"), planInput],
  ["a plan that changes", planOf("change"), planInput],
  ["a plan of JSON", planOf("networks"), planInput],
  [
    "a state",
    stateOf("first"),
    (state) => ({ kind: "state", label: "s", state: parseState(JSON.stringify(state), "s") }),
  ],
  [
    "a configuration",
    configOf("search").resources.map(({ type, name, attributes }) => ({ [type]: { [name]: attributes } })),
    (resource) => ({
      kind: "synthesis",
      label: "search",
      config: parseSynthesizedConfig(JSON.stringify({ resource }), "f"),
    }),
  ],
  [
    "answers of the AWS CLI",
    answers,
    (texts) => ({
      kind: "export",
      label: "e",
      files: (texts as readonly unknown[]).map((one, index) => ({
        path: `pl-${index}.json`,
        text: JSON.stringify(one) ?? "",
      })),
    }),
  ],
];

/** What the readers of Terraform's JSON refuse is told by them. */
function readDamaged(input: () => WorldInput) {
  try {
    return readWorlds([input()]);
  } catch (error) {
    if (error instanceof TerraformError) return [];
    throw error;
  }
}

test.each(inputs)("%s with anything anywhere is read, or refused with a message", (_, whole, input) => {
  const places = placesIn(whole).filter((path) => path.length > 0);
  fc.assert(
    fc.property(damages, (damage) => {
      for (const read of readDamaged(() => input(damaged(whole, places, damage)))) {
        accessMatrix(read.world);
        answer(read, { kind: "cidr", cidr: "10.20.3.0/24" }, { kind: "dashboard", name: "orders" });
        expect(JSON.stringify(read)).not.toMatch(/[\uE000\uE001]/);
      }
    }),
    { numRuns: 300 },
  );
});
