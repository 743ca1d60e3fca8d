/** A process that is killed (kill -9) in the middle of a repair, and the run that goes on after it. */

import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, onTestFinished, test } from "vitest";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { readPlainState } from "../support/plain-state.ts";
import { runCommand } from "../support/run-command.ts";
import { plainEnvironment } from "../support/run-program.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro, type WatchedAstro } from "../support/watched-astro.ts";

const bin = fileURLToPath(new URL("../../bin/astro-scim.js", import.meta.url));
const fixture = shippedFixture("okta-drift.yaml");
const fixtureText = readFileSync(fixture, "utf8");

function argvFor(astro: WatchedAstro, folder: string): readonly string[] {
  return ["resync", "--all", "--from", fixture, ...astro.target, "--yes", "--state-dir", folder];
}

/** Kills the process before, or after, Astro has carried out its write with this number. */
async function killedAt(number: number, when: "before" | "after") {
  const folder = await tempFolder();
  const started: { child?: ChildProcess } = {};
  let writes = 0;
  const kill = (method: string): void => {
    if (method === "GET" || (writes += 1) !== number) return;
    started.child?.kill("SIGKILL");
  };
  const astro = await startWatchedAstro({
    fixture: fixtureText,
    ...(when === "before"
      ? {
          before: ({ method }) => {
            kill(method);
            // Astro never gets what was on its way.
            return method !== "GET" && writes === number ? "cut" : undefined;
          },
        }
      : { after: ({ method }) => kill(method) }),
  });
  const child = spawn(process.execPath, [bin, ...argvFor(astro, folder)], {
    stdio: "ignore",
    env: plainEnvironment(),
  });
  started.child = child;
  onTestFinished(() => void child.kill("SIGKILL"));
  const signal = await new Promise((resolve) => {
    child.on("exit", (_status, by) => resolve(by));
  });
  expect(signal).toBe("SIGKILL");
  return { astro, folder };
}

test.each([
  [1, "before"],
  [1, "after"],
  [3, "before"],
  [3, "after"],
  [6, "after"],
] as const)("killed at write %i, %s Astro has carried it out", async (number, when) => {
  const { astro, folder } = await killedAt(number, when);
  const [name = ""] = await readdir(join(folder, "runs"));
  const id = name.replace(".ndjson", "");
  const refused = await runCommand(argvFor(astro, folder));
  expect(refused.stderr).toContain(`apply --resume ${id}`);
  expect(refused.status).toBe(5);
  const argv = ["apply", "--resume", id, ...astro.target, "--yes", "--state-dir", folder];
  const resumed = await runCommand(argv);
  expect(resumed.status).toBe(0);

  const uninterrupted = await startWatchedAstro({ fixture: fixtureText });
  await runCommand(argvFor(uninterrupted, await tempFolder()));
  expect(await readPlainState(astro)).toEqual(await readPlainState(uninterrupted));
  // Nothing was sent twice, but for what Astro never got.
  const lost = when === "before" ? 1 : 0;
  expect(astro.writes()).toHaveLength(uninterrupted.writes().length + lost);
});
