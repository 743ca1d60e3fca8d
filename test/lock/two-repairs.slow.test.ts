/** Two processes that repair one organization: the system frees the lock of one that was killed. */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { longEnoughMs } from "../support/long-enough.ts";
import { plainEnvironment, runProgram } from "../support/run-program.ts";
import { startWatchedAstro } from "../support/watched-astro.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const program = fileURLToPath(new URL("../../bin/astro-scim.js", import.meta.url));
const drift = shippedFixture("okta-drift.yaml");

function start(argv: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, argv, { stdio: "ignore", env: plainEnvironment() });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

test("the second is refused while the first one runs, and is let in once that was killed", async () => {
  let arrived = (): void => {};
  const reading = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  let isSilent = true;
  const astro = await startWatchedAstro({
    fixture: readFileSync(drift, "utf8"),
    before: () => {
      arrived();
      return isSilent ? "silence" : undefined;
    },
  });
  const resync = [program, "resync", "--all", "--yes", "--from", drift, ...astro.target];
  const options = { cwd: repository, timeoutMs: longEnoughMs };
  const first = start(resync);
  const firstEnded = once(first, "close");
  await reading;
  astro.forget();

  const refused = await runProgram(process.execPath, resync, options);
  expect(refused.stderr).toContain(`is running on this machine (resync, process ${first.pid}, since 20`);
  expect(refused.status).toBe(5);
  expect(astro.requests).toEqual([]);

  first.kill("SIGKILL");
  await firstEnded;
  isSilent = false;
  expect((await runProgram(process.execPath, resync, options)).status).toBe(0);
});

test("a first one that is stopped (SIGSTOP) keeps the lock, though it cannot say who it is", async () => {
  let arrived = (): void => {};
  const reading = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const astro = await startWatchedAstro({
    fixture: readFileSync(drift, "utf8"),
    before: () => {
      arrived();
      return "silence";
    },
  });
  const resync = [program, "resync", "--all", "--yes", "--from", drift, ...astro.target];
  const first = start(resync);
  await reading;
  first.kill("SIGSTOP");
  const { status, stderr } = await runProgram(process.execPath, resync, {
    cwd: repository,
    timeoutMs: longEnoughMs,
  });
  expect(stderr).toContain("is running on this machine (it did not say which)");
  expect(status).toBe(5);
});
