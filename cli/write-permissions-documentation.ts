import { writeFileSync } from "node:fs";
import { permissionsDocument } from "../service/permissions/documentation";

writeFileSync("docs/permissions.md", permissionsDocument());
