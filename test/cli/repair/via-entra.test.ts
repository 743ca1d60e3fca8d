/** Repairs through an emulated Entra ID from the command line: which way they go, and that the link holds when somebody leaves. */

import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readFixture } from "../../../src/fixture/read.ts";
import { systemWorld } from "../../../src/world/system-world.ts";
import { startEmulatedGraph } from "../../support/emulated-graph.ts";
import { fakeIo } from "../../support/fake-io.ts";
import { runCommand, type CommandResult } from "../../support/run-command.ts";
import { scimClient } from "../../support/scim-client.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const company = `idp: entra
users:
  - { mail: ada@example.com, displayName: Ada Lovelace }
  - { mail: grace@example.com, displayName: Grace Hopper }
groups:
  - { name: data, assign: true, members: [ada@example.com, grace@example.com] }
`;
const ada = "ada@example.com";

const reads = ["Application.Read.All", "User.Read.All", "GroupMember.Read.All", "ProvisioningLog.Read.All"];

async function start(client: "reader" | "writer") {
  const { start: directory, app } = readFixture("company.yaml", company);
  const clients = [
    { clientId: "reader", secret: "reader-secret", permissions: [...reads, "Synchronization.Read.All"] },
    { clientId: "writer", secret: "writer-secret", permissions: [...reads, "Synchronization.ReadWrite.All"] },
  ];
  const entra = await startEmulatedGraph({ directory, app, startsPaused: true, graph: { clients } });
  const cwd = await tempFolder({});
  const env = {
    AZURE_TENANT_ID: entra.tenantId,
    AZURE_CLIENT_ID: client,
    AZURE_CLIENT_SECRET: `${client}-secret`,
    ASTRO_SCIM_TOKEN: entra.astro.token,
    HOME: cwd,
  };
  const { clock, timers } = systemWorld();
  const source = ["--from", "entra", "--entra-cloud", entra.emulator.url, "--entra-app", "Astro"];
  const runOnAstro = async (...words: readonly string[]): Promise<CommandResult> =>
    runCommand([...words, "--url", entra.astro.url], { io: { ...fakeIo({ cwd, env }), clock, timers } });
  return {
    ...entra,
    cwd,
    runOnAstro,
    scim: scimClient(entra.astro),
    run: async (...words: readonly string[]): Promise<CommandResult> => runOnAstro(...words, ...source),
  };
}

test("resync provisions who is missing on demand, and the leaver is deactivated", async () => {
  const entra = await start("writer");
  const result = await entra.run("resync", "--all", "--yes");
  expect(result.stderr + result.stdout).toContain(`provision ${ada} on demand in Entra ID`);
  expect(result.status).toBe(0);
  expect(await entra.held()).toEqual({
    users: [ada, "grace@example.com"],
    teams: { data: [ada, "grace@example.com"] },
  });
  await entra.send("PATCH", `/v1.0/users/${ada}`, { body: { accountEnabled: false } });
  entra.company.resume();
  await entra.company.settled();
  expect((await entra.held()).users).toEqual(["grace@example.com"]);
});

test("without the permission it goes over SCIM and says why; --via entra is refused then", async () => {
  const entra = await start("reader");
  const refused = await entra.run("resync", "--all", "--yes", "--via", "entra");
  expect(refused.status).not.toBe(0);
  expect(refused.stderr).toContain("Synchronization.ReadWrite.All");
  expect(await entra.held()).toEqual({ users: [], teams: {} });
  const shown = await entra.run("resync", "--all", "--dry-run");
  expect(shown.stdout).toContain("Over SCIM and not through Entra ID: the app registration does not have");
  expect(entra.requests.filter((line) => !line.startsWith("GET "))).toEqual([]);
});

test("with --via scim the provider is not asked to write", async () => {
  const entra = await start("writer");
  const result = await entra.run("resync", ada, "--dry-run", "--via", "scim");
  expect(result.stdout).toContain(`create the account ${ada}`);
});

test("a saved plan goes through Entra ID, too, and needs it again", async () => {
  const entra = await start("writer");
  const saved = await entra.run("resync", "--all", "--save", "plan.json");
  expect(saved.status).toBe(0);
  const result = await entra.run("apply", "plan.json", "--yes");
  expect(result.status).toBe(0);
  expect(await entra.held()).toEqual({
    users: [ada, "grace@example.com"],
    teams: { data: [ada, "grace@example.com"] },
  });
  expect(entra.company.links().accounts).toHaveLength(2);
});

test("--restart-job is a mistake without Entra ID", async () => {
  const entra = await start("writer");
  const result = await entra.run("resync", "--all", "--via", "scim", "--restart-job", "--dry-run");
  expect(result.status).toBe(64);
  expect(result.stderr).toContain("--restart-job needs --from entra");
});

test("a run that was interrupted goes on in the cloud where it began", async () => {
  const entra = await start("writer");
  await entra.run("resync", ada, "--yes");
  const folder = join(entra.cwd, ".local/state/astro-scim/runs");
  const [file = ""] = await readdir(folder);
  const path = join(folder, file);
  const lines = (await readFile(path, "utf8")).split("\n");
  await writeFile(path, `${lines.slice(0, 2).join("\n")}\n`);
  const run = file.replace(/\.ndjson$/, "");
  expect(await entra.runOnAstro("apply", "--resume", run, "--yes")).toMatchObject({ status: 0 });
  expect((await entra.held()).users).toEqual([ada]);
});
