import { answer, readWorlds } from "../../../review";
import { accessMatrix } from "../../../service";
import { networkPolicy } from "./fixtures";

const id = "vpce-0a1b2c3d4e5f60799";
const collection = { kind: "collection", name: "orders" } as const;

/** What an export says of an endpoint that a network policy names. */
function readWith(described: object, ...more: readonly object[]) {
  const policy = networkPolicy("collection/orders", id);
  const answers = [
    { securityPolicyDetail: { type: "network", name: "apps", policy } },
    { collectionDetails: [{ id: "1a2b", name: "orders" }] },
    described,
    ...more,
  ];
  const files = answers.map((one, index) => ({ path: `${index}.json`, text: JSON.stringify(one) }));
  const [read] = readWorlds([{ kind: "export", label: "A", files }]);
  if (!read) throw new Error("no world");
  return read;
}

const managed = (status: string) => ({
  vpcEndpointDetails: [{ id, vpcId: "vpc-0a1b2c3d4e5f60718", status }],
});
const interfaceFor = (service: string, state = "available") => ({
  VpcEndpoints: [
    { VpcEndpointId: id, VpcId: "vpc-0a1b2c3d4e5f60718", ServiceName: service, State: state, Groups: [] },
  ],
});
const region = "com.amazonaws.eu-central-1";

const idle: readonly (readonly [string, object, string])[] = [
  ["a managed endpoint that is going away", managed("DELETING"), "its status is DELETING"],
  ["a managed endpoint that failed", managed("FAILED"), "its status is FAILED"],
  [
    "an interface endpoint that was rejected",
    interfaceFor(`${region}.aoss-data`, "rejected"),
    "its status is rejected",
  ],
  [
    "an endpoint of the control plane",
    interfaceFor(`${region}.aoss`),
    `it is for ${region}.aoss, which carries configuration calls and not data`,
  ],
  ["an endpoint of another service", interfaceFor(`${region}.s3`), `it is for ${region}.s3`],
];

test.each(idle)("%s is shut with the reason, though a policy names it", (_what, described, why) => {
  const read = readWith(described);
  const explanation = answer(read, { kind: "endpoint", id }, collection);
  expect(explanation.verdict).toBe("shut");
  expect(explanation.unknown).toEqual([]);
  expect(explanation.paths.map(({ shutAt }) => shutAt)).toEqual(["generation"]);
  expect(explanation.paths[0]?.gates[0]?.reason).toBe(`${id} serves no collection: ${why}`);
});

test.each(idle)("%s opens nothing to addresses, and is in no row of the matrix", (_what, described, why) => {
  const read = readWith(described);
  const { endpoints, groups } = accessMatrix(read.world);
  expect(endpoints).toEqual([]);
  expect(groups.map((one) => one.collection.endpoints)).toEqual([[]]);
  expect(answer(read, { kind: "cidr", cidr: "10.20.3.0/24" }, collection).verdict).toBe("shut");
  expect(read.notSeen).toContain(`${id}, which network policy apps names: it serves no collection, ${why}`);
});

test.each([
  ["an active managed endpoint", managed("ACTIVE")],
  ["one that is being made", managed("PENDING")],
  ["an interface endpoint for data", interfaceFor(`${region}.aoss-data`)],
  // EC2 shows managed endpoints as endpoints of a service of their own
  ["one that only EC2 describes", interfaceFor("com.amazonaws.vpce.eu-central-1.vpce-svc-0a1b2c3d4e5f60718")],
])("%s is not idle", (_what, described) => {
  const read = readWith(described);
  expect(read.world.idleEndpoints).toBeUndefined();
  expect(accessMatrix(read.world).endpoints.map((one) => one.id)).toEqual([id]);
});

test("a managed endpoint of which EC2 tells too keeps what both say", () => {
  const read = readWith(
    managed("ACTIVE"),
    interfaceFor("com.amazonaws.vpce.eu-central-1.vpce-svc-0a1b2c3d4e5f60718"),
  );
  expect(read.world.endpoints.map((one) => one.id)).toEqual([id]);
});
