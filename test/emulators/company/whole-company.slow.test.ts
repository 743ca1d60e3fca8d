/** A company of 250: its provisioning, driven action by action, ends where a rehearsal of the same fixture ends. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isInAstro } from "../../../src/directory/action.ts";
import type { Scenario } from "../../../src/directory/timeline.ts";
import { readFixture } from "../../../src/fixture/read.ts";
import { simulate } from "../../../src/index.ts";
import { startServer } from "../../../src/server/start.ts";
import { heldBy, startEmulatedCompany } from "../../support/emulated-company.ts";

const pathOf = (name: string): string => new URL(`../../../fixtures/${name}`, import.meta.url).pathname;

function fixtureNamed(name: string): Scenario {
  return readFixture(name, readFileSync(pathOf(name), "utf8"), { shipped: false });
}

test.each(["okta-company.yaml", "entra-company.yaml"])("%s ends where its rehearsal ends", async (name) => {
  const fixture = fixtureNamed(name);
  const { company, held } = await startEmulatedCompany({ directory: fixture.start, app: fixture.app });
  await company.settled();
  for (const { actions } of fixture.timeline) {
    for (const action of actions) if (!isInAstro(action)) company.act(action);
    company.runCycle();
    await company.settled();
  }
  const rehearsed = await startServer();
  const { status } = await simulate({
    fixture: pathOf(name),
    target: { url: rehearsed.url, token: rehearsed.token },
  });
  expect(status).toBe("ok");
  expect(await held()).toEqual(await heldBy(rehearsed));
  await rehearsed.close();
});
