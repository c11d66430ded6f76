import { z } from "zod";

/** Judges what is there also where a part of it is wrong by itself, so that no mistake hides another. */
export const always = {
  when: ({ value }: z.core.ParsePayload) => typeof value === "object" && value !== null,
};

/** A map by keys of a form; the value of a key that is wrong is judged all the same, as zod's own record does not. */
export function recordOf<Value extends z.ZodType>(key: z.ZodType<string, string>, value: Value) {
  return z.record(z.string(), value).superRefine((entries, context) => {
    for (const name of Object.keys(entries)) {
      const { error } = key.safeParse(name);
      if (!error) continue;
      context.addIssue({
        code: "invalid_key",
        origin: "record",
        issues: error.issues,
        input: name,
        path: [name],
      });
    }
  }, always);
}
