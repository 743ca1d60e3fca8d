/** Whoever was assigned before Provisioning was switched on: whatever is done, Okta sends nothing about them before it provisions them. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { readAstroState } from "../../../src/astro/api/reading/read.ts";
import { comparedPaths } from "../../../src/astro/compared-paths.ts";
import { changesDirectory, type Action } from "../../../src/directory/action.ts";
import { documentedOktaSettings, oktaIntegrations } from "../../../src/directory/app-settings.ts";
import { applyAction } from "../../../src/directory/apply-action.ts";
import { assignedUserKeys, type Directory } from "../../../src/directory/directory.ts";
import { subjectOf } from "../../../src/drift/compare/change.ts";
import { diff } from "../../../src/drift/compare/diff.ts";
import { expectedState } from "../../../src/idp/expected/expected-state.ts";
import type { WireRequest } from "../../../src/wire/exchange.ts";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { rehearse } from "../../support/okta-rehearsal.ts";
import { tinyScim } from "../../support/tiny-scim.ts";

const users = ["ada", "grace", "alan"].map((name) => `${name}@example.com`);
const groups = ["staff", "data"];

const start: fc.Arbitrary<Directory> = fc
  .record({
    members: fc.tuple(...groups.map(() => fc.subarray(users))),
    assigned: fc.subarray(users),
    pushed: fc.subarray(groups),
    assignedGroups: fc.subarray(groups),
    suspended: fc.subarray(users, { maxLength: 1 }),
    marked: fc.subarray(users, { minLength: 1 }),
  })
  .map(({ members, assigned, pushed, assignedGroups, suspended, marked }) => {
    const parts = {
      users: users.map((email) =>
        aUser(email, { status: suspended.includes(email) ? "suspended" : "active" }),
      ),
      groups: groups.map((name, index) => aGroup(name, members[index])),
      assignedUsers: assigned,
      pushedGroups: pushed,
      assignedGroups,
    };
    const holders = assignedUserKeys(aDirectory(parts));
    return aDirectory({ ...parts, ssoOnlyUsers: marked.filter((key) => holders.has(key)) });
  });

const anyUser = fc.constantFrom(...users);
const anyGroup = fc.constantFrom(...groups);

/** Without an import, which links accounts, and without activation, after which a group must be pushed by hand. */
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constantFrom("assign-user", "unassign-user"), user: anyUser }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom("add-member", "remove-member"),
      group: anyGroup,
      user: anyUser,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom("push-group", "assign-group", "unassign-group", "push-now"),
      group: anyGroup,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        "suspend-user",
        "unsuspend-user",
        "deactivate-user",
        "delete-user",
        "provision-user",
      ),
      user: anyUser,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("update-user"),
      user: anyUser,
      profile: fc.record({ displayName: fc.constantFrom("A", "B", null) }),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom<Action>({ kind: "retry" }, { kind: "provision-all" }) },
);

/** Whether the user has the app, written down once more. */
function hasApp(
  { users: all, assignedUsers, assignedGroups, groups: every }: Directory,
  key: string,
): boolean {
  const user = all.get(key);
  if (user === undefined || user.status === "deactivated") return false;
  return (
    assignedUsers.has(key) || [...assignedGroups].some((group) => every.get(group)?.members.has(key) === true)
  );
}

/** Whether an action provisions somebody: the console's button for an active user, or a new assignment. */
function provisions(one: Action, before: Directory, after: Directory, key: string): boolean {
  const isPressed = one.kind === "provision-all" || (one.kind === "provision-user" && one.user === key);
  const isActive = before.users.get(key)?.status === "active";
  return (isPressed && isActive && hasApp(before, key)) || (!hasApp(before, key) && hasApp(after, key));
}

const rehearsals = fc.record({
  start,
  actions: fc.array(action, { minLength: 5, maxLength: 25 }),
  invited: fc.subarray(users),
  integration: fc.constantFrom(...oktaIntegrations),
});

test("no request is about them, no Team has them, and a comparison finds no drift but the accounts of those who left", async () => {
  await fc.assert(
    fc.asyncProperty(rehearsals, async ({ start: directory, actions, invited, integration }) => {
      const server = tinyScim({ endsMemberships: true });
      const silent = new Set(directory.ssoOnlyUsers);
      // Nothing is sent for a suspended user either, so whoever is assigned anew while suspended has no link yet.
      const unlinked = new Set(silent);
      const accounts = new Map<string, string>();
      for (const userName of invited.filter((key) => silent.has(key))) {
        await server.send({ method: "POST", path: "/Users", headers: {}, body: { userName, active: true } });
        accounts.set(userName, server.state().users.get(userName)?.scimId ?? "none");
      }
      const requests: WireRequest[] = [];
      const send: typeof server.send = (request) => {
        requests.push(request);
        return server.send(request);
      };
      const okta = rehearse(directory, send, { integration });

      const check = async (): Promise<void> => {
        for (const key of silent) {
          const names = [
            key,
            encodeURIComponent(key),
            `"${accounts.get(key)}"`,
            `/Users/${accounts.get(key)}`,
          ];
          const about = requests.filter(({ path, body }) =>
            names.some((name) => `${path} ${JSON.stringify(body ?? {})} `.includes(name)),
          );
          expect(about).toEqual([]);
          for (const group of groups) expect(server.members(group) ?? []).not.toContain(key);
        }
        const expected = expectedState(okta.directory, documentedOktaSettings);
        const held = await readAstroState(server.send, {
          target: "http://tiny.example/scim",
          attributePaths: comparedPaths(expected),
          signal: new AbortController().signal,
        });
        const drift = diff(expected, held);
        const left = [...accounts.keys()].filter((key) => unlinked.has(key) && !hasApp(okta.directory, key));
        expect(drift.changes.map((change) => [change.kind, subjectOf(change).name])).toEqual(
          left.toSorted().map((key) => ["user-left-over", key]),
        );
        const apart = [...silent].filter((key) => hasApp(okta.directory, key));
        expect(new Set(drift.ssoOnly.map(({ user }) => user))).toEqual(new Set(apart));
        expect(
          drift.ssoOnly
            .filter(({ account }) => account === "active")
            .map(({ user }) => user)
            .toSorted(),
        ).toEqual(apart.filter((key) => accounts.has(key)).toSorted());
      };

      await okta.run();
      await check();
      for (const one of actions) {
        const before = okta.directory;
        const after = changesDirectory(one) ? applyAction(before, one) : before;
        const provisioned = users.filter((key) => provisions(one, before, after, key));
        for (const key of provisioned) silent.delete(key);
        for (const key of unlinked) {
          const isServed = after.users.get(key)?.status !== "suspended" && hasApp(after, key);
          if (!silent.has(key) && isServed) unlinked.delete(key);
        }
        requests.length = 0;
        await okta.act(one);
        await check();
      }
    }),
    { numRuns: 40 },
  );
});
