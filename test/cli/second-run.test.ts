/** Okta remembers: with `--state`, a second run over an unchanged directory writes nothing, whatever happened in the first. */

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { oktaIntegrations } from "../../src/directory/app-settings.ts";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { readFixture } from "../../src/fixture/read.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro } from "../support/watched-astro.ts";

interface Scenario {
  readonly name: string;
  readonly file: string;
  readonly text: string;
}

/** What a fault interrupted may be done in a second run. */
function scenariosWithoutFaults(): readonly Scenario[] {
  const names = readdirSync(shippedFixture("okta")).filter((name) => name.endsWith(".yaml"));
  return names
    .map((name) => {
      const file = shippedFixture(`okta/${name}`);
      return { name, file, text: readFileSync(file, "utf8") };
    })
    .filter(({ name, text }) => (readFixture(name, text).astro.faults ?? []).length === 0);
}

const scenarios = scenariosWithoutFaults();

test("most scenarios have a server without faults", () => {
  expect(scenarios.length).toBeGreaterThan(9);
});

const runs = scenarios.flatMap((scenario) =>
  oktaIntegrations.map((integration) => ({ ...scenario, integration })),
);

test.each(runs)("$name, $integration", async ({ file, text, integration }) => {
  const cwd = await tempFolder();
  const astro = await startWatchedAstro({ fixture: text });
  const words = ["simulate", "okta", file, "--integration", integration, "--state", "okta.json", "--json"];
  const first = await runCommand([...words, ...astro.target], { cwd });
  expect(JSON.parse(first.stdout).stepsNotBegun).toEqual([]);
  expect(astro.writes()).not.toEqual([]);
  const before = await astro.state();
  astro.forget();
  const second = await runCommand([...words, ...astro.target], { cwd });
  expect(JSON.parse(second.stdout)).toMatchObject({ steps: [], stepsNotBegun: [] });
  expect(astro.writes()).toEqual([]);
  expect(await astro.state()).toEqual(before);
});
