/** Whatever is done at the emulated Okta, and however fast: what it then shows of its app users and push mappings is what Astro holds. */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { startEmulatedOkta, type EmulatedOkta } from "../../support/emulated-okta.ts";
import { scimClient } from "../../support/scim-client.ts";

const names = ["ada", "bob", "eve"] as const;
const groupNames = ["data", "ops"] as const;
const emails = names.map((name) => `${name}@example.com`);
const directory = aDirectory({
  users: emails.map((email) => aUser(email)),
  groups: groupNames.map((name) => aGroup(name, emails.slice(0, 2))),
  assignedUsers: emails.slice(0, 1),
  pushedGroups: ["data"],
});

type Step = readonly [method: string, path: string, body?: object];

const user = fc.constantFrom(...names);
const group = fc.constantFrom(...groupNames);

/** Paths below `{app}` begin with the app. */
const step: fc.Arbitrary<Step> = fc.oneof(
  user.map((name): Step => ["POST", "{app}/users", { id: `00u-${name}`, scope: "USER" }]),
  user.map((name): Step => ["DELETE", `{app}/users/00u-${name}`]),
  group.map((name): Step => ["PUT", `{app}/groups/00g-${name}`]),
  group.map((name): Step => ["DELETE", `{app}/groups/00g-${name}`]),
  fc
    .tuple(group, user)
    .map(([name, member]): Step => ["PUT", `/api/v1/groups/00g-${name}/users/00u-${member}`]),
  fc
    .tuple(group, user)
    .map(([name, member]): Step => ["DELETE", `/api/v1/groups/00g-${name}/users/00u-${member}`]),
  fc
    .tuple(user, fc.constantFrom("A", "B"))
    .map(([name, lastName]): Step => ["POST", `/api/v1/users/00u-${name}`, { profile: { lastName } }]),
  group.map((name): Step => [
    "POST",
    "{app}/group-push/mappings",
    { sourceGroupId: `00g-${name}`, targetGroupName: name },
  ]),
);

async function take({ send, app }: EmulatedOkta, [method, path, body]: Step): Promise<void> {
  const { status } = await send(method, path.replace("{app}", app), { body });
  // What is there already, or not there, is refused.
  expect([200, 201, 204, 400, 404]).toContain(status);
}

interface Account {
  readonly id: string;
  readonly userName: string;
  readonly active: boolean;
  readonly name: { readonly familyName?: string };
}

interface Team {
  readonly displayName: string;
  readonly members?: readonly { readonly value: string }[];
}

test("what is shown is what Astro holds", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const emulated = await startEmulatedOkta({ directory, keep: true });
      for (const one of steps) await take(emulated, one);
      await emulated.company.settled();
      const shown = await shownBy(emulated);
      const held = await heldBy(emulated);
      await emulated.stop();
      expect(shown).toEqual(held);
    }),
    { numRuns: 25 },
  );
});

async function shownBy({ pages, app }: EmulatedOkta) {
  const all = async (path: string) => (await pages(path)).flatMap(({ body }) => body);
  const appUsers = await all(`${app}/users`);
  expect(
    appUsers.filter(({ status, syncState }) => status !== "PROVISIONED" || syncState !== "SYNCHRONIZED"),
  ).toEqual([]);
  const accounts = appUsers.map(({ externalId, credentials, profile }) => [
    externalId,
    credentials.userName,
    profile.familyName,
  ]);
  const idOf = new Map(appUsers.map(({ id, externalId }) => [id, externalId]));
  const teams = new Map<string, ReadonlySet<string>>();
  for (const { sourceGroupId, status } of await all(`${app}/group-push/mappings`)) {
    expect(status).toBe("ACTIVE");
    const members = await all(`/api/v1/groups/${sourceGroupId}/users`);
    teams.set(sourceGroupId.replace("00g-", ""), new Set(members.flatMap(({ id }) => idOf.get(id) ?? [])));
  }
  return { accounts: new Set(accounts.map(String)), teams };
}

async function heldBy({ astro }: EmulatedOkta) {
  const client = scimClient(astro);
  const users: readonly Account[] = (await client.get("/Users?count=100")).body.Resources;
  const listed: readonly Team[] = (await client.get("/Groups?count=100")).body.Resources;
  const active = users.filter((account) => account.active);
  const accounts = active.map(({ id, userName, name }) => String([id, userName, name.familyName]));
  const teams = listed.map(
    ({ displayName, members = [] }) => [displayName, new Set(members.map(({ value }) => value))] as const,
  );
  return { accounts: new Set(accounts), teams: new Map(teams) };
}
