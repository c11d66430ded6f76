import path from "node:path";
import { caseNames } from "./case";
import { makePlan } from "./make-plan";

/**
 * Makes the plans of the corpus anew, all or those named, with the real Terraform and AWS provider in the sandbox:
 * `node bin/run.js test/review/corpus/make.ts [case…]`. Run it in the project's folder. What is expected of them
 * stays as it is written.
 */
async function main(names: readonly string[]): Promise<void> {
  const folder = path.resolve("test", "review", "corpus", "cases");
  for (const name of names.length > 0 ? names : caseNames(folder)) {
    const started = Date.now();
    try {
      await makePlan(path.join(folder, name));
      console.error(`${name}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
    } catch (error) {
      console.error(`${name}:`, error);
      process.exitCode = 1;
    }
  }
}

void main(process.argv.slice(2));
