import { readFileSync } from "node:fs";
import path from "node:path";
import {
  type NamedReview,
  review,
  reviewHtml,
  reviewJunit,
  reviewMarkdown,
  reviewSarif,
  reviewsJson,
  reviewText,
} from "../review";
import { accessFilesOf } from "./access-files";
import { CommandError } from "./command-error";
import { planInput } from "./plan-input";
import type { FailLevel, ReviewFormat } from "./review-options";
import { failOn, today } from "./review-verdict";
import { writeReport } from "./write-report";

export interface ReviewCommandOptions {
  readonly plan?: readonly string[];
  readonly config?: string;
  readonly file?: string;
  readonly format?: ReviewFormat;
  readonly json?: boolean;
  readonly out?: string;
  readonly failOn: FailLevel;
  readonly verbose?: boolean;
}

/** `review`: what plans made elsewhere change of who reaches what, as a report of some form. */
export async function reviewCommand(options: ReviewCommandOptions, packageFolder: string): Promise<void> {
  const { plan: files = [], config, failOn: level } = options;
  const refuse = (problem: string, remedy: string) => {
    throw new CommandError(problem, "the command line", remedy, 2);
  };
  if (files.length === 0)
    refuse("no plan is named", "add --plan: `terraform show -json PLANFILE > plan.json`");
  if (config !== undefined && files.length > 1) {
    refuse(
      `--config and ${files.length} plans: it belongs to one`,
      "review them one by one, or put each cdk.tf.json beside its plan, where it is found without --config",
    );
  }
  if (files.filter((file) => file === "-").length > 1) {
    refuse("--plan - is given twice: standard input holds one plan", "name the others by their files");
  }
  const format = formatOf(options);
  const inputs = files.map((file) => ({ file, ...planInput(file, config) }));
  const accessFiles = accessFilesOf(inputs, options.file);
  const reviews = inputs.map(
    ({ file, label, plan, config: synthesized }, at): NamedReview => ({
      name: label,
      review: review({ plan, config: synthesized, accessFile: accessFiles[at], today: today() }),
      file: fromHere(file),
      plannedAt: plan.timestamp,
    }),
  );
  writeReport(await reportOf(reviews, format, options, packageFolder), options.out);
  failOn(reviews, level);
}

async function reportOf(
  reviews: readonly NamedReview[],
  format: ReviewFormat,
  { out, failOn: level, verbose }: ReviewCommandOptions,
  packageFolder: string,
): Promise<string> {
  switch (format) {
    case "text": {
      const onTerminal = out === undefined && Boolean(process.stdout.isTTY);
      const text = {
        color: onTerminal && !process.env["NO_COLOR"],
        width: onTerminal ? process.stdout.columns : undefined,
        verbose,
      };
      return reviews.map((one) => reviewText(one.name, one.review, text)).join("\n\n\n");
    }
    case "markdown":
      return reviewMarkdown(reviews);
    case "sarif": {
      const { version } = JSON.parse(readFileSync(path.join(packageFolder, "package.json"), "utf8"));
      return JSON.stringify(reviewSarif(reviews, { version }), null, 2);
    }
    case "junit":
      return reviewJunit(reviews, { failOn: level });
    case "json":
      return JSON.stringify(reviewsJson(reviews), null, 2);
    case "html":
      return reviewHtml(reviews);
  }
}

/** By `--format`, `--json`, or the name of the file that `--out` names. */
function formatOf({ format, json, out = "" }: ReviewCommandOptions): ReviewFormat {
  if (json && format !== undefined && format !== "json") {
    const problem = `--json and --format ${format} are two formats`;
    throw new CommandError(problem, "the command line", "give one of them", 2);
  }
  if (json) return "json";
  const byEnding: Readonly<Record<string, ReviewFormat>> = {
    ".json": "json",
    ".sarif": "sarif",
    ".xml": "junit",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
  };
  const name = out.toLowerCase().replace(/\.sarif\.json$/, ".sarif");
  return format ?? byEnding[path.extname(name)] ?? "text";
}

/** Reports that name the file are read elsewhere, where only a path from the same folder leads to it. */
function fromHere(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith("..") || path.isAbsolute(relative) ? path.resolve(file) : relative;
}
