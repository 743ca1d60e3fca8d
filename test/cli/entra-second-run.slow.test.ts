/** Entra remembers: with `--state`, a second run of a directory that has not changed writes nothing, after every scenario. */

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { readFixture } from "../../src/fixture/read.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro } from "../support/watched-astro.ts";

const flag = "?aadOptscim062020";

/** With faults the local Astro of a scenario is another one than that of a second run. */
const scenarios = readdirSync(shippedFixture("entra")).flatMap((name) => {
  const file = shippedFixture(`entra/${name}`);
  const text = readFileSync(file, "utf8");
  const { app, astro } = readFixture(name, text);
  if (astro.faults !== undefined) return [];
  return [{ name, file, text, suffix: app.idp === "entra" && app.flag ? flag : "" }];
});

test("most scenarios have a server without faults", () => {
  expect(scenarios.length).toBeGreaterThan(10);
});

test.each(scenarios)("$name", async ({ file, text, suffix }) => {
  const astro = await startWatchedAstro({ fixture: text });
  const cwd = await tempFolder();
  const target = ["--url", `${astro.url}${suffix}`, "--token", astro.token];
  const words = ["simulate", "entra", file, ...target, "--state", "memory.json"];
  await runCommand(words, { cwd });
  expect(astro.writes()).not.toEqual([]);
  const before = await astro.state();
  astro.forget();
  const { stdout } = await runCommand(words, { cwd });
  expect(stdout).toContain("the timeline was played before");
  expect(astro.writes()).toEqual([]);
  expect(await astro.state()).toEqual(before);
});
