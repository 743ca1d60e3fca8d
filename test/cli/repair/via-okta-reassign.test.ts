/** An assignment that Okta has linked to an account, removed and made again: what comes back, and what refuses it. */

import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { iamClient, type IamClient } from "../../support/iam-client.ts";
import { systemWorld } from "../../../src/world/system-world.ts";
import { oktaToken } from "../../support/emulated-okta.ts";
import { runCommand } from "../../support/run-command.ts";
import { terminal } from "../../support/terminal.ts";
import { startOktaAndAstro, type OktaAndAstro } from "../../support/okta-and-astro.ts";

const company = `idp: okta
users:
  - { email: ada@example.com, firstName: Ada, lastName: Lovelace }
  - { email: grace@example.com, firstName: Grace, lastName: Hopper }
groups:
  - { name: data, members: [ada@example.com, grace@example.com], push: true }
`;
const throughGroup = `idp: okta
users:
  - { email: ada@example.com, firstName: Ada, lastName: Lovelace, assigned: false }
  - { email: grace@example.com, firstName: Grace, lastName: Hopper, assigned: false }
groups:
  - { name: everyone, members: [ada@example.com, grace@example.com], assign: true }
`;
const [ada, grace] = ["ada@example.com", "grace@example.com"];
const workspace = "clm8t5u4q000008jq4qoc3036";
const granted = {
  organizationRole: "ORGANIZATION_MEMBER",
  workspaceRoles: [{ workspaceId: workspace, role: "WORKSPACE_AUTHOR" }],
};

const schemas = ["urn:ietf:params:scim:schemas:core:2.0:Group"];

interface Stuck extends OktaAndAstro {
  readonly iam: IamClient;
  readonly scimId: string;
  readonly objectId: string;
  /** Roles that Ada has herself, and her Teams in Astro. */
  readonly access: () => Promise<unknown>;
}

/** Ada has roles, a pushed Team and one that Astro manages, and her provisioning has failed. */
async function stuck(roles: object = granted, fixture = company): Promise<Stuck> {
  const okta = await startOktaAndAstro(fixture);
  const iam = iamClient(okta.astro);
  const scimId = (await okta.idOf(ada)) ?? "";
  await iam.post(`/users/${scimId}/roles`, roles);
  await okta.client.post("/Groups", { schemas, displayName: "weekend", members: [{ value: scimId }] });
  const objectId = idAtOkta(okta, ada);
  await fail(okta, "King");
  const access = async (): Promise<unknown> => {
    const { body } = await iam.get(`/users/${scimId}`);
    const { teams } = await okta.held();
    return {
      organizationRole: body?.organizationRole,
      workspaceRoles: body?.workspaceRoles?.map(({ workspaceId, role }: Record<string, string>) => [
        workspaceId,
        role,
      ]),
      teams: Object.keys(teams).filter((name) => teams[name]?.includes(ada)),
    };
  };
  return { ...okta, iam, scimId, objectId, access };
}

/** A change of Ada's last name that Astro refuses. */
async function fail(okta: OktaAndAstro, lastName: string): Promise<void> {
  okta.astro.faults.set([
    { method: "PUT", path: "/Users", status: 400 },
    { method: "PATCH", path: "/Users", status: 400 },
  ]);
  await okta.send("POST", `/api/v1/users/${idAtOkta(okta, ada)}`, { body: { profile: { lastName } } });
  await okta.company.settled();
  okta.astro.faults.clear();
}

async function syncState(okta: OktaAndAstro): Promise<string> {
  return (await okta.get(`${okta.app}/users/${idAtOkta(okta, ada)}`)).body.syncState;
}

function runsFolder({ cwd }: OktaAndAstro): string {
  return join(cwd, ".local/state/astro-scim/runs");
}

const whole = {
  organizationRole: "ORGANIZATION_MEMBER",
  workspaceRoles: [[workspace, "WORKSPACE_AUTHOR"]],
  teams: ["data", "weekend"],
};

function idAtOkta({ company: emulated }: OktaAndAstro, userName: string): string {
  return [...emulated.directory().users.values()].find(({ key }) => key === userName)?.objectId ?? "";
}

/** In one line. */
function said({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): string {
  return `${stdout} ${stderr}`.replaceAll(/\s+/g, " ");
}

function removals(okta: OktaAndAstro): number {
  return okta.company
    .events()
    .filter((event) => event.kind === "action" && event.action.kind === "unassign-user").length;
}

async function isActiveAfterLeaving(okta: OktaAndAstro, userName: string): Promise<boolean> {
  await okta.send("POST", `/api/v1/users/${idAtOkta(okta, userName)}/lifecycle/deactivate`);
  await okta.company.settled();
  return (await okta.held()).users.includes(userName);
}

describe("a user whose provisioning has failed", () => {
  test("gets the roles and Teams back, and is deactivated on leaving", async () => {
    const okta = await stuck();
    expect(await okta.access()).toEqual(whole);
    const plain = await okta.run("resync", ada, "--dry-run");
    expect(said(plain)).toContain(`or use resync --reassign ${ada}`);
    const result = await okta.run("resync", "--reassign", ada, "--yes");
    expect(said(result)).toContain(
      `it loses WORKSPACE_AUTHOR of Workspace ${workspace} and 2 Teams, which are given back`,
    );
    expect(result.status).toBe(0);
    expect(await okta.access()).toEqual(whole);
    expect(await syncState(okta)).toBe("SYNCHRONIZED");
    expect(removals(okta)).toBe(1);
    expect((await okta.run("diff")).stdout).not.toContain(ada);

    const [run = ""] = await readdir(runsFolder(okta));
    const undone = await okta.runOnAstro("undo", run.replace(/\.ndjson$/, ""), "--yes");
    expect(said(undone)).toContain("stays assigned in Okta");
    expect(await okta.access()).toEqual(whole);

    expect(await isActiveAfterLeaving(okta, ada)).toBe(false);
  });
});

describe("killed at any boundary, and resumed", () => {
  const nothing = async (): Promise<void> => {};
  test("it ends as an uninterrupted run, and nothing is done twice", async () => {
    const okta = await stuck();
    await okta.run("resync", "--reassign", ada, "--yes");
    const [file = ""] = await readdir(runsFolder(okta));
    const path = join(runsFolder(okta), file);
    const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
    const at = (phase: string, kind: string): number =>
      1 + lines.findIndex((line) => line.includes(`"${phase}"`) && line.includes(`"${kind} `));
    const intent = (kind: string): number => at("intent", kind);
    const outcome = (kind: string): number => at("outcome", kind);
    const unassign = async (): Promise<void> => {
      await okta.send("DELETE", `${okta.app}/users/${okta.objectId}?sendEmail=false`);
      await okta.company.settled();
    };
    const assignAgain = async (): Promise<void> => {
      await unassign();
      await okta.send("POST", `${okta.app}/users`, { body: { id: okta.objectId, scope: "USER" } });
      await okta.company.settled();
    };
    const join2 = async (): Promise<void> => {
      await assignAgain();
      const value = [{ value: okta.scimId }];
      await okta.client.patch(`/Groups/${await okta.teamId("weekend")}`, {
        op: "add",
        path: "members",
        value,
      });
    };
    const withRoles = async (): Promise<void> => {
      await join2();
      await okta.iam.post(`/users/${okta.scimId}/roles`, granted);
    };
    const paused = async (): Promise<void> => {
      await withRoles();
      const [mapping] = (await okta.get(`${okta.app}/group-push/mappings`)).body;
      const body = { status: "INACTIVE" };
      await okta.send("PATCH", `${okta.app}/group-push/mappings/${mapping.id}`, { body });
      await okta.company.settled();
    };
    const boundaries: readonly (readonly [
      where: string,
      kept: number,
      world: () => Promise<void>,
      removed: number,
    ])[] = [
      ["before the removal", intent("renew-assignment"), async () => fail(okta, "Queen"), 1],
      ["after the removal", intent("renew-assignment"), unassign, 0],
      ["after the assignment", intent("renew-assignment"), assignAgain, 0],
      ["after its outcome", outcome("renew-assignment"), assignAgain, 0],
      ["before the Team over SCIM", intent("add-members"), assignAgain, 0],
      ["after the Team over SCIM", intent("add-members"), join2, 0],
      ["after its outcome", outcome("add-members"), join2, 0],
      ["before the roles", intent("restore-user-roles"), join2, 0],
      ["after the roles", intent("restore-user-roles"), withRoles, 0],
      ["after their outcome", outcome("restore-user-roles"), withRoles, 0],
      ["before the push", intent("push-group"), withRoles, 0],
      ["between its halves", intent("push-group"), paused, 0],
      ["after the push", intent("push-group"), nothing, 0],
    ];
    for (const [where, kept, world, removed] of boundaries) {
      expect({ where, isKnown: kept > 1 }).toEqual({ where, isKnown: true });
      await world();
      for (const one of await readdir(runsFolder(okta))) await rm(join(runsFolder(okta), one));
      await writeFile(path, `${lines.slice(0, kept).join("\n")}\n`);
      const before = removals(okta);
      const result = await okta.runOnAstro("apply", "--resume", file.replace(/\.ndjson$/, ""), "--yes");
      expect({ where, status: result.status, said: said(result) }).toMatchObject({ where, status: 0 });
      expect({ where, access: await okta.access() }).toEqual({ where, access: whole });
      expect({ where, state: await syncState(okta) }).toEqual({ where, state: "SYNCHRONIZED" });
      expect({ where, removed: removals(okta) - before }).toEqual({ where, removed });
    }
  });

  test("where Okta fails again the run stays unfinished, and --resume goes on", async () => {
    const okta = await stuck();
    okta.astro.faults.set([
      { method: "PUT", path: "/Users", status: 400, every: 2 },
      { method: "PATCH", path: "/Users", status: 400, every: 2 },
    ]);
    const result = await okta.run("resync", "--reassign", ada, "--yes");
    expect(said(result)).toContain("its roles and Teams are not given back yet");
    expect(result.status).toBe(1);
    okta.astro.faults.clear();
    const next = await okta.run("resync", "--all", "--yes");
    expect(next.status).toBe(5);
    const [, run = ""] = /apply --resume (\S+)/.exec(next.stderr) ?? [];
    expect(await okta.runOnAstro("apply", "--resume", run, "--yes")).toMatchObject({ status: 0 });
    expect(await okta.access()).toEqual(whole);
  });
});

test("a link to another account: that one is deactivated, and Okta links the user's own", async () => {
  const okta = await startOktaAndAstro(company);
  const old = await okta.idOf(ada);
  await okta.client.patch(`/Users/${old}`, { op: "replace", value: { userName: "old@example.com" } });
  await okta.client.user(ada, { active: true });
  const plain = await okta.run("resync", ada, "--yes");
  expect(said(plain)).toContain(`use resync --reassign ${ada}`);
  expect(plain.status).toBe(1);
  const result = await okta.run("resync", "--reassign", ada, "--yes");
  expect(said(result)).toContain("the account old@example.com is deactivated");
  expect(result.status).toBe(0);
  expect((await okta.held()).users).toEqual([ada, grace]);
  const { body } = await okta.get(`${okta.app}/users/${idAtOkta(okta, ada)}`);
  expect(body.externalId).toBe(await okta.idOf(ada));
  expect((await okta.held()).teams).toEqual({ data: [ada, grace] });
  expect(await isActiveAfterLeaving(okta, ada)).toBe(false);
});

test("a user whom a group assigns is taken out of it and added again, with --change-group alone", async () => {
  const okta = await stuck(granted, throughGroup);
  const refused = await okta.run("resync", "--reassign", ada, "--yes");
  expect(said(refused)).toContain('add --change-group "everyone"');
  expect(refused.status).toBe(1);
  const result = await okta.run("resync", "--reassign", ada, "--change-group", "everyone", "--yes");
  expect(said(result)).toContain(`take ${ada} out of the group everyone in Okta and add again`);
  expect(result.status).toBe(0);
  expect(await okta.access()).toEqual({ ...whole, teams: ["weekend"] });
  expect(await syncState(okta)).toBe("SYNCHRONIZED");
});

test("a user to whose account Okta never made a link: nothing is lost", async () => {
  const okta = await startOktaAndAstro(company);
  const objectId = idAtOkta(okta, ada);
  await okta.send("DELETE", `${okta.app}/users/${objectId}?sendEmail=false`);
  await okta.company.settled();
  okta.astro.faults.set([{ method: "PUT", path: "/Users", status: 400 }]);
  await okta.send("POST", `${okta.app}/users`, { body: { id: objectId, scope: "USER" } });
  await okta.company.settled();
  okta.astro.faults.clear();
  expect(await syncState(okta)).toBe("ERROR");
  const result = await okta.run("resync", "--reassign", ada, "--yes");
  expect(result.stdout).not.toContain("its membership of the organization ends");
  expect(result.status).toBe(0);
  expect(await okta.held()).toEqual({ users: [ada, grace], teams: { data: [ada, grace] } });
  expect(await syncState(okta)).toBe("SYNCHRONIZED");
  expect(await isActiveAfterLeaving(okta, ada)).toBe(false);
});

test("what refuses it: nothing is removed", async () => {
  const okta = await stuck();
  const profile = `profiles: { astro: { url: "${okta.astro.url}", protect: [${ada}] } }\n`;
  await writeFile(join(okta.cwd, "astro-scim.yaml"), profile);
  const reassign = ["resync", "--reassign", ada] as const;
  const guarded = ["--profile", "astro", "--trust-config", "--yes"] as const;
  const team = await okta.teamId("weekend");
  const asOwner = { ...granted, organizationRole: "ORGANIZATION_OWNER" };
  const cases: [status: number, text: string, run: () => ReturnType<OktaAndAstro["run"]>][] = [
    [1, "shows no error", () => okta.run("resync", "--reassign", grace, "--yes")],
    [
      1,
      "is not among the users of the app",
      () => okta.run("resync", "--reassign", "no@example.com", "--yes"),
    ],
    [5, "is protected", () => okta.runWith(...reassign, ...guarded)],
    [5, "--roles-unknown allows it", () => okta.run(...reassign, "--api", "scim", "--yes")],
    [5, "the limit is 0", () => okta.run(...reassign, "--max-deletions", "0", "--yes")],
    [64, "--all and names", () => okta.run(...reassign, "--all", "--yes")],
    [64, "cannot be saved", () => okta.run(...reassign, "--save", "plan.json")],
    [64, "--reassign needs --from okta", () => okta.run(...reassign, "--via", "scim", "--yes")],
    [
      5,
      "is an Organization Owner",
      async () => {
        await okta.iam.post(`/teams/${team}/roles`, { organizationRole: "ORGANIZATION_OWNER" });
        return okta.run(...reassign, "--yes");
      },
    ],
    [
      5,
      "is an Organization Owner",
      async () => {
        await okta.iam.post(`/teams/${team}/roles`, { organizationRole: "ORGANIZATION_MEMBER" });
        await okta.iam.post(`/users/${okta.scimId}/roles`, asOwner);
        return okta.run(...reassign, "--yes");
      },
    ],
  ];
  const seen = [];
  cases.unshift(
    [1, 'with 1 removed assignment? Type "reassign 1" to confirm:', () => typing(okta, [...reassign], "y\r")],
    [5, "is not removed and assigned again from a file", () => fromFile(okta)],
  );
  for (const [status, text, run] of cases) {
    const result = await run();
    seen.push({
      text,
      isSaid: said(result).includes(text),
      status: result.status,
      expected: status,
      said: said(result),
    });
  }
  expect(seen.filter((one) => !one.isSaid || one.status !== one.expected)).toEqual([]);
  expect(removals(okta)).toBe(0);

  // Astro keeps its last owner.
  await okta.iam.post(`/users/${await okta.idOf(grace)}/roles`, asOwner);
  await okta.iam.post(`/users/${okta.scimId}/roles`, granted);
  const blind = await okta.run(...reassign, "--api", "scim", "--roles-unknown", "--yes");
  expect(said(blind)).toContain("it loses roles that are not known and 2 Teams");
  expect(blind.status).toBe(0);
  expect(await okta.access()).toEqual({ ...whole, workspaceRoles: undefined });
});

/** At a terminal. */
async function typing(
  { okta, app, astro, cwd }: Stuck,
  words: readonly string[],
  keys: string,
  meanwhile = async () => {},
) {
  const { clock, timers } = systemWorld();
  const env = { OKTA_CLIENT_TOKEN: oktaToken, ASTRO_SCIM_TOKEN: astro.token, HOME: cwd };
  const io = {
    ...terminal({ question: "Type", keys, meanwhile }, { cwd, env, columns: 400 }),
    clock,
    timers,
  };
  const source = ["--from", "okta", "--okta-url", okta.url, "--okta-app", app.split("/").at(-1) ?? ""];
  return runCommand([...words, ...source, "--url", astro.url], { io });
}

/** A plan that somebody has written an operation into. */
async function fromFile(okta: Stuck) {
  await okta.run("resync", ada, "--save", "forged.json");
  const path = join(okta.cwd, "forged.json");
  const file = JSON.parse(await readFile(path, "utf8"));
  const { subject } = file.plan.operations[0];
  file.plan.operations.unshift({
    id: `renew-assignment ${ada}`,
    kind: "renew-assignment",
    through: "okta",
    why: "it is asked for",
    subject,
    dependsOn: [],
    summary: "nothing much",
    userName: ada,
    objectId: okta.objectId,
    linkedId: okta.scimId,
    linkedName: ada,
    linkedFingerprint: subject.fingerprint,
    teamIds: [],
    rolesKnown: true,
    profileLost: [],
  });
  file.plan.provider = { provider: "okta", at: okta.okta.url, appId: okta.app.split("/").at(-1) };
  await writeFile(path, JSON.stringify(file));
  return okta.run("apply", "forged.json", "--yes");
}

test("roles that came after the plan stop it", async () => {
  const okta = await stuck();
  const meanwhile = async (): Promise<void> => {
    const more = [...granted.workspaceRoles, { workspaceId: `${workspace}x`, role: "WORKSPACE_MEMBER" }];
    await okta.iam.post(`/users/${okta.scimId}/roles`, { ...granted, workspaceRoles: more });
  };
  const result = await typing(okta, ["resync", "--reassign", ada], "reassign 1\r", meanwhile);
  expect(said(result)).toContain("its roles have changed since the plan was made");
  expect(result.status).toBe(1);
  expect(removals(okta)).toBe(0);
});
