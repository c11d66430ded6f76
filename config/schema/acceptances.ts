import { z } from "zod";
import { text } from "./fields";

const findingPattern = /^[a-z]+(?:-[a-z]+)*$/;
const datePattern = /^\d{4}-\d{2}-\d{2}$/;

const isDay = (text: string): boolean => {
  const time = datePattern.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

/** One finding of the review that somebody lives with until a day. */
export const acceptanceEntry = z
  .strictObject({
    finding: text(
      (id) =>
        findingPattern.test(id)
          ? undefined
          : { problem: `"${id}" is not the id of a finding`, remedy: 'give one such as "single-subnet"' },
      { description: "Id of the finding, as the review prints it", pattern: findingPattern.source },
    ),
    address: z
      .string()
      .min(1)
      .meta({
        description: "Terraform address that it is about; left out: all findings of this id in the stack",
      })
      .optional(),
    reason: text(
      (reason) =>
        reason.trim() === ""
          ? { problem: "reason: empty", remedy: "say why it is accepted; reviewers read it" }
          : undefined,
      { description: "Why it is accepted; reviewers read it" },
    ),
    until: text(
      (day) =>
        isDay(day)
          ? undefined
          : { problem: `until: "${day}" is not a day`, remedy: "write it as 2027-01-31" },
      { description: "The last day on which it counts, such as 2027-01-31", pattern: datePattern.source },
    ),
  })
  .meta({ description: "A finding of the review that is accepted until a day" });
