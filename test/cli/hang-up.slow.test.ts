/** A terminal that is closed: the same end as by SIGTERM, however dead the terminal is to which something would be said. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { plainEnvironment } from "../support/run-program.ts";
import { canRunInTerminal, runInTerminal } from "../support/terminal-that-closes.ts";
import { startWatchedAstro, type WatchedAstro } from "../support/watched-astro.ts";

const program = fileURLToPath(new URL("../../bin/astro-scim.js", import.meta.url));
const drift = shippedFixture("okta-drift.yaml");

/** `before` is called, and waited for, as the first POST comes by. */
async function atTheFirstWrite(before: () => Promise<void>): Promise<WatchedAstro> {
  let isFirst = true;
  return startWatchedAstro({
    fixture: readFileSync(drift, "utf8"),
    before: async ({ method }) => {
      if (method !== "POST" || !isFirst) return undefined;
      isFirst = false;
      await before();
      return undefined;
    },
  });
}

const resync = ({ target }: WatchedAstro, ...more: readonly string[]): readonly string[] => [
  program,
  "resync",
  "--all",
  "--concurrency",
  "1",
  "--from",
  drift,
  ...target,
  ...more,
];

describe("SIGHUP", () => {
  test.each<readonly [string, readonly NodeJS.Signals[]]>([
    ["once", ["SIGHUP"]],
    ["twice, as a shell and the system send it: no second Ctrl-C", ["SIGHUP", "SIGHUP"]],
    ["after SIGTERM", ["SIGTERM", "SIGHUP"]],
  ])("%s: what is in flight is finished, and what is not done is said", async (_how, signals) => {
    let stdout = "";
    let stderr = "";
    const astro = await atTheFirstWrite(async () => {
      for (const signal of signals) {
        child.kill(signal);
        while (!stderr.includes("Stopping after what is in flight")) await once(child.stderr, "data");
      }
    });
    const child = spawn(process.execPath, [...resync(astro, "--yes")], { env: plainEnvironment() });
    onTestFinished(() => void child.kill("SIGKILL"));
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    const [status] = await once(child, "close");
    expect(stdout).toMatch(/\n1 done, 11 not done\.\n/);
    expect(astro.writes()).toEqual(["POST /Users"]);
    expect(status).toBe(130);
  });
});

describe.runIf(canRunInTerminal())("the terminal itself is closed", () => {
  test("at the question: nothing is changed, exit status 130", async () => {
    const astro = await startWatchedAstro({ fixture: readFileSync(drift, "utf8") });
    const terminal = runInTerminal([process.execPath, ...resync(astro)]);
    await terminal.shows("Apply");
    await terminal.close();
    expect(await terminal.status).toBe(130);
    expect(astro.writes()).toEqual([]);
  });

  test.each<readonly [string, readonly string[]]>([
    ["with much to say", ["--verbose"]],
    ["with little to say", ["--quiet"]],
  ])("during a write, %s: no other one is begun, exit status 130", async (_what, flags) => {
    const astro = await atTheFirstWrite(() => terminal.close());
    const terminal = runInTerminal([process.execPath, ...resync(astro, "--yes", ...flags)]);
    expect(await terminal.status).toBe(130);
    expect(astro.writes()).toEqual(["POST /Users"]);
    expect((await astro.state()).users).toContain("olga.ivanova@example.com");
  });

  test("serve: exit status 0", async () => {
    const terminal = runInTerminal([process.execPath, program, "serve", "--port", "0"]);
    await terminal.shows("A local Astro is listening.");
    await terminal.close();
    expect(await terminal.status).toBe(0);
  });
});
