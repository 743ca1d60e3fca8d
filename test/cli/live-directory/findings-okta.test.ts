/** What an emulated Okta says of its own provisioning, after real things went wrong between it and a local Astro. */

import { describe, expect, test } from "vitest";
import { readFixture } from "../../../src/fixture/read.ts";
import { oktaToken, startEmulatedOkta, type EmulatedOkta } from "../../support/emulated-okta.ts";
import { foundBy } from "../../support/found-by-diff.ts";
import { runCommand, type CommandResult } from "../../support/run-command.ts";
import { scimClient, type ScimClient } from "../../support/scim-client.ts";

const company = readFixture(
  "company.yaml",
  `idp: okta
users:
  - { email: ada@example.com, firstName: Ada, lastName: Lovelace }
  - { email: grace@example.com, firstName: Grace, lastName: Hopper }
groups:
  - { name: data-platform, members: [ada@example.com, grace@example.com], push: true }
`,
);

interface Place {
  readonly okta: EmulatedOkta;
  readonly astro: ScimClient;
  readonly run: (...words: readonly string[]) => Promise<CommandResult>;
  /** Removes from Astro what was found by this filter. */
  readonly remove: (endpoint: "Users" | "Groups", filter: string) => Promise<void>;
  /** `kind subject`, of differences and of findings that no difference says. */
  readonly found: () => Promise<readonly string[]>;
}

async function provisioned(): Promise<Place> {
  const okta = await startEmulatedOkta({ directory: company.start, app: company.app });
  await okta.company.settled();
  const env = { OKTA_CLIENT_TOKEN: oktaToken, ASTRO_SCIM_TOKEN: okta.astro.token };
  const source = ["--from", "okta", "--okta-url", okta.okta.url, "--okta-app", "Astro"];
  const astro = scimClient(okta.astro);
  const run: Place["run"] = (...words) => runCommand([...words, ...source, "--url", okta.astro.url], { env });
  return {
    okta,
    astro,
    run,
    remove: async (endpoint, filter) => {
      const { body } = await astro.get(`/${endpoint}?filter=${encodeURIComponent(filter)}`);
      await astro.delete(`/${endpoint}/${body.Resources[0].id}`);
    },
    found: async () => foundBy(await run("diff", "--json")),
  };
}

describe("diff --from okta", () => {
  test("finds nothing where nothing went wrong", async () => {
    const { found } = await provisioned();
    expect(await found()).toEqual([]);
  });

  test("finds the leaver with a deactivation that is never sent, and the setting that is off", async () => {
    const { okta, found, run } = await provisioned();
    okta.company.changeApp((app) => (app.idp === "okta" ? { ...app, deactivateUsers: false } : app));
    okta.company.act({ kind: "unassign-user", user: "grace@example.com" });
    await okta.company.settled();
    // Okta leaves a member who is not assigned in the pushed Team.
    expect(await found()).toEqual([
      "user-left-over grace@example.com",
      "team-members-differ data-platform",
      "toggle-off the app",
      "group-pushed-not-assigned data-platform",
    ]);
    const { status, stdout } = await run("diff");
    expect(status).toBe(2);
    expect(stdout).toContain("Provisioning in Okta\n  ! Deactivate Users  off");
    expect(stdout).toContain("not assigned to the app; no link: the provider will never deactivate it");
    expect(stdout).toContain("orphaned, no link           ");
  });

  test("finds an account that is in Astro, and that Okta knows nothing of", async () => {
    const { astro, found, run } = await provisioned();
    await astro.user("former@example.com", { externalId: "00u-of-somebody" });
    await astro.user("stranger@example.com");
    expect(await found()).toEqual([
      "user-never-linked stranger@example.com",
      "user-left-over former@example.com",
    ]);
    const { stdout } = await run("diff");
    expect(stdout).toMatch(/^Next: astro-scim delete --all --dry-run /m);
  });

  test("finds an account that is gone, with the error of the push that failed for it, in one row", async () => {
    const { okta, found, remove, run } = await provisioned();
    await remove("Users", 'userName eq "ada@example.com"');
    okta.company.act({ kind: "update-user", user: "ada@example.com", profile: { lastName: "King" } });
    await okta.company.settled();
    expect(await found()).toEqual([
      "user-missing ada@example.com",
      "user-link-broken ada@example.com",
      "team-members-differ data-platform",
      "user-not-in-sync ada@example.com with user-missing",
    ]);
    const { stdout } = await run("diff");
    expect(stdout.match(/ada@example\.com {2,}/g)).toHaveLength(1);
    expect(stdout).toMatch(/^ {6}Okta {5}change not pushed: ERROR since .* UTC/m);
  });

  test("finds a Team that is gone, with the error of the push that failed for it, in one row", async () => {
    const { okta, found, remove, run } = await provisioned();
    await remove("Groups", 'displayName eq "data-platform"');
    okta.company.act({ kind: "remove-member", user: "grace@example.com", group: "data-platform" });
    await okta.company.settled();
    expect(await found()).toEqual([
      "team-missing data-platform",
      "push-mapping-failed data-platform with team-missing",
    ]);
    const { stdout } = await run("diff");
    expect(stdout).toMatch(/^ {6}Okta {2}push failed: .+; last push .* UTC$/m);
    expect(stdout).not.toContain("push-group NAME");
    expect(stdout).toMatch(/^Next: astro-scim diff /m);
    const through = await run("push-group", "--all", "--dry-run");
    expect(through.stdout).toContain("make the push mapping of the group data-platform in Okta again");
    const plan = await run("push-group", "--all", "--dry-run", "--via", "scim");
    expect(plan.stdout).toContain(
      "Note: Okta has no link to the Teams that this creates: data-platform. Later changes of their groups do not arrive, until you unlink the group",
    );
  });

  test("lists a group that is assigned and not pushed, and members who are not assigned, and ends with 0", async () => {
    const { okta, found, run } = await provisioned();
    okta.company.act({ kind: "unassign-user", user: "grace@example.com" });
    okta.company.act({
      kind: "create-group",
      group: { key: "all", objectId: okta.company.newId("group"), name: "all", members: new Set() },
      pushed: false,
      assigned: true,
    });
    await okta.company.settled();
    expect(await found()).toEqual([
      "group-assigned-not-pushed all",
      "group-pushed-not-assigned data-platform",
    ]);
    const { status, stdout } = await run("diff");
    expect(status).toBe(0);
    expect(stdout).toContain(
      "Astro matches the directory: 1 active user and 1 Team; listed separately: 1 assigned group that is not pushed and 1 pushed group with members who are not assigned",
    );
  });
});
