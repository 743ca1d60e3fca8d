/** `diff` of a program answers as `astro-scim diff` does: both go through one comparison. */

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { diff } from "../../src/index.ts";
import { driftJson } from "../../src/report/drift/json.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro } from "../support/watched-astro.ts";

const fixtures = {
  okta: `
idp: okta
protect: [grace@example.com]
users: [{ email: ada@example.com }, { email: grace@example.com }]
groups:
  - { name: data, members: [ada@example.com], push: true }
  - { name: ops, members: [ada@example.com, grace@example.com], push: true }
  - { name: quiet, members: [ada@example.com], push: false }
`,
  entra: `
idp: entra
protect: [grace@example.com]
users:
  - { mail: ada@example.com, displayName: Ada, assigned: true }
  - { mail: grace@example.com, displayName: Grace, assigned: true }
groups:
  - { name: data, members: [ada@example.com], assign: true }
  - { name: ops, members: [ada@example.com, grace@example.com], assign: true }
  - { name: quiet, members: [ada@example.com], assign: false }
`,
};

/** Provisioned with a memory; then a Team is renamed and emptied, an account deactivated, and a group no longer provided. */
async function drifted(idp: "okta" | "entra") {
  const text = fixtures[idp];
  const astro = await startWatchedAstro({ fixture: text });
  const cwd = await tempFolder({
    "company.yaml": text,
    "less.yaml": text.replace(/ {2}- \{ name: ops.*\n/, ""),
  });
  const memory = ["--state", "memory.json"];
  const first = await runCommand(["simulate", idp, "company.yaml", ...memory, ...astro.target], { cwd });
  expect(first.status).toBe(0);
  const teams = await astro.behind.get('/Groups?filter=displayName%20eq%20"data"');
  await astro.behind.patch(
    `/Groups/${teams.body.Resources[0].id}`,
    { op: "replace", path: "displayName", value: "The data team" },
    { op: "remove", path: "members" },
  );
  for (const name of ["ada@example.com", "grace@example.com"]) {
    const users = await astro.behind.get(`/Users?filter=userName%20eq%20"${name}"`);
    const replaced = { op: "replace", path: "active", value: false };
    await astro.behind.patch(`/Users/${users.body.Resources[0].id}`, replaced);
  }
  return { cwd, astro };
}

describe.each(["okta", "entra"] as const)("%s", (idp) => {
  test.each([
    { name: "by names", state: undefined },
    { name: "by the provider's links", state: "memory.json" },
  ])("what differs, what is protected and what is not explained, $name", async ({ state }) => {
    const { cwd, astro } = await drifted(idp);
    const words = ["less.yaml", ...astro.target, "--json"];
    const { stdout } = await runCommand(
      ["diff", ...words, ...(state === undefined ? [] : ["--state", state])],
      { cwd },
    );
    const [url = "", token = ""] = [astro.target[1], astro.target[3]];
    const drift = await diff({
      fixture: join(cwd, "less.yaml"),
      target: { url, token },
      ...(state === undefined ? {} : { state: join(cwd, state) }),
    });
    expect(driftJson({ drift })).toEqual(JSON.parse(stdout));
    expect(drift.protectedSkipped).not.toEqual([]);
    expect(drift.notPushedKeys).toEqual(new Set(["quiet"]));
    expect(drift.changes.map(({ kind }) => kind)).toContain(
      state === undefined ? "team-missing" : "team-renamed",
    );
  });

  test("--state without a target is refused by both", async () => {
    const cwd = await tempFolder({ "company.yaml": fixtures[idp] });
    const fixture = join(cwd, "company.yaml");
    await expect(diff({ fixture, state: join(cwd, "memory.json") })).rejects.toMatchObject({
      code: "usage",
    });
    const { status } = await runCommand(["diff", "company.yaml", "--state", "memory.json"], { cwd });
    expect(status).toBe(64);
  });
});
