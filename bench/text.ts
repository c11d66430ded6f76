import type { Result, SideResult } from "./paired";

/** One comparison for people: the ratio with its target first, then what both sides took. */
export function resultText({ part, name, ratio, ratios, target, met, ours, baseline }: Result): string {
  const range = `${ratios.length} pairs, ${decimal(Math.min(...ratios))} to ${decimal(Math.max(...ratios))}`;
  const verdict = met ? "OK" : "MISSED";
  const width = Math.max(ours.name.length, baseline.name.length);
  return [
    `${part}  ${name}: ${decimal(ratio)} (${range}), target at most ${decimal(target)}: ${verdict}`,
    ...[ours, baseline].map((side) => sideText(side, width)),
  ].join("\n");
}

function sideText({ name, milliseconds, peakBytes }: SideResult, width: number): string {
  const time =
    milliseconds < 1_000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1_000).toFixed(2)} s`;
  const memory = `${(peakBytes / 1024 / 1024).toFixed(0)} MiB`;
  return `   ${name.padEnd(width)}  ${time.padStart(8)}  ${memory.padStart(8)} peak`;
}

const decimal = (value: number) => value.toFixed(2);
