/** Plans through Okta that are saved, interrupted between two halves, resumed and undone. */

import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { EmulatorFault } from "../../../src/emulators/http/faults.ts";
import { startOktaAndAstro, type OktaAndAstro } from "../../support/okta-and-astro.ts";

const company = `idp: okta
users:
  - { email: ada@example.com, firstName: Ada, lastName: Lovelace }
  - { email: grace@example.com, firstName: Grace, lastName: Hopper }
groups:
  - { name: data, members: [ada@example.com, grace@example.com], push: true }
`;
const [ada, grace] = ["ada@example.com", "grace@example.com"];
const provisioned = { users: [ada, grace], teams: { data: [ada, grace] } };

async function withoutAda(): Promise<OktaAndAstro> {
  const okta = await startOktaAndAstro(company);
  await okta.client.delete(`/Users/${await okta.idOf(ada)}`);
  return okta;
}

/** The run's file, as a process leaves it that was killed after so many lines. */
async function killedAfter({ cwd }: OktaAndAstro, lines: number): Promise<string> {
  const folder = join(cwd, ".local/state/astro-scim/runs");
  const [file = ""] = await readdir(folder);
  const path = join(folder, file);
  const all = (await readFile(path, "utf8")).split("\n");
  await writeFile(path, `${all.slice(0, lines).join("\n")}\n`);
  return file.replace(/\.ndjson$/, "");
}

describe("a plan through Okta", () => {
  test("is saved and applied, and needs Okta to be named", async () => {
    const okta = await withoutAda();
    expect(await okta.run("resync", "--all", "--save", "plan.json")).toMatchObject({ status: 0 });
    expect(await okta.runOnAstro("apply", "plan.json", "--yes")).toMatchObject({ status: 64 });
    expect(await okta.run("apply", "plan.json", "--yes")).toMatchObject({ status: 0 });
    expect(await okta.held()).toEqual(provisioned);
  });

  test("is not applied where its people have been repaired meanwhile", async () => {
    const okta = await withoutAda();
    await okta.run("resync", "--all", "--save", "plan.json");
    await okta.run("resync", "--all", "--yes");
    const before = okta.requests.length;
    expect(await okta.run("apply", "plan.json", "--yes")).toMatchObject({ status: 5 });
    expect(okta.requests.slice(before).filter((line) => !line.startsWith("GET"))).toEqual([]);
  });
});

describe("a process that was killed", () => {
  test("after the removal: the user is assigned again, and not removed twice", async () => {
    const okta = await withoutAda();
    await okta.run("resync", "--all", "--yes");
    // The first line, and the intent of the first operation.
    const run = await killedAfter(okta, 2);
    const user = [...okta.company.directory().users.values()].find(({ key }) => key === ada);
    await okta.send("DELETE", `${okta.app}/users/${user?.objectId}?sendEmail=false`);
    await okta.company.settled();
    expect((await okta.held()).users).toEqual([grace]);
    expect(await okta.run("resync", "--all", "--yes")).toMatchObject({ status: 5 });
    const actions = okta.company.events().length;
    const result = await okta.runOnAstro("apply", "--resume", run, "--yes");
    expect(result).toMatchObject({ status: 0 });
    expect(await okta.held()).toEqual(provisioned);
    const since = okta.company.events().slice(actions);
    const kinds = since.flatMap((event) => (event.kind === "action" ? [event.action.kind] : []));
    expect(kinds).toContain("assign-user");
    expect(kinds).not.toContain("unassign-user");
  });

  test("before the outcome: what is done is not done again", async () => {
    const okta = await withoutAda();
    await okta.run("resync", "--all", "--yes");
    const run = await killedAfter(okta, 2);
    const actions = okta.company.events().length;
    expect(await okta.runOnAstro("apply", "--resume", run, "--yes")).toMatchObject({ status: 0 });
    const since = okta.company.events().slice(actions);
    const kinds = since.flatMap((event) => (event.kind === "action" ? [event.action.kind] : []));
    expect(kinds.filter((kind) => /assign/.test(kind))).toEqual([]);
    expect(await okta.held()).toEqual(provisioned);
  });

  test("between pausing and resuming a push: the push goes on", async () => {
    const okta = await startOktaAndAstro(company);
    const team = await okta.teamId("data");
    await okta.client.patch(`/Groups/${team}`, { op: "replace", path: "members", value: [] });
    await okta.run("push-group", "data", "--yes");
    const run = await killedAfter(okta, 2);
    await okta.client.patch(`/Groups/${team}`, { op: "replace", path: "members", value: [] });
    const [mapping] = (await okta.get(`${okta.app}/group-push/mappings`)).body;
    await okta.send("PATCH", `${okta.app}/group-push/mappings/${mapping.id}`, {
      body: { status: "INACTIVE" },
    });
    await okta.company.settled();
    expect(await okta.runOnAstro("apply", "--resume", run, "--yes")).toMatchObject({ status: 0 });
    expect(await okta.held()).toEqual(provisioned);
    const [now] = (await okta.get(`${okta.app}/group-push/mappings`)).body;
    expect(now.status).toBe("ACTIVE");
  });
});

describe("answers that do not come", () => {
  // The first request to each path proves the rights.
  const cut = { kind: "cut", when: "before-answer" } as const;
  const lost: readonly (readonly [string, EmulatorFault])[] = [
    ["of the removal", { method: "DELETE", path: "/api/v1/apps/*/users/*", times: 1, effect: cut }],
    ["of the assignment", { method: "POST", path: "/api/v1/apps/*/users", from: 2, times: 1, effect: cut }],
    [
      "of the pause",
      { method: "PATCH", path: "/api/v1/apps/*/group-push/mappings/*", times: 1, effect: cut },
    ],
    [
      "of the push",
      { method: "PATCH", path: "/api/v1/apps/*/group-push/mappings/*", from: 2, times: 1, effect: cut },
    ],
  ];
  test.each(lost)("%s: what was carried out is found, and nothing is sent twice", async (_, fault) => {
    const okta = await withoutAda();
    okta.okta.faults.set([fault]);
    expect(await okta.run("resync", "--all", "--yes")).toMatchObject({ status: 0 });
    expect(await okta.held()).toEqual(provisioned);
  });

  test("nobody is left between the halves: the run stays unfinished until it is resumed", async () => {
    const okta = await withoutAda();
    const effect = { kind: "status", status: 400 } as const;
    okta.okta.faults.set([{ method: "POST", path: "/api/v1/apps/*/users", from: 2, times: 1, effect }]);
    const result = await okta.run("resync", "--all", "--yes");
    expect(result.stdout + result.stderr).toContain("it is not assigned in Okta now");
    expect(result.status).toBe(1);
    const next = await okta.run("resync", "--all", "--yes");
    expect(next.status).toBe(5);
    const [, run = ""] = /apply --resume (\S+)/.exec(next.stderr) ?? [];
    expect(await okta.runOnAstro("apply", "--resume", run, "--yes")).toMatchObject({ status: 0 });
    expect(await okta.held()).toEqual(provisioned);
  });
});

test("undo lists what went through Okta, and changes nothing", async () => {
  const okta = await withoutAda();
  await okta.run("resync", "--all", "--yes");
  const [file = ""] = await readdir(join(okta.cwd, ".local/state/astro-scim/runs"));
  const result = await okta.runOnAstro("undo", file.replace(/\.ndjson$/, ""), "--yes");
  const text = result.stdout.replaceAll(/\s+/g, " ");
  expect(text).toContain("stays assigned in Okta, and keeps the account that this created");
  expect(text).toContain("got 1 member through Okta, which would send the same again");
  expect(await okta.held()).toEqual(provisioned);
});

test("undo does not advise to remove the assignment of an account that was there before", async () => {
  const okta = await withoutAda();
  await okta.client.user(ada, { active: true });
  // A plan of a broken link is a file like every other.
  expect(await okta.run("resync", ada, "--save", "plan.json")).toMatchObject({ status: 0 });
  expect(await okta.run("apply", "plan.json", "--yes")).toMatchObject({ status: 0 });
  const [file = ""] = await readdir(join(okta.cwd, ".local/state/astro-scim/runs"));
  const result = await okta.runOnAstro("undo", file.replace(/\.ndjson$/, ""), "--dry-run");
  const text = result.stdout.replaceAll(/\s+/g, " ");
  expect(text).toContain("removing the assignment would deactivate it");
  expect(text).not.toContain("remove the assignment there");
});
