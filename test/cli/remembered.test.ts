/** `--state` of `diff` and the repairs: the Teams that a provider made or linked are known by id, whatever they are called. */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { driftShape } from "../support/json-shapes.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro, type WatchedAstro } from "../support/watched-astro.ts";

const okta = `
idp: okta
users: [{ email: ada@example.com }, { email: grace@example.com }]
groups:
  - { name: data, members: [ada@example.com], push: true }
  - { name: ops, members: [ada@example.com, grace@example.com], push: true }
`;

const entra = `
idp: entra
users:
  - { mail: ada@example.com, displayName: Ada, assigned: true }
  - { mail: grace@example.com, displayName: Grace, assigned: true }
groups:
  - { name: data, members: [ada@example.com], assign: true }
  - { name: ops, members: [ada@example.com, grace@example.com], assign: true }
`;

const memory = ["--state", "memory.json"];

/** Provisioned with a memory; then somebody renames a Team, changes its members, and a group is no longer provided. */
async function drifted(
  idp: "okta" | "entra",
): Promise<{ readonly cwd: string; readonly astro: WatchedAstro; readonly words: readonly string[] }> {
  const text = idp === "okta" ? okta : entra;
  const astro = await startWatchedAstro({ fixture: text });
  const cwd = await tempFolder({
    "company.yaml": text,
    "less.yaml": text.replace(/ {2}- \{ name: ops.*\n/, ""),
  });
  const first = await runCommand(["simulate", idp, "company.yaml", ...memory, ...astro.target], { cwd });
  expect(first.status).toBe(0);
  const { body } = await astro.behind.get('/Groups?filter=displayName%20eq%20"data"');
  await astro.behind.patch(
    `/Groups/${body.Resources[0].id}`,
    { op: "replace", path: "displayName", value: "The data team" },
    { op: "remove", path: "members" },
  );
  astro.forget();
  return { cwd, astro, words: ["--from", "less.yaml", ...astro.target] };
}

const kindsOf = (stdout: string) => driftShape.parse(JSON.parse(stdout)).changes.map(({ kind }) => kind);

describe.each(["okta", "entra"] as const)("%s", (idp) => {
  test("without the memory a renamed Team is missing, and a Team of no group is nobody's", async () => {
    const { cwd, words } = await drifted(idp);
    const { stdout } = await runCommand(["diff", ...words, "--json"], { cwd });
    expect(kindsOf(stdout)).toEqual(["team-missing"]);
  });

  test("with it the Team was renamed, and the other one is left over; nothing is written", async () => {
    const { cwd, astro, words } = await drifted(idp);
    const before = await readFile(join(cwd, "memory.json"), "utf8");
    const { stdout, status } = await runCommand(["diff", ...words, ...memory, "--json"], { cwd });
    expect(kindsOf(stdout).toSorted()).toEqual(["team-left-over", "team-members-differ", "team-renamed"]);
    expect(status).toBe(2);
    expect(astro.writes()).toEqual([]);
    expect(await readFile(join(cwd, "memory.json"), "utf8")).toBe(before);
  });

  test("a rehearsal's end counts by the links, and sets apart what the profile protects", async () => {
    const { cwd, astro } = await drifted(idp);
    const [, url] = astro.target;
    const profile = `profiles: { local: { url: "${url}", protect: [data] } }\n`;
    await writeFile(join(cwd, "astro-scim.yaml"), profile);
    const env = { ASTRO_SCIM_TOKEN: astro.token };
    const end = async (target: readonly string[]) => {
      const words = ["simulate", idp, "company.yaml", ...memory, ...target, "--json"];
      const { stdout } = await runCommand(words, { cwd, env });
      return JSON.parse(stdout).comparison.drift;
    };
    const plain = await end(["--url", `${url}`]);
    expect(JSON.stringify(plain)).toContain("team-renamed");
    const guarded = await end(["--profile", "local"]);
    expect(guarded.changes).toEqual([]);
    expect(JSON.stringify(guarded.protected)).toContain("team-renamed");
  });

  test("the repairs that diff proposes go by the same memory", async () => {
    const { cwd, astro, words } = await drifted(idp);
    const { stdout } = await runCommand(["diff", ...words, ...memory], { cwd });
    expect(stdout).toMatch(/^Next: astro-scim resync --all --dry-run .* --state memory\.json$/m);
    await runCommand(["resync", "--all", "--yes", ...words, ...memory], { cwd });
    await runCommand(["delete", "--team", "ops", "--yes", ...words, ...memory], { cwd });
    expect((await astro.state()).teams).toEqual({ data: ["ada@example.com"] });
    const after = await runCommand(["diff", ...words, ...memory, "--json"], { cwd });
    expect(kindsOf(after.stdout)).toEqual([]);
  });
});

describe("a Team that Entra leaves as it is, by its settings, is not left over", () => {
  const linked = "airflow-admins";
  const assigned = `
idp: entra
users: [{ mail: ada@example.com, displayName: Ada, assigned: true }]
groups: [{ name: ${linked}, assign: true, members: [ada@example.com] }]
`;

  test.each([
    {
      name: "Create is off, and the group is in scope: it was linked to a Team that was there",
      fixture: `${assigned}app: { groups: { actions: [update, delete] } }\nastro: { teams: [{ name: ${linked}, members: [] }] }\n`,
    },
    {
      name: "Delete is off, and the group has gone out of scope",
      fixture: `${assigned}app: { groups: { actions: [create, update] } }\ntimeline: [{ name: off, after: 1d, do: [{ unassign-group: ${linked} }] }]\n`,
    },
  ])("$name", async ({ fixture }) => {
    const astro = await startWatchedAstro({ fixture });
    const cwd = await tempFolder({ "company.yaml": fixture });
    const words = ["company.yaml", ...memory, ...astro.target];
    const rehearsal = await runCommand(["simulate", "entra", ...words], { cwd });
    expect(rehearsal.status).toBe(0);
    const { stdout } = await runCommand(["diff", ...words, "--json"], { cwd });
    expect(kindsOf(stdout)).toEqual([]);
    const deletion = await runCommand(["delete", "--all", "--yes", "--from", ...words], { cwd });
    expect(deletion.stdout).toContain("Nothing to do.");
    expect((await astro.state()).teams).toHaveProperty(linked);
  });
});

describe("refused before anything is read", () => {
  test("the memory of another target; exit status 5", async () => {
    const { cwd } = await drifted("okta");
    const other = await startWatchedAstro({ fixture: okta });
    const words = ["diff", "company.yaml", ...memory, ...other.target];
    const { status, stderr } = await runCommand(words, { cwd });
    expect(stderr).toMatch(/^Error: The state file belongs to /m);
    expect(status).toBe(5);
    expect(other.requests).toEqual([]);
  });

  test("a file that is not there; exit status 64", async () => {
    const { cwd, astro } = await drifted("okta");
    const words = ["diff", "company.yaml", "--state", "none.json", ...astro.target];
    const { status, stderr } = await runCommand(words, { cwd });
    expect(stderr).toMatch(/^Error: The state file none\.json cannot be read: there is no such file\.$/m);
    expect(status).toBe(64);
    expect(astro.requests).toEqual([]);
  });

  test("a memory without a target; exit status 64", async () => {
    const { cwd } = await drifted("okta");
    const { status, stderr } = await runCommand(["diff", "company.yaml", ...memory], { cwd });
    expect(stderr).toMatch(/^Error: --state needs --url, --org or --profile\.$/m);
    expect(status).toBe(64);
  });
});
