import { startSandbox } from "../sandbox";
import { peakBytes } from "./peak-memory";

/** The sandbox in a process of its own; on a line from standard input it says what it used, and ends. */
startSandbox({ openWorld: true }).then((sandbox) => {
  const environment = sandbox.environment("eu-central-1");
  console.log(JSON.stringify({ url: sandbox.url, environment }));
  process.stdin.on("data", () => {
    const { user, system } = process.cpuUsage();
    console.log(JSON.stringify({ cpuSeconds: (user + system) / 1e6, peakBytes: peakBytes() }));
  });
  process.stdin.on("end", () => void sandbox.close());
});
