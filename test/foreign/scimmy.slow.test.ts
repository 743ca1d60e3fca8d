// The commands against a SCIM server nobody here wrote. Where it departs from the RFC: scimmy-deviations.slow.test.ts.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { readFixture } from "../../src/fixture/read.ts";
import { startServer, type AstroServer } from "../../src/server/start.ts";
import { startCountingProxy, type CountingProxy } from "../support/counting-proxy.ts";
import { clear, plant } from "../support/foreign-state.ts";
import { readPlainState } from "../support/plain-state.ts";
import { runCommand, type CommandResult } from "../support/run-command.ts";
import { scimClient, type ScimClient } from "../support/scim-client.ts";
import { startScimmy, type Scimmy } from "../support/start-scimmy.ts";
import { tempFolder } from "../support/temp-folder.ts";

const file = "fixtures/okta-company.yaml";
const text = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
const company = readFixture(file, text, { shipped: true });

let scimmy: Scimmy;
let client: ScimClient;
let proxy: CountingProxy;

beforeAll(async () => {
  scimmy = await startScimmy();
  client = scimClient(scimmy);
  proxy = await startCountingProxy(scimmy.url);
});

afterAll(async () => {
  await proxy.close();
  await scimmy.close();
});

describe.each(["manual", "catalog"])("the company fixture over the %s integration", (integration) => {
  let astro: AstroServer;

  beforeAll(async () => {
    await clear(client);
    await plant(client, company.astro);
    const { organization, astro: seed } = company;
    astro = await startServer({ organizationId: organization, seed, token: scimmy.token });
  });

  afterAll(() => astro.close());

  function simulate(url: string, ...more: string[]): Promise<CommandResult> {
    return run(url, "simulate", "okta", file, "--integration", integration, "--json", ...more);
  }

  test("ends in the state in which the local Astro ends; with its memory, a second run sends no write", async () => {
    const state = join(await tempFolder(), "okta.json");
    const first = await simulate(proxy.url, "--state", state);
    expect(JSON.parse(first.stdout)).toMatchObject({ status: "ok", integration, openTasks: [] });
    expect(first.status).toBe(0);
    expect(await simulate(astro.url)).toMatchObject({ status: 0 });
    const held = await readPlainState(scimmy);
    expect(held).toEqual(await readPlainState(astro));
    expect(Object.keys(held.users).length).toBeGreaterThan(200);

    proxy.reset();
    expect(await simulate(proxy.url, "--state", state)).toMatchObject({ status: 0 });
    expect(proxy.passed).not.toEqual([]);
    expect(proxy.writes()).toEqual([]);
  });

  test("drift made by hand is seen, and ended by push-group, resync and delete", async () => {
    const before = await readPlainState(scimmy);
    const diff = () => run(scimmy.url, "diff", file, "--json");
    expect(await diff()).toMatchObject({ status: 0 });

    await drift();
    const seen = await diff();
    expect(seen.status).toBe(2);
    expect(changesIn(seen)).toEqual([
      "user-missing tomas.nunez@example.com",
      "user-inactive wei.zhang@example.com",
      "user-attribute-differs priya.lindgren@example.com",
      "user-left-over linus@example.com",
      "team-renamed on-call",
      "team-members-differ data-contracts",
      "team-members-differ data-platform",
      "team-members-differ data-science",
      "team-members-differ R&D + Ops #1",
    ]);

    const repair = (...argv: string[]) => run(scimmy.url, ...argv, "--from", file, "--yes", "--json");
    expect(outcomesOf(await repair("push-group", "data-platform", "on-call"))).toEqual([
      "rename-team pager duty: done",
      "add-members data-platform: done",
      "remove-members data-platform: done",
    ]);
    expect(outcomesOf(await repair("resync", "--all"))).toEqual([
      "create-user tomas.nunez@example.com: done",
      "activate-user wei.zhang@example.com: done",
      "update-user priya.lindgren@example.com: done",
      "add-members data-contracts: done",
      "add-members data-science: done",
      "add-members R&D + Ops #1: done",
      // The id of the account that was deleted: SCIMMY left it in the Teams.
      "remove-members data-contracts: done",
      "remove-members data-science: done",
      "remove-members R&D + Ops #1: done",
    ]);
    expect(changesIn(await diff())).toEqual(["user-left-over linus@example.com"]);
    expect(outcomesOf(await repair("delete", "--all", "--allow-empty", "left behind"))).toEqual([
      "delete-user linus@example.com: done",
    ]);
    expect(outcomesOf(await repair("delete", "--team", "left behind"))).toEqual([
      "delete-team left behind: done",
    ]);
    expect(await diff()).toMatchObject({ status: 0 });
    // The id of the one who was created again is made up by the fixture: a repair writes it to no server.
    const { users, teams } = before;
    const recreated = { ...users["tomas.nunez@example.com"], externalId: undefined };
    expect(await readPlainState(scimmy)).toEqual({
      users: { ...users, "tomas.nunez@example.com": recreated },
      teams,
    });
  });
});

test("a run that remembers nothing links to what is there: it makes nobody anew, and nothing differs", async () => {
  await clear(client);
  const folder = await tempFolder({ "start.yaml": text.slice(0, text.indexOf("timeline:")) });
  const simulate = () => run(proxy.url, "simulate", "okta", join(folder, "start.yaml"), "--json");
  expect(await simulate()).toMatchObject({ status: 0 });
  const held = await readPlainState(scimmy);

  proxy.reset();
  expect(await simulate()).toMatchObject({ status: 0 });
  expect(proxy.passed.filter((line) => line.includes("?filter="))).not.toEqual([]);
  expect(proxy.writes().filter((line) => /^(?:POST|DELETE) /.test(line))).toEqual([]);
  expect(await readPlainState(scimmy)).toEqual(held);
});

/** What people do to a server behind the provider's back. */
async function drift(): Promise<void> {
  const tomas = await idOf("Users", "userName", "tomas.nunez@example.com");
  const wei = await idOf("Users", "userName", "wei.zhang@example.com");
  const priya = await idOf("Users", "userName", "priya.lindgren@example.com");
  const daan = await idOf("Users", "userName", "daan.vanthof@example.com");
  await client.delete(`/Users/${tomas}`);
  await client.patch(`/Users/${wei}`, { op: "replace", path: "active", value: false });
  await client.patch(`/Users/${priya}`, { op: "replace", path: "displayName", value: "P. Lindgren" });
  const linus = await client.user("linus@example.com");
  const platform = await idOf("Groups", "displayName", "data-platform");
  await client.patch(
    `/Groups/${platform}`,
    { op: "add", path: "members", value: [{ value: linus }] },
    { op: "remove", path: `members[value eq "${daan}"]` },
  );
  const onCall = await idOf("Groups", "displayName", "on-call");
  await client.patch(`/Groups/${onCall}`, { op: "replace", path: "displayName", value: "pager duty" });
  await client.team("left behind", linus);
}

async function idOf(endpoint: string, attribute: string, value: string): Promise<string> {
  const filter = encodeURIComponent(`${attribute} eq "${value}"`);
  return (await client.get(`/${endpoint}?filter=${filter}`)).body.Resources[0].id as string;
}

function run(url: string, ...argv: string[]): Promise<CommandResult> {
  return runCommand([...argv, "--url", url], { env: { ASTRO_SCIM_TOKEN: scimmy.token } });
}

function changesIn({ stdout }: CommandResult): readonly string[] {
  const { changes } = JSON.parse(stdout) as { changes: { kind: string; subject: { name: string } }[] };
  return changes.map(({ kind, subject }) => `${kind} ${subject.name}`);
}

function outcomesOf({ status, stdout }: CommandResult): readonly string[] {
  const { operations } = JSON.parse(stdout) as {
    operations: { kind: string; subject: { name: string }; outcome: { status: string } | null }[];
  };
  const done = operations.map(
    ({ kind, subject, outcome }) => `${kind} ${subject.name}: ${outcome?.status ?? "not begun"}`,
  );
  return status === 0 ? done : [`exit status ${status}`, ...done];
}
