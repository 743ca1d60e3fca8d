/** Every fixture that comes with the package, on the local Astro as it is, and the companies on one that keeps memberships. */

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { simulationShape } from "../support/json-shapes.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

const folder = new URL("../../fixtures/", import.meta.url);
const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".yaml"))
  .toSorted();

/** One that has drifted on purpose, for `diff` and the repairs: a rehearsal of it says so. */
const drifted = "okta-drift.yaml";

test.each(names)("%s: the local Astro answers nothing that does harm; exit status 0", async (name) => {
  const text = readFileSync(new URL(name, folder), "utf8");
  const { status, stdout } = await runCommand(["simulate", providerOf(text), `fixtures/${name}`, "--json"]);
  const { observations } = simulationShape.parse(JSON.parse(stdout));
  expect(observations.filter(({ harmful }) => harmful)).toEqual([]);
  expect(status).toBe(name === drifted ? 1 : 0);
});

describe("a server that keeps the memberships of inactive accounts", () => {
  test.each(names.filter((name) => /^(?:okta|entra)-(?:company|small)\.yaml$/.test(name)))(
    "%s passes there, too",
    async (name) => {
      const text = readFileSync(new URL(name, folder), "utf8");
      const keeping = text.replace(/^astro:.*\n/m, "$&  behaviour: { deactivation: keeps-memberships }\n");
      expect(keeping).not.toBe(text);
      const cwd = await tempFolder({ "f.yaml": keeping });
      const { status, stdout } = await runCommand(["simulate", providerOf(text), "f.yaml", "-q"], { cwd });
      expect({ status, stdout: status === 0 ? "" : stdout }).toEqual({ status: 0, stdout: "" });
    },
  );
});

function providerOf(text: string): string {
  return /^idp: (\w+)/m.exec(text)?.[1] ?? "";
}
