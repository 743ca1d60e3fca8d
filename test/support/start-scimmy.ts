/** Starts SCIMMY, a SCIM server nobody here wrote, in a process of its own. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface Scimmy {
  /** SCIM base URL. */
  readonly url: string;
  readonly token: string;
  close(): Promise<void>;
}

const script = fileURLToPath(new URL("scimmy-server.mjs", import.meta.url));

export async function startScimmy(): Promise<Scimmy> {
  const token = "token-of-the-tests";
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, SCIMMY_TOKEN: token },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const { port } = JSON.parse(line) as { port: number };
  return {
    url: `http://127.0.0.1:${port}/scim/v2`,
    token,
    close: async () => {
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      await exited;
    },
  };
}
