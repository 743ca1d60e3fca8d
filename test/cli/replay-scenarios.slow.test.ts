/** What Okta and Entra ID send in the scenarios that are shipped, recorded and replayed. */

import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { loadFixture, shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { fakeIo } from "../support/fake-io.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

/** Faults that strike so many requests strike others where what was repeated is not sent again: those are left out. */
async function scenariosWithoutFaults(provider: "okta" | "entra"): Promise<readonly (readonly string[])[]> {
  const names = readdirSync(shippedFixture(provider)).filter((name) => name.endsWith(".yaml"));
  const all = await Promise.all(
    names.map(async (name) => {
      const file = shippedFixture(`${provider}/${name}`);
      const { astro } = await loadFixture(fakeIo(), file);
      return { row: [provider, name, file], isFaulty: (astro.faults ?? []).length > 0 };
    }),
  );
  return all.filter(({ isFaulty }) => !isFaulty).map(({ row }) => row);
}

const scenarios = [...(await scenariosWithoutFaults("okta")), ...(await scenariosWithoutFaults("entra"))];

test("most scenarios have a server without faults", () => {
  expect(scenarios.length).toBeGreaterThan(20);
});

test.each(scenarios)("%s/%s: a fresh Astro answers as recorded", async (provider = "", _name, file = "") => {
  const cwd = await tempFolder();
  await runCommand(["simulate", provider, file, "--trace", "t.har", "--quiet"], { cwd });
  const { status, stdout } = await runCommand(["replay", "t.har", "--from", file], { cwd });
  expect(stdout).toMatch(
    /^\d+ requests sent again, \d+ ids? translated: every answer matches the recording\.$/m,
  );
  expect(status).toBe(0);
});
