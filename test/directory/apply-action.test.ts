/** What each action of an administrator makes of the directory. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DirectoryAction } from "../../src/directory/action.ts";
import { applyAction } from "../../src/directory/apply-action.ts";
import { isAssigned, type Directory } from "../../src/directory/directory.ts";
import { aDirectory, aGroup, aUser } from "../support/builders.ts";

const ada = aUser("ada@example.com");
const grace = aUser("grace@example.com");
const start = aDirectory({
  users: [ada, grace],
  groups: [aGroup("platform", [ada.key, grace.key]), aGroup("analysts")],
  assignedUsers: [ada.key],
  assignedGroups: ["analysts"],
  pushedGroups: ["platform"],
});

/** A directory as plain values, which are quick to write down and to compare. */
function plain(directory: Directory) {
  return {
    users: Object.fromEntries([...directory.users].map(([key, { status }]) => [key, status])),
    members: Object.fromEntries([...directory.groups].map(([key, { members }]) => [key, [...members]])),
    assignedUsers: [...directory.assignedUsers],
    assignedGroups: [...directory.assignedGroups],
    pushedGroups: [...directory.pushedGroups],
  };
}

const before = plain(start);

interface Row {
  readonly rule: string;
  readonly action: DirectoryAction;
  readonly changes: Partial<ReturnType<typeof plain>>;
}

const rows: readonly Row[] = [
  {
    rule: "a new user is assigned and put into groups",
    action: { kind: "create-user", user: aUser("mary@example.com"), assigned: true, groups: ["analysts"] },
    changes: {
      users: { ...before.users, "mary@example.com": "active" },
      members: { ...before.members, analysts: ["mary@example.com"] },
      assignedUsers: [ada.key, "mary@example.com"],
    },
  },
  {
    rule: "a new user that is not assigned is in the directory only",
    action: { kind: "create-user", user: aUser("mary@example.com"), assigned: false, groups: [] },
    changes: { users: { ...before.users, "mary@example.com": "active" } },
  },
  {
    rule: "a suspended user keeps assignment and memberships (Okta: Suspend a user)",
    action: { kind: "suspend-user", user: ada.key },
    changes: { users: { ...before.users, [ada.key]: "suspended" } },
  },
  {
    rule: "a deactivated user loses the assignment and keeps the memberships (Okta: Deactivate a user)",
    action: { kind: "deactivate-user", user: ada.key },
    changes: { users: { ...before.users, [ada.key]: "deactivated" }, assignedUsers: [] },
  },
  {
    rule: "a deleted user is in no group and not assigned",
    action: { kind: "delete-user", user: ada.key },
    changes: {
      users: { [grace.key]: "active" },
      members: { platform: [grace.key], analysts: [] },
      assignedUsers: [],
    },
  },
  {
    rule: "assigning adds the user to those assigned by name",
    action: { kind: "assign-user", user: grace.key },
    changes: { assignedUsers: [ada.key, grace.key] },
  },
  {
    rule: "unassigning takes it away",
    action: { kind: "unassign-user", user: ada.key },
    changes: { assignedUsers: [] },
  },
  {
    rule: "a member is added",
    action: { kind: "add-member", group: "analysts", user: ada.key },
    changes: { members: { ...before.members, analysts: [ada.key] } },
  },
  {
    rule: "a member is removed",
    action: { kind: "remove-member", group: "platform", user: ada.key },
    changes: { members: { ...before.members, platform: [grace.key] } },
  },
  {
    rule: "a new group may be pushed and assigned from the start",
    action: { kind: "create-group", group: aGroup("ml", [ada.key]), pushed: true, assigned: true },
    changes: {
      members: { ...before.members, ml: [ada.key] },
      pushedGroups: ["platform", "ml"],
      assignedGroups: ["analysts", "ml"],
    },
  },
  {
    rule: "a deleted group is neither pushed nor assigned",
    action: { kind: "delete-group", group: "platform" },
    changes: { members: { analysts: [] }, pushedGroups: [] },
  },
  {
    rule: "a group is pushed",
    action: { kind: "push-group", group: "analysts" },
    changes: { pushedGroups: ["platform", "analysts"] },
  },
  {
    rule: "unpushing ends the push, whatever becomes of the Team",
    action: { kind: "unpush-group", group: "platform", deleteTeam: true },
    changes: { pushedGroups: [] },
  },
  {
    rule: "a group is assigned",
    action: { kind: "assign-group", group: "platform" },
    changes: { assignedGroups: ["analysts", "platform"] },
  },
  {
    rule: "a group is unassigned",
    action: { kind: "unassign-group", group: "analysts" },
    changes: { assignedGroups: [] },
  },
];

describe("who was assigned before Provisioning was switched on (Okta: Provision users)", () => {
  const waiting = aDirectory({
    users: [ada, grace, aUser("sam@example.com", { status: "suspended" })],
    groups: [aGroup("staff", [ada.key]), aGroup("platform", [ada.key]), aGroup("analysts")],
    assignedUsers: [grace.key, "sam@example.com"],
    assignedGroups: ["staff", "platform"],
    ssoOnlyUsers: [ada.key, grace.key, "sam@example.com"],
  });
  const left = (...actions: readonly DirectoryAction[]): readonly string[] =>
    [...actions.reduce(applyAction, waiting).ssoOnlyUsers].map((key) => key.replace("@example.com", ""));

  test.each<readonly [rule: string, actions: readonly DirectoryAction[], left: readonly string[]]>([
    ["Provision User is for one", [{ kind: "provision-user", user: ada.key }], ["grace", "sam"]],
    ["or for all who are active", [{ kind: "provision-all" }], ["sam"]],
    [
      "a suspended user waits on",
      [{ kind: "provision-user", user: "sam@example.com" }],
      ["ada", "grace", "sam"],
    ],
    ["unassigning ends it", [{ kind: "unassign-user", user: grace.key }], ["ada", "sam"]],
    [
      "so that the next assignment is a new one",
      [
        { kind: "unassign-user", user: grace.key },
        { kind: "assign-user", user: grace.key },
      ],
      ["ada", "sam"],
    ],
    [
      "not while another group assigns the user",
      [{ kind: "remove-member", group: "staff", user: ada.key }],
      ["ada", "grace", "sam"],
    ],
    [
      "it ends with the last of the groups",
      [
        { kind: "unassign-group", group: "staff" },
        { kind: "delete-group", group: "platform" },
      ],
      ["grace", "sam"],
    ],
    [
      "deactivation ends it, whatever groups remain",
      [{ kind: "deactivate-user", user: ada.key }],
      ["grace", "sam"],
    ],
    ["and so does deletion", [{ kind: "delete-user", user: grace.key }], ["ada", "sam"]],
    [
      "a second assignment changes nothing",
      [{ kind: "assign-user", user: ada.key }],
      ["ada", "grace", "sam"],
    ],
    [
      "a change of the profile changes nothing either",
      [{ kind: "update-user", user: ada.key, profile: { title: "x" } }],
      ["ada", "grace", "sam"],
    ],
    [
      "who joins an assigned group was not assigned before",
      [{ kind: "create-user", user: aUser("mary@example.com"), assigned: true, groups: ["staff"] }],
      ["ada", "grace", "sam"],
    ],
  ])("%s", (_rule, actions, expected) => {
    expect(left(...actions)).toEqual(expected);
  });
});

describe("applyAction", () => {
  test.each(rows)("$rule", ({ action, changes }) => {
    expect(plain(applyAction(start, action))).toEqual({ ...before, ...changes });
  });

  test("an update overwrites what it names, null included, and leaves the rest of the profile", () => {
    const action: DirectoryAction = {
      kind: "update-user",
      user: ada.key,
      profile: { email: "ada.king@example.com", lastName: null },
    };
    const updated = applyAction(start, action).users.get(ada.key);
    expect(updated).toEqual({
      ...ada,
      profile: { ...ada.profile, email: "ada.king@example.com", lastName: null },
    });
  });

  test("a renamed group keeps key and members", () => {
    const action: DirectoryAction = { kind: "rename-group", group: "platform", name: "data-platform" };
    const renamed = applyAction(start, action).groups.get("platform");
    expect(renamed).toEqual({ ...start.groups.get("platform"), name: "data-platform" });
  });

  test("activation and the end of a suspension make a user active", () => {
    for (const [away, back] of [
      ["suspend-user", "unsuspend-user"],
      ["deactivate-user", "activate-user"],
    ] as const) {
      const gone = applyAction(start, { kind: away, user: grace.key });
      expect(plain(applyAction(gone, { kind: back, user: grace.key }))).toEqual(before);
    }
  });

  test("a reactivated user is assigned again by a group, not by name (Okta OIN test plan, C9293)", () => {
    const assigned = aDirectory({
      users: [ada, grace],
      groups: [aGroup("platform", [ada.key])],
      assignedUsers: [grace.key],
      assignedGroups: ["platform"],
    });
    const back = [ada.key, grace.key]
      .flatMap((user): DirectoryAction[] => [
        { kind: "deactivate-user", user },
        { kind: "activate-user", user },
      ])
      .reduce(applyAction, assigned);
    expect([isAssigned(back, ada.key), isAssigned(back, grace.key)]).toEqual([true, false]);
  });
});

const userKeys = fc.constantFrom(ada.key, grace.key, "nobody@example.com");
const groupKeys = fc.constantFrom("platform", "analysts", "nothing");
const actions: fc.Arbitrary<DirectoryAction> = fc.oneof(
  fc.record({
    kind: fc.constantFrom(
      "suspend-user" as const,
      "unsuspend-user" as const,
      "deactivate-user" as const,
      "activate-user" as const,
      "delete-user" as const,
      "assign-user" as const,
      "unassign-user" as const,
    ),
    user: userKeys,
  }),
  fc.record({
    kind: fc.constantFrom("add-member" as const, "remove-member" as const),
    group: groupKeys,
    user: userKeys,
  }),
  fc.record({
    kind: fc.constantFrom(
      "delete-group" as const,
      "push-group" as const,
      "assign-group" as const,
      "unassign-group" as const,
    ),
    group: groupKeys,
  }),
  fc.record({ kind: fc.constant("rename-group" as const), group: groupKeys, name: fc.string() }),
  fc.record({
    kind: fc.constant("update-user" as const),
    user: userKeys,
    profile: fc.constant({ lastName: "King" }),
  }),
  fc.record({ kind: fc.constant("unpush-group" as const), group: groupKeys, deleteTeam: fc.boolean() }),
);

describe("whatever is done", () => {
  test("the directory before stays as it was", () => {
    fc.assert(
      fc.property(fc.array(actions), (done) => {
        done.reduce(applyAction, start);
        expect(plain(start)).toEqual(before);
      }),
    );
  });

  test("members, assignments and pushes name users and groups that exist", () => {
    fc.assert(
      fc.property(fc.array(actions, { maxLength: 30 }), (done) => {
        const { users, groups, assignedUsers, assignedGroups, pushedGroups } = done.reduce(
          applyAction,
          start,
        );
        const named = [...assignedUsers, ...[...groups.values()].flatMap(({ members }) => [...members])];
        expect(named.filter((key) => !users.has(key))).toEqual([]);
        expect([...assignedGroups, ...pushedGroups].filter((key) => !groups.has(key))).toEqual([]);
      }),
    );
  });

  test("what an action does not touch is the same object", () => {
    const after = applyAction(start, { kind: "add-member", group: "analysts", user: ada.key });
    expect(after.users).toBe(start.users);
    expect(after.groups.get("platform")).toBe(start.groups.get("platform"));
  });
});
