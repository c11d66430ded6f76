import { z } from "zod";
import { accessFileSchema } from "./schema/file";

/** The JSON Schema of the access file for editors, as it is committed in `access.schema.json`. */
export function accessFileJsonSchema(): string {
  const schema = z.toJSONSchema(accessFileSchema, { target: "draft-7", io: "input" });
  return `${JSON.stringify({ title: "aoss-privatelink access file", ...schema }, null, 2)}\n`;
}
