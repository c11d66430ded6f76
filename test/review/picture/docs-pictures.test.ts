import { readFileSync } from "node:fs";
import { docsPictures } from "./docs-pictures";

test("the pictures in docs/ are those that are drawn today", async () => {
  const pictures = await docsPictures();
  expect([...pictures.keys()]).toEqual(["docs/reach-3.svg", "docs/reach-30.svg"]);
  for (const [file, svg] of pictures) expect(readFileSync(file, "utf8")).toBe(svg);
});
