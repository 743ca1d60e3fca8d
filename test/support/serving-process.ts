/** `astro-scim serve` as a process of its own, which a test may kill. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { plainEnvironment } from "./run-program.ts";

const program = fileURLToPath(new URL("../../bin/astro-scim.js", import.meta.url));

export interface ServingProcess {
  readonly url: string;
  readonly token: string;
  readonly port: number;
  /** Undefined while it runs. */
  ended(): number | string | undefined;
  /** What it wrote on its standard error. */
  complaints(): string;
  /** `kill -9`; resolves once it is gone. */
  kill(): Promise<void>;
}

/** On a port of the system's choice; what it prints of each request goes to its standard error. */
export async function startServingProcess(...words: readonly string[]): Promise<ServingProcess> {
  const argv = [program, "serve", "--port", "0", "--json", ...words];
  const serving = spawn(process.execPath, argv, {
    env: plainEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(serving, "exit");
  const kill = async (): Promise<void> => {
    serving.kill("SIGKILL");
    await exited;
  };
  onTestFinished(kill);
  let complaints = "";
  serving.stderr.on("data", (chunk) => {
    complaints += String(chunk);
  });
  const [announcement] = await once(serving.stdout, "data");
  const { url, token } = JSON.parse(String(announcement));
  return {
    url,
    token,
    port: Number(new URL(url).port),
    ended: () => serving.exitCode ?? serving.signalCode ?? undefined,
    complaints: () => complaints,
    kill,
  };
}
