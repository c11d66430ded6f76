import { writeFileSync } from "node:fs";
import { findingsDocument } from "./documentation";

writeFileSync("docs/findings.md", findingsDocument());
