/** The program as a process: pipes that are closed, signals that are sent, and a status that is seen from outside. */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, onTestFinished, test } from "vitest";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { startHttp } from "../support/loopback-server.ts";
import { plainEnvironment } from "../support/run-program.ts";
import { startWatchedAstro } from "../support/watched-astro.ts";

const program = fileURLToPath(new URL("../../bin/astro-scim.js", import.meta.url));
const small = shippedFixture("okta-small.yaml");

interface Started {
  readonly child: ChildProcess;
  /** Resolves with the first bytes of standard output. */
  readonly firstOutput: Promise<string>;
  /** Resolves at the end. */
  readonly ended: Promise<{ readonly status: number | null; readonly stderr: string }>;
}

function start(...argv: readonly string[]): Started {
  const child = spawn(process.execPath, [program, ...argv], {
    stdio: ["ignore", "pipe", "pipe"],
    env: plainEnvironment(),
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const firstOutput = once(child.stdout, "data").then(([chunk]) => String(chunk));
  const ended = once(child, "close").then(([status]) => ({ status: status as number | null, stderr }));
  return { child, firstOutput, ended };
}

describe("a closed pipe", () => {
  test.each([
    ["while it works", ["simulate", "okta"]],
    ["by the time it has its result", ["diff", "--json"]],
    ["for the help", ["--help"]],
  ])("%s: no error, no stack trace", async (_when, argv) => {
    const { child, ended } = start(...argv);
    child.stdout?.destroy();
    const { stderr } = await ended;
    expect(stderr).not.toMatch(/Error|EPIPE|^ +at /m);
  });

  test("a provisioning that nobody watches any more stops: it does not go on to its end", async () => {
    let close = (): void => {};
    const astro = await startWatchedAstro({
      fixture: readFileSync(small, "utf8"),
      before: ({ method }) => {
        if (method === "POST") close();
        return undefined;
      },
    });
    const { child, ended } = start("simulate", "okta", small, "--verbose", ...astro.target);
    close = () => void child.stdout?.destroy();
    const { status, stderr } = await ended;
    expect(status).toBe(130);
    expect(stderr).not.toMatch(/^Error|EPIPE/m);
    expect((await astro.state()).teams).not.toHaveProperty("airflow-admins");
  });
});

describe("signals", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s ends serve with 0", async (signal) => {
    const { child, firstOutput, ended } = start("serve", "--port", "0");
    expect(await firstOutput).toContain("A local Astro is listening.");
    child.kill(signal);
    expect((await ended).status).toBe(0);
  });

  test("a second SIGINT ends at once what waits for an answer", async () => {
    const { child, ended, toldToPressAgain } = await stuckInPost();
    child.kill("SIGINT");
    await toldToPressAgain;
    child.kill("SIGINT");
    const { status, stderr } = await ended;
    expect(stderr).toContain("press Ctrl-C again to stop immediately");
    expect(status).toBe(130);
  });
});

/** A simulation whose first POST is never answered. */
async function stuckInPost(): Promise<Started & { readonly toldToPressAgain: Promise<void> }> {
  let arrived = (): void => {};
  const posted = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const list = JSON.stringify({
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    totalResults: 0,
    Resources: [],
  });
  const server = await startHttp((request, response) => {
    if (request.method === "POST") arrived();
    else response.writeHead(200, { "content-type": "application/scim+json" }).end(list);
  });
  onTestFinished(server.close);
  const target = ["--url", `${server.url}/scim/v2`, "--token", "abcdef"];
  const started = start("simulate", "okta", "fixtures/okta-small.yaml", ...target);
  await posted;
  const toldToPressAgain = new Promise<void>((resolve) => {
    started.child.stderr?.on("data", (chunk: Buffer) => {
      if (chunk.toString().includes("press Ctrl-C again")) resolve();
    });
  });
  return { ...started, toldToPressAgain };
}
