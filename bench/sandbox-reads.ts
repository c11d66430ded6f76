import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { sign } from "aws4";
import { projectFolder } from "./child";
import { median } from "./paired";

/** What the sandbox has to answer, reads in a second of one core. */
const target = 2_000;
const requests = 20_000;
const connections = 16;

/** A world as a platform has it: the endpoints of an account, and policies over many collections. */
const endpoints = 50;
const policies = 300;

export interface ReadsResult {
  readonly part: "d";
  readonly name: string;
  /** of each run */
  readonly perCpuSecond: readonly number[];
  readonly perSecond: readonly number[];
  readonly median: number;
  readonly peakBytes: number;
  readonly target: number;
  readonly met: boolean;
}

/** Part d: signed reads of every kind that a plan makes, in turn, against a sandbox in a process of its own. */
export async function sandboxReads(runs: number, say: (text: string) => void): Promise<ReadsResult> {
  const { child, url, ask } = await start();
  try {
    say(`d: ${endpoints} endpoints and ${policies} policies in the sandbox`);
    const reads = await fill(url, ask);
    const perCpuSecond: number[] = [];
    const perSecond: number[] = [];
    let peakBytes = 0;
    for (let run = 0; run <= runs; run++) {
      // The first one warms up.
      if (run > 0) say(`d: sandbox reads: run ${run} of ${runs}`);
      const before = await used(child);
      const start = performance.now();
      await flood(url, reads);
      const seconds = (performance.now() - start) / 1000;
      const after = await used(child);
      peakBytes = after.peakBytes;
      if (run === 0) continue;
      perSecond.push(requests / seconds);
      perCpuSecond.push(requests / (after.cpuSeconds - before.cpuSeconds));
    }
    const middle = median(perCpuSecond);
    const name = `sandbox reads with ${endpoints} endpoints and ${policies} policies`;
    return {
      part: "d",
      name,
      perCpuSecond,
      perSecond,
      median: middle,
      peakBytes,
      target,
      met: middle >= target,
    };
  } finally {
    child.stdin?.end();
    await once(child, "exit");
  }
}

export function readsText({
  part,
  name,
  perCpuSecond,
  perSecond,
  median: middle,
  ...result
}: ReadsResult): string {
  const whole = (value: number) => Math.round(value).toLocaleString("en");
  const range = `${perCpuSecond.length} runs, ${whole(Math.min(...perCpuSecond))} to ${whole(Math.max(...perCpuSecond))}`;
  return [
    `${part}  ${name}: ${whole(middle)} per second of one core (${range}), target at least ${whole(target)}: ${result.met ? "OK" : "MISSED"}`,
    `   answered per second, ${connections} connections: ${whole(median(perSecond))}; ${(result.peakBytes / 1024 / 1024).toFixed(0)} MiB peak`,
  ].join("\n");
}

interface SignedRequest {
  readonly headers: Record<string, string>;
  readonly body: string;
}

type Ask = (service: string, body: string, operation?: string) => SignedRequest;

async function start(): Promise<{ child: ChildProcess; url: URL; ask: Ask }> {
  const child = spawn(process.execPath, ["bin/run.js", "bench/sandbox-child.ts"], {
    cwd: projectFolder,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const { url: address, environment } = (await line(child)) as {
    readonly url: string;
    readonly environment: Readonly<Record<string, string>>;
  };
  const url = new URL(address);
  const credentials = {
    accessKeyId: String(environment["AWS_ACCESS_KEY_ID"]),
    secretAccessKey: String(environment["AWS_SECRET_ACCESS_KEY"]),
  };
  const ask: Ask = (service, body, operation) => {
    const type = operation ? "application/x-amz-json-1.0" : "application/x-www-form-urlencoded";
    const headers = {
      "content-type": type,
      ...(operation ? { "x-amz-target": `OpenSearchServerless.${operation}` } : {}),
    };
    const options = {
      service,
      region: "eu-central-1",
      host: url.host,
      method: "POST",
      path: "/",
      headers,
      body,
    };
    return { body, headers: sign(options, credentials).headers as Record<string, string> };
  };
  return { child, url, ask };
}

/** Makes the world, and says which requests read it. */
async function fill(url: URL, ask: Ask): Promise<readonly SignedRequest[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const aoss = (operation: string, input: object) => ask("aoss", JSON.stringify(input), operation);
  const call = async (operation: string, input: object) =>
    JSON.parse(await send(url, agent, aoss(operation, input))) as Record<string, { readonly id: string }>;
  const ids: string[] = [];
  for (let index = 0; index < endpoints; index++) {
    const hex = index.toString(16).padStart(8, "0");
    const subnetIds = [`subnet-${hex}`];
    const made = await call("CreateVpcEndpoint", {
      name: `endpoint-${index}`,
      vpcId: `vpc-${hex}`,
      subnetIds,
    });
    ids.push(String(made["createVpcEndpointDetail"]?.id));
  }
  for (let index = 0; index < policies; index++) {
    const Rules = [{ ResourceType: "collection", Resource: [`collection/logs-${index}-*`] }];
    const SourceVPCEs = [ids[index % ids.length]];
    const policy = JSON.stringify([{ Rules, AllowFromPublic: false, SourceVPCEs }]);
    await call("CreateSecurityPolicy", { type: "network", name: `policy-${index}`, policy });
  }
  agent.destroy();
  const ec2 = (action: string) => ask("ec2", `Action=${action}&Version=2016-11-15`);
  return [
    aoss("BatchGetVpcEndpoint", { ids: ids.slice(0, 1) }),
    aoss("GetSecurityPolicy", { type: "network", name: "policy-7" }),
    aoss("ListSecurityPolicies", { type: "network" }),
    aoss("ListVpcEndpoints", {}),
    ec2(`DescribeVpcEndpoints&VpcEndpointId.1=${ids[0]}`),
    ec2("DescribeSecurityGroups"),
    ask("sts", "Action=GetCallerIdentity&Version=2011-06-15"),
  ];
}

/** Sends them in turn over a few connections, each as soon as the one before it is answered. */
async function flood(url: URL, reads: readonly SignedRequest[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let next = 0;
  const client = async () => {
    for (let index = next++; index < requests; index = next++) {
      await send(url, agent, reads[index % reads.length] as SignedRequest);
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  agent.destroy();
}

function send(url: URL, agent: Agent, { headers, body }: SignedRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = url;
    const sent = request({ agent, hostname, port, method: "POST", path: "/", headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`status ${response.statusCode}: ${text}`));
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

async function used(
  child: ChildProcess,
): Promise<{ readonly cpuSeconds: number; readonly peakBytes: number }> {
  child.stdin?.write("\n");
  return (await line(child)) as { cpuSeconds: number; peakBytes: number };
}

async function line(child: ChildProcess): Promise<unknown> {
  const [text] = (await once(child.stdout as NonNullable<typeof child.stdout>, "data")) as [Buffer];
  return JSON.parse(text.toString());
}
