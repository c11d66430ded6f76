// Writes the pictures of who reaches what that docs/ shows: node bin/run.js test/review/picture/write-docs-pictures.ts
import { writeFileSync } from "node:fs";
import { docsPictures } from "./docs-pictures";

docsPictures().then((pictures) => {
  for (const [file, svg] of pictures) writeFileSync(file, svg);
});
