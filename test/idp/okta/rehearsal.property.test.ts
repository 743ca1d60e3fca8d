import fc from "fast-check";
import { expect, test } from "vitest";

import type { Action } from "../../../src/directory/action.ts";
import {
  documentedOktaSettings,
  oktaIntegrations,
  type OktaAppSettings,
} from "../../../src/directory/app-settings.ts";
import type { Directory } from "../../../src/directory/directory.ts";
import { resolveOktaFidelity } from "../../../src/fidelity/resolve.ts";
import type { OktaFidelity } from "../../../src/fidelity/table.ts";
import { expectedState } from "../../../src/idp/expected/expected-state.ts";
import { readOktaMemory, writeOktaMemory } from "../../../src/idp/okta/memory-json.ts";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { rehearse, type Rehearsal } from "../../support/okta-rehearsal.ts";
import { tinyScim, type TinyScim } from "../../support/tiny-scim.ts";
import { plain } from "../../support/plain.ts";

const users = ["ada", "grace", "alan", "edsger"].map((name) => `${name}@example.com`);
const groups = ["data", "ops", "everyone"];

const anyUser = fc.constantFrom(...users);
const anyGroup = fc.constantFrom(...groups);

/** What an administrator may do, in any order; what makes no sense changes nothing. */
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    kind: fc.constantFrom(
      "suspend-user",
      "unsuspend-user",
      "deactivate-user",
      "activate-user",
      "assign-user",
      "unassign-user",
    ),
    user: anyUser,
  }),
  fc.record({ kind: fc.constantFrom("add-member", "remove-member"), group: anyGroup, user: anyUser }),
  fc.record({
    kind: fc.constantFrom("push-group", "assign-group", "unassign-group", "push-now"),
    group: anyGroup,
  }),
  fc.record({ kind: fc.constant("unpush-group"), group: anyGroup, deleteTeam: fc.boolean() }),
  fc.record({
    kind: fc.constant("update-user"),
    user: anyUser,
    profile: fc.record({ displayName: fc.constantFrom("A", "B", null), firstName: fc.constantFrom("C", "") }),
  }),
  fc.record({ kind: fc.constant("delete-user"), user: anyUser }),
  fc.tuple(anyGroup, fc.integer({ min: 1, max: 3 })).map(([key, number]): Action => ({
    kind: "rename-group",
    group: key,
    name: `${key} ${number}`,
  })),
  fc.constant<Action>({ kind: "retry" }),
  fc.constant<Action>({ kind: "import", match: "userName", confirmsExact: true, groups: false }),
);

const start: fc.Arbitrary<Directory> = fc
  .record({
    members: fc.tuple(...groups.map(() => fc.subarray(users))),
    assigned: fc.subarray(users),
    pushed: fc.subarray(groups),
    assignedGroups: fc.subarray(groups),
  })
  .map(({ members, assigned, pushed, assignedGroups }) =>
    aDirectory({
      users: users.map((email) => aUser(email)),
      groups: groups.map((name, index) => aGroup(name, members[index])),
      assignedUsers: assigned,
      pushedGroups: pushed,
      assignedGroups,
    }),
  );

/** Answers that change what is sent, and nothing of what Astro then holds. */
const fidelity = fc
  .record<Partial<OktaFidelity>, never>(
    {
      profileUpdate: fc.constantFrom("integration", "put", "patch"),
      profilePatchValue: fc.constantFrom("changed", "whole"),
      unsetAttributes: fc.constantFrom("omit", "null"),
      lookupValue: fc.constantFrom("integration", "email", "userName"),
      filterSpace: fc.constantFrom("percent", "plus"),
      emailType: fc.constantFrom("none", "work"),
      userExternalId: fc.constantFrom("send", "none"),
      linkCycles: fc.constantFrom("inactive", "always"),
      leaverMemberships: fc.constantFrom("keep", "remove"),
      groupPostMembers: fc.constantFrom("integration", "with", "without"),
      groupPostFollowUp: fc.constantFrom("push", "none"),
      fullPushForm: fc.constantFrom("path", "pathless"),
      fullPushSplit: fc.constantFrom("split", "single"),
      groupVerification: fc.constantFrom("none", "get"),
      parallelUsers: fc.integer({ min: 1, max: 4 }),
      parallelGroups: fc.integer({ min: 1, max: 4 }),
    },
    { requiredKeys: [] },
  )
  .map(resolveOktaFidelity);

const settings: fc.Arbitrary<Partial<OktaAppSettings>> = fc.record({
  integration: fc.constantFrom(...oktaIntegrations),
  membersPerPatch: fc.constantFrom(1, 2, 100),
  fidelity,
});

const rehearsals = fc.record({
  start,
  actions: fc.array(action, { maxLength: 25 }),
  settings,
  endsMemberships: fc.boolean(),
});

/** What makes a Team lag behind its group. */
const pause = fc.record({ kind: fc.constantFrom("deactivate-push", "activate-push"), group: anyGroup });

test("with memory an unchanged directory sends nothing, whatever was done before", async () => {
  const withPauses = fc
    .tuple(rehearsals, fc.array(fc.oneof(action, pause), { maxLength: 25 }))
    .map(([rehearsal, actions]) => ({ ...rehearsal, actions }));
  await fc.assert(
    fc.asyncProperty(withPauses, async ({ start: directory, actions, settings: app, endsMemberships }) => {
      const server = tinyScim({ endsMemberships });
      const okta = rehearse(directory, server.send, app);
      await okta.run();
      for (const one of actions) {
        await okta.act(one);
        server.forget();
        await okta.run();
        expect(server.lines).toEqual([]);
      }
    }),
    { numRuns: 60 },
  );
});

// On a server that keeps the memberships of inactive users they may linger: see engine.test.ts.
test("whatever was done, Astro holds the expected state", async () => {
  await fc.assert(
    fc.asyncProperty(rehearsals, async ({ start: directory, actions, settings: app }) => {
      const server = tinyScim({ endsMemberships: true });
      const okta = rehearse(directory, server.send, app);
      await okta.run();
      for (const one of actions) {
        await okta.act(one);
        expectHolds(server, okta);
      }
      expect(okta.memory.tasks.size).toBe(0);
      expect(readOktaMemory(writeOktaMemory(okta.memory))).toEqual(plain(okta.memory));
    }),
    { numRuns: 60 },
  );
});

test("a run without memory links to what it finds, and changes nothing that is as it should be", async () => {
  await fc.assert(
    fc.asyncProperty(rehearsals, async ({ start: directory, actions, settings: app, endsMemberships }) => {
      const server = tinyScim({ endsMemberships });
      const okta = rehearse(directory, server.send, app);
      await okta.run();
      for (const one of actions) await okta.act(one);
      okta.forget();
      await okta.run();
      expectHolds(server, okta);
      server.forget();
      await okta.run();
      expect(server.lines).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

/**
 * Accounts and Teams of the expected state; memberships of suspended users may be or not be, and whoever was
 * deactivated in Okta is back in a Team only once its group was pushed by hand.
 */
function expectHolds(server: TinyScim, { directory, memory }: Rehearsal): void {
  const held = server.state();
  const expected = expectedState(directory, documentedOktaSettings);
  const settled = [...expected.users.values()].filter(({ presence }) => presence !== "either");
  const accounts = settled.map(({ key, active, attributes }) => {
    const account = held.users.get(key);
    return { key, active: account?.active ?? false, attributes: active ? account?.attributes : attributes };
  });
  expect(accounts).toEqual(settled.map(({ key, active, attributes }) => ({ key, active, attributes })));
  for (const group of directory.groups.values()) {
    const team = expected.teams.get(group.name);
    const withheld = memory.pushMappings.get(group.objectId)?.withheld;
    const wanted = [...(team?.members ?? [])].filter(
      (key) => withheld?.has(directory.users.get(key)?.objectId ?? "") !== true,
    );
    const members = server
      .members(group.name)
      ?.filter((key) => expected.users.get(key)?.presence !== "either");
    expect(new Set(team === undefined ? [] : members)).toEqual(new Set(wanted));
  }
}
