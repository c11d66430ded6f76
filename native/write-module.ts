import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { moduleFiles } from "./module-files";

const [, , folder = "terraform-aws-aoss-privatelink"] = process.argv;
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(moduleFiles())) writeFileSync(path.join(folder, name), text);
