import { matrixSvg } from "../../../review";
import { view, worldOf3, worldOf30 } from "./worlds";

/** The pictures that the documentation shows, by file; `write-docs-pictures.ts` writes them. */
export async function docsPictures(): Promise<Map<string, string>> {
  const notSeen = ["the rules of sg-elsewhere, which another stack keeps"];
  return new Map([
    ["docs/reach-3.svg", await matrixSvg(view("Who reaches what: 3 collections", worldOf3()))],
    ["docs/reach-30.svg", await matrixSvg(view("Who reaches what: 30 collections", worldOf30(), notSeen))],
  ]);
}
