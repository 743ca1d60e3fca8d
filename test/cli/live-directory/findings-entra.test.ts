/** What an emulated Entra ID says of its own provisioning, after real things went wrong between it and a local Astro. */

import { describe, expect, test } from "vitest";
import { readFixture } from "../../../src/fixture/read.ts";
import { startEmulatedGraph, type EmulatedGraph } from "../../support/emulated-graph.ts";
import { foundBy } from "../../support/found-by-diff.ts";
import { runCommand, type CommandResult } from "../../support/run-command.ts";
import { scimClient } from "../../support/scim-client.ts";

const people = `
  - { mail: ada@example.com, displayName: Ada Lovelace }
  - { mail: grace@example.com, displayName: Grace Hopper }`;

function company(users: string, group: string): string {
  return `idp: entra\nusers:${people}${users}\ngroups:\n  - ${group}\n  - { name: interns, members: [grace@example.com] }\n`;
}

const simple = company("", "{ name: data, assign: true, members: [ada@example.com, grace@example.com] }");

interface Place {
  readonly entra: EmulatedGraph;
  readonly run: (...words: readonly string[]) => Promise<CommandResult>;
  /** `kind subject`, of differences and of findings, with the difference in whose row one is shown. */
  readonly found: () => Promise<readonly string[]>;
}

async function provisioned(text: string): Promise<Place> {
  const { start: directory, app } = readFixture("company.yaml", text);
  const permissions = [
    "Application.Read.All",
    "User.Read.All",
    "GroupMember.Read.All",
    "Synchronization.Read.All",
    "ProvisioningLog.Read.All",
  ];
  const clients = [{ clientId: "reader", secret: "reader-secret", permissions }];
  const entra = await startEmulatedGraph({ directory, app, graph: { clients } });
  const env = {
    AZURE_TENANT_ID: entra.tenantId,
    AZURE_CLIENT_ID: "reader",
    AZURE_CLIENT_SECRET: "reader-secret",
    ASTRO_SCIM_TOKEN: entra.astro.token,
  };
  const source = ["--from", "entra", "--entra-cloud", entra.emulator.url, "--entra-app", "Astro"];
  const run: Place["run"] = (...words) =>
    runCommand([...words, ...source, "--url", entra.astro.url], { env });
  return {
    entra,
    run,
    found: async () => foundBy(await run("diff", "--json")),
  };
}

describe("diff --from entra", () => {
  test("finds nothing where nothing went wrong, and says which settings it assumes", async () => {
    const { found, run } = await provisioned(simple);
    expect(await found()).toEqual([]);
    const { status, stdout } = await run("diff");
    expect(status).toBe(0);
    expect(stdout).toContain("Assumed: Entra ID does not show these settings\n  ? Settings > Scope  ");
  });

  test("finds a user without mail once, a guest, and the user whom nesting loses", async () => {
    const { found, run } = await provisioned(
      company(
        `
  - { mail: gus@partner.example, displayName: Gus Guest, userType: Guest }
  - { userPrincipalName: svc-etl@corp.example.com, displayName: ETL service account }`,
        "{ name: data, assign: true, nested: [interns], members: [ada@example.com, gus@partner.example, svc-etl@corp.example.com] }",
      ),
    );
    expect(await found()).toEqual([
      "user-without-mail svc-etl@corp.example.com",
      "user-only-nested grace@example.com",
      "user-is-guest gus@partner.example",
    ]);
    const { status, stdout } = await run("diff");
    expect(status).toBe(2);
    expect(stdout).toContain("  · grace@example.com  in interns, within data; no account in Astro\n");
    expect(stdout.match(/svc-etl@corp\.example\.com/g)).toHaveLength(1);
    expect(stdout).toContain(
      "1 problem in Entra ID (1 about users); apart from that, Astro matches the directory: 2 active users and 1 Team",
    );
  });

  test("finds a job that is paused, ahead of what is not sent because of that", async () => {
    const { entra, found, run } = await provisioned(simple);
    entra.company.pause();
    entra.company.act({ kind: "remove-member", user: "grace@example.com", group: "data" });
    await entra.company.settled();
    expect(await found()).toEqual([
      "user-left-over grace@example.com",
      "team-members-differ data",
      "job-not-running the app",
    ]);
    const { stdout } = await run("diff");
    expect(stdout).toMatch(/^Provisioning in Entra ID\n {2}! Not running {2}Paused since .* UTC\n\nUsers\n/);
    expect(stdout).toContain("not running                 Provisioning > Start provisioning in Entra ID\n");
    expect(stdout).toMatch(/^Next: astro-scim diff /m);
    const plan = await run("push-group", "--all", "--dry-run");
    expect(plan.stdout).toContain(
      "Note: Provisioning in Entra ID does not run (Paused): until it runs again,",
    );
  });

  test("finds an account in the directory of nobody", async () => {
    const { entra, found } = await provisioned(simple);
    await scimClient(entra.astro).user("former@example.com", { externalId: "former" });
    expect(await found()).toEqual(["user-left-over former@example.com"]);
  });

  test("finds a change in escrow, in the row of what differs", async () => {
    const { entra, found, run } = await provisioned(simple);
    entra.astro.faults.set([{ method: "PATCH", path: "/Users", status: 500 }]);
    entra.company.act({ kind: "update-user", user: "ada@example.com", profile: { displayName: "Ada King" } });
    entra.company.runCycle();
    await entra.company.settled();
    entra.astro.faults.clear();
    expect(await found()).toEqual([
      "user-attribute-differs ada@example.com",
      "user-in-escrow ada@example.com with user-attribute-differs",
    ]);
    const { stdout } = await run("diff");
    expect(stdout).toMatch(/^ {6}Entra ID {2}user in escrow: \w+ since .* UTC: .+$/m);
  });
});
