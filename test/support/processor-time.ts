/**
 * Milliseconds of processor that a piece of work takes in this process: the least of several runs. Unlike time on the
 * clock it does not count the waiting for other processes of a busy machine.
 */
export function leastProcessorMilliseconds(runs: number, work: () => unknown): number {
  const times = Array.from({ length: runs }, () => {
    const start = process.cpuUsage();
    work();
    return process.cpuUsage(start).user / 1000;
  });
  return Math.min(...times);
}
