import { accessMatrix, explain } from "../service";
import { bigWorld } from "../test/service/reach/big-world";
import { peakBytes } from "./peak-memory";

/** What one run took. */
export interface ReachMeasure {
  /** of the whole matrix, from a start with nothing compiled */
  readonly milliseconds: number;
  /** of one answer of `explain`, about one collection from one block */
  readonly answerMilliseconds: number;
  /** How many groups of collections the matrix has. */
  readonly groups: number;
  /** with the world alone */
  readonly worldBytes: number;
  /** with the matrix too */
  readonly peakBytes: number;
}

const [collections, endpoints, policies] = process.argv.slice(2).map(Number);

function main(): void {
  if (!collections || !endpoints || !policies)
    throw new Error("use: reach-child COLLECTIONS ENDPOINTS POLICIES");
  const world = bigWorld({ collections, endpoints, policies });
  const worldBytes = peakBytes();
  const start = performance.now();
  const { groups } = accessMatrix(world);
  const milliseconds = performance.now() - start;
  const peak = peakBytes();
  const from = { kind: "cidr", cidr: "10.20.3.0/24" } as const;
  const asked = performance.now();
  explain(world, from, { kind: "collection", name: world.collections[0]?.name ?? "" });
  const measure: ReachMeasure = {
    milliseconds,
    answerMilliseconds: performance.now() - asked,
    groups: groups.length,
    worldBytes,
    peakBytes: peak,
  };
  console.log(JSON.stringify(measure));
}

main();
