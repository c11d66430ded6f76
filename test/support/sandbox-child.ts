import { startSandbox } from "../../sandbox";

/** A sandbox in a process of its own, to be killed: `sandbox-child.ts STATE_FILE`. Prints its URL. */
startSandbox({ state: String(process.argv[2]), verifySignatures: false }).then(({ url }) => console.log(url));
