import type { StatusChange } from "./call";

/** What AWS takes, in seconds: endpoints as the provider's own acceptance tests saw it, collections as documented. */
const inAws: Readonly<Record<StatusChange, number>> = {
  "endpoint create": 150,
  "endpoint update": 120,
  "endpoint delete": 150,
  "collection create": 180,
  "collection update": 10,
  "collection delete": 120,
};

/** `real`: as AWS; a number: that many times faster; `instant`: 50 ms whatever changes. */
export type Speed = "instant" | "real" | number;

/** How long a status change takes, in milliseconds. */
export function durationsAt(speed: Speed): (change: StatusChange) => number {
  if (speed === "instant") return () => 50;
  const factor = speed === "real" ? 1 : speed;
  return (change) => Math.round((inAws[change] * 1000) / factor);
}
