import { buildTwin, installTerrain } from "./packages";

export default async function setup(): Promise<void> {
  await installTerrain();
  await buildTwin();
}
