/** Repairs through Okta against plans that somebody has edited, an Okta that changes meanwhile, and one that says what is not so. */

import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { EmulatorFault } from "../../../src/emulators/http/faults.ts";
import { startOktaAndAstro, type OktaAndAstro } from "../../support/okta-and-astro.ts";

const company = `idp: okta
users:
  - { email: ada@example.com, firstName: Ada, lastName: Lovelace }
  - { email: grace@example.com, firstName: Grace, lastName: Hopper }
  - { email: linus@example.com, firstName: Linus, lastName: Torvalds }
groups:
  - { name: data, members: [ada@example.com, grace@example.com], push: true }
`;
const throughGroup = `idp: okta
users:
  - { email: ada@example.com, firstName: Ada, lastName: Lovelace, assigned: false }
  - { email: linus@example.com, firstName: Linus, lastName: Torvalds, assigned: true }
groups:
  - { name: everyone, members: [ada@example.com], assign: true }
  - { name: other, members: [ada@example.com] }
  - { name: data, members: [ada@example.com], push: true }
`;
const [ada, grace, linus] = ["ada@example.com", "grace@example.com", "linus@example.com"];

/** In one line. */
function said({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): string {
  return `${stdout} ${stderr}`.replaceAll(/\s+/g, " ");
}

async function without(userName: string, fixture = company): Promise<OktaAndAstro> {
  const okta = await startOktaAndAstro(fixture);
  await okta.client.delete(`/Users/${await okta.idOf(userName)}`);
  return okta;
}

/** What was done in Okta. */
const actions = ({ company: emulated }: OktaAndAstro): readonly string[] =>
  emulated.events().flatMap((event) => (event.kind === "action" ? [event.action.kind] : []));

/** The file of the only run, cut after its first intent. */
async function killedAfterIntent({ cwd }: OktaAndAstro): Promise<string> {
  const folder = join(cwd, ".local/state/astro-scim/runs");
  const [file = ""] = await readdir(folder);
  const path = join(folder, file);
  const all = (await readFile(path, "utf8")).split("\n");
  await writeFile(path, `${all.slice(0, 2).join("\n")}\n`);
  return file.replace(/\.ndjson$/, "");
}

async function setMembers({ client, teamId, idOf }: OktaAndAstro, names: readonly string[]): Promise<void> {
  const value = await Promise.all(names.map(async (name) => ({ value: await idOf(name) })));
  await client.patch(`/Groups/${await teamId("data")}`, { op: "replace", path: "members", value });
}

/** Whatever Okta answers of one user of the app, once it was assigned again, with that changed. */
function afterAssigning(changed: Readonly<Record<string, unknown>>): readonly EmulatorFault[] {
  let isAssigned = false;
  return [
    {
      method: "POST",
      path: "/api/v1/apps/*/users",
      from: 2,
      effect: {
        kind: "change",
        change: (answer) => {
          isAssigned = true;
          return answer;
        },
      },
    },
    { method: "GET", path: "/api/v1/apps/*/users/*", effect: changedTo(changed, () => isAssigned) },
  ];
}

function changedTo(
  changed: Readonly<Record<string, unknown>>,
  isDue: () => boolean = () => true,
): EmulatorFault["effect"] {
  return {
    kind: "change",
    change: (answer) =>
      isDue() && answer.status === 200 ? { ...answer, body: { ...Object(answer.body), ...changed } } : answer,
  };
}

describe("a saved plan", () => {
  test("takes nobody out of a group that only the file names", async () => {
    const okta = await without(ada, throughGroup);
    const words = ["--change-group", "everyone"];
    expect(await okta.run("resync", ada, ...words, "--save", "plan.json")).toMatchObject({ status: 0 });
    const id = async (name: string): Promise<string> =>
      (await okta.get(`/api/v1/groups?q=${name}`)).body[0].id;
    const file = join(okta.cwd, "plan.json");
    const [from, to] = [await id("everyone"), await id("other")];
    await writeFile(
      file,
      (await readFile(file, "utf8")).replaceAll(`"groupId": "${from}"`, `"groupId": "${to}"`),
    );
    const before = actions(okta);
    expect(await okta.run("apply", "plan.json", ...words, "--yes")).toMatchObject({ status: 5 });
    expect(actions(okta)).toEqual(before);
  });

  test("makes no account without a link over SCIM, unless that is allowed when it is applied", async () => {
    const okta = await without(linus);
    await okta.run("resync", linus, "--via", "scim", "--save", "plan.json");
    const refused = await okta.run("apply", "plan.json", "--yes");
    expect(said(refused)).toContain("--without-link allows it");
    expect(refused.status).toBe(5);
    expect((await okta.runOnAstro("apply", "plan.json", "--yes")).status).toBe(5);
    expect((await okta.held()).users).not.toContain(linus);
    await okta.run("apply", "plan.json", "--without-link", "--yes");
    expect((await okta.held()).users).toContain(linus);
  });
});

describe("a run that goes on", () => {
  test("does not push where somebody has joined since it was interrupted", async () => {
    const okta = await startOktaAndAstro(company);
    await setMembers(okta, [ada]);
    okta.okta.faults.set([
      {
        method: "PATCH",
        path: "/api/v1/apps/*/group-push/mappings/*",
        effect: { kind: "status", status: 400 },
      },
    ]);
    await okta.run("push-group", "data", "--yes");
    okta.okta.faults.clear();
    const run = await killedAfterIntent(okta);
    await setMembers(okta, [ada, linus]);
    await okta.runOnAstro("apply", "--resume", run, "--yes");
    expect((await okta.held()).teams["data"]).toContain(linus);
  });

  test("does not go through an app that provisions another server by now", async () => {
    const okta = await without(linus);
    await okta.run("resync", linus, "--yes");
    const run = await killedAfterIntent(okta);
    await okta.client.delete(`/Users/${await okta.idOf(linus)}`);
    okta.okta.faults.set([
      {
        path: "/api/v1/apps/*/connections/default",
        effect: changedTo({ baseUrl: "https://elsewhere.example.com/scim" }),
      },
    ]);
    const before = actions(okta);
    const result = await okta.runOnAstro("apply", "--resume", run, "--yes");
    expect(said(result)).toContain("which is not the target");
    expect(result.status).not.toBe(0);
    expect(actions(okta)).toEqual(before);
  });

  test("does not remove an assignment that has got a link since it was interrupted", async () => {
    const okta = await without(linus);
    const [{ created }] = (await okta.get(`${okta.app}/users?q=linus`)).body;
    await okta.run("resync", linus, "--yes");
    const run = await killedAfterIntent(okta);
    // Okta shows the time of the first assignment.
    okta.okta.faults.set([{ method: "GET", path: "/api/v1/apps/*/users/*", effect: changedTo({ created }) }]);
    const before = actions(okta);
    expect(await okta.runOnAstro("apply", "--resume", run, "--yes")).toMatchObject({ status: 0 });
    expect(actions(okta)).toEqual(before);
  });
});

test("Ctrl-C while Okta is waited for ends the wait, and the run goes on from there", async () => {
  const okta = await without(linus);
  const waiting = changedTo({ syncState: "SYNCING" }, () => {
    if (actions(okta).includes("assign-user")) okta.interrupt();
    return true;
  });
  okta.okta.faults.set([{ method: "GET", path: "/api/v1/apps/*/users/*", effect: waiting }]);
  const result = await okta.run("resync", linus, "--yes");
  expect(said(result)).toContain("interrupted: linus@example.com is being provisioned");
  expect(result.status).toBe(130);
  okta.okta.faults.clear();
  const [, run = ""] = /apply --resume (\S+)/.exec((await okta.run("resync", linus, "--yes")).stderr) ?? [];
  const before = actions(okta);
  expect(await okta.runOnAstro("apply", "--resume", run, "--yes")).toMatchObject({ status: 0 });
  expect(actions(okta)).toEqual(before);
});

describe("what is not known to be done", () => {
  test("a pause whose answer is lost, and which cannot be looked at, leaves the run unfinished", async () => {
    const okta = await startOktaAndAstro(company);
    await setMembers(okta, [ada]);
    const path = "/api/v1/apps/*/group-push/mappings/*";
    okta.okta.faults.set([
      { method: "PATCH", path, times: 1, effect: { kind: "cut", when: "before-answer" } },
      { method: "GET", path, effect: { kind: "status", status: 400 } },
    ]);
    const result = await okta.run("push-group", "data", "--yes");
    expect(result.status).toBe(1);
    okta.okta.faults.clear();
    const next = await okta.run("push-group", "data", "--yes");
    expect(next.status).toBe(5);
    const [, run = ""] = /apply --resume (\S+)/.exec(next.stderr) ?? [];
    expect(await okta.runOnAstro("apply", "--resume", run, "--yes")).toMatchObject({ status: 0 });
    expect((await okta.held()).teams["data"]).toEqual([ada, grace]);
    expect((await okta.get(`${okta.app}/group-push/mappings`)).body[0].status).toBe("ACTIVE");
  });

  test("a user whom Okta has linked to another account is not reported as repaired", async () => {
    const okta = await without(linus);
    const externalId = (await okta.idOf(grace)) ?? "";
    okta.okta.faults.set(afterAssigning({ externalId }));
    const result = await okta.run("resync", linus, "--yes");
    expect(said(result)).toContain("linked to another account or Team");
    expect(result.status).toBe(1);
  });
});

test("a user whose name in Okta has changed since is not assigned under the old one", async () => {
  const okta = await without(linus);
  const credentials = { userName: "torvalds@example.com" };
  okta.okta.faults.set([
    { method: "GET", path: "/api/v1/apps/*/users/*", effect: changedTo({ credentials }) },
  ]);
  const before = actions(okta);
  expect(await okta.run("resync", linus, "--yes")).toMatchObject({ status: 5 });
  expect(actions(okta)).toEqual(before);
});

test("of two users with one name only the one who is assigned is meant", async () => {
  const okta = await without(linus);
  const list = { method: "GET", path: "/api/v1/apps/*/users" } as const;
  okta.okta.faults.set([
    {
      ...list,
      // After the directory was read.
      from: 2,
      effect: {
        kind: "change",
        change: (answer) => {
          const all = Array.isArray(answer.body) ? answer.body : [];
          const former = all.find((one) => JSON.stringify(one).includes(linus));
          return {
            ...answer,
            body: [...all, { ...Object(former), id: "00uFormer", status: "DEPROVISIONED", externalId: null }],
          };
        },
      },
    },
  ]);
  const result = await okta.run("resync", linus, "--dry-run", "--json");
  expect(result.stdout).not.toContain("00uFormer");
});

test("a Team that a push would empty needs leave, where those who were to come do not", async () => {
  const okta = await without(ada, throughGroup);
  await setMembers(okta, [linus]);
  const result = await okta.run("resync", "--all", "--yes");
  expect(said(result)).toContain("--allow-empty");
  expect(result.status).toBe(5);
  expect((await okta.held()).teams["data"]).toEqual([linus]);
});
