/** The local Astro in a process of its own, whose heap and whose failures can be asked for. */

import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { plainEnvironment } from "./run-program.ts";

/** What the process says of itself. */
export interface FuzzedReport {
  /** What `onFault` was told: stacks. */
  readonly faults: readonly string[];
  /** Requests that were answered. */
  readonly requests: number;
  /** Records of them that would have shown the token. */
  readonly leaks: number;
  /** Names that every object has got; none, it is hoped. */
  readonly polluted: readonly string[];
  /** After garbage collection. */
  readonly heapBytes: number;
}

export interface FuzzedServer {
  readonly url: string;
  readonly token: string;
  readonly port: number;
  report(): Promise<FuzzedReport>;
  /** Undefined while it runs; its exit code, or the name of a signal, once it does not. */
  ended(): number | string | undefined;
  /** What it wrote on its standard error. */
  complaints(): string;
  close(): Promise<void>;
}

const script = fileURLToPath(new URL("fuzzed-server.mjs", import.meta.url));

/** With these options of `startServer`, besides its own. */
export async function startFuzzedServer(options: { readonly strict?: boolean } = {}): Promise<FuzzedServer> {
  const child = fork(script, [JSON.stringify(options)], {
    execArgv: ["--expose-gc"],
    env: plainEnvironment(),
    stdio: ["ignore", "inherit", "pipe", "ipc"],
  });
  let complaints = "";
  child.stderr?.on("data", (chunk) => {
    complaints += String(chunk);
  });
  const exited = once(child, "exit");
  const nextMessage = async (): Promise<unknown> => {
    const ended = exited.then(() => {
      throw new Error(`the server's process ended: ${complaints}`);
    });
    const [message] = await Promise.race([once(child, "message"), ended]);
    return message;
  };
  const place = (await nextMessage()) as Pick<FuzzedServer, "url" | "token" | "port">;
  return {
    ...place,
    complaints: () => complaints,
    ended: () => child.exitCode ?? child.signalCode ?? undefined,
    report: async () => {
      child.send("report");
      return (await nextMessage()) as FuzzedReport;
    },
    close: async () => {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
