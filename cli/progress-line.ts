import type { Progress } from "../terraform";

/**
 * Shows on standard error what Terraform does at the moment: one line that is overwritten, on a terminal only. What
 * init decided by itself, such as to use a mirror, stays.
 */
export function progressLine(stack: string): { show(progress: Progress): void; end(): void } {
  const { stderr } = process;
  const overwrites = stderr.isTTY && process.env["TERM"] !== "dumb";
  const clear = overwrites ? "\r\u001b[K" : "";
  return {
    show({ command, text }) {
      if (command === "init" && !text.startsWith("- ")) stderr.write(`${clear}${stack}: ${text}\n`);
      else if (overwrites) overwrite(command, text);
    },
    end() {
      stderr.write(clear);
    },
  };

  function overwrite(command: string, text: string): void {
    const line = `${stack}: ${command}: ${text.replace(/\s+/g, " ")}`;
    stderr.write(clear + line.slice(0, Math.max(20, (stderr.columns ?? 80) - 1)));
  }
}
