import { describe, expect, test } from "vitest";

import { documentedOktaSettings, type OktaAppSettings } from "../../src/directory/app-settings.ts";
import type { Directory } from "../../src/directory/directory.ts";
import { expectedState } from "../../src/idp/expected/expected-state.ts";
import { aDirectory, aGroup, aUser } from "../support/builders.ts";

function expected(directory: Directory, settings: Partial<OktaAppSettings> = {}) {
  return expectedState(directory, { ...documentedOktaSettings, ...settings });
}

describe("accounts", () => {
  test.each([
    ["assigned and active", aUser("ada@example.com"), true, "active", "assigned to the app"],
    [
      "assigned and suspended",
      aUser("ada@example.com", { status: "suspended" }),
      true,
      "either",
      "suspended in Okta",
    ],
    ["not assigned", aUser("ada@example.com"), false, "not-active", "not assigned to the app"],
    [
      "deactivated",
      aUser("ada@example.com", { status: "deactivated" }),
      false,
      "not-active",
      "deactivated in Okta",
    ],
  ] as const)("a user who is %s", (_name, user, assigned, presence, reason) => {
    const directory = aDirectory({ users: [user], assignedUsers: assigned ? [user.key] : [] });
    expect(expected(directory).users.get("ada@example.com")).toMatchObject({
      presence,
      reason,
      active: presence === "active",
      externalId: "00u-ada",
      scimId: undefined,
    });
  });

  test("a member of an assigned group is assigned", () => {
    const directory = aDirectory({
      users: [aUser("ada@example.com")],
      groups: [aGroup("everyone", ["ada@example.com"])],
      assignedUsers: [],
      assignedGroups: ["everyone"],
    });
    expect(expected(directory).users.get("ada@example.com")?.presence).toBe("active");
  });

  test("attributes stand under their SCIM paths, unset ones are absent (Astro docs, Okta attribute table)", () => {
    const user = aUser("Ada@Example.com", {
      profile: { displayName: null, profileUrl: "https://x.example/ada" },
    });
    expect(expected(aDirectory({ users: [user] })).users.get("ada@example.com")).toMatchObject({
      userName: "Ada@Example.com",
      attributes: {
        "name.givenName": "Ada",
        "name.familyName": "Example",
        "emails[primary eq true].value": "Ada@Example.com",
        profileUrl: "https://x.example/ada",
      },
    });
  });

  test("the userName follows the application username format", () => {
    const directory = aDirectory({ users: [aUser("ada@example.com", { profile: { login: "ada.l" } })] });
    expect([...expected(directory, { applicationUsername: "user.login" }).users.keys()]).toEqual(["ada.l"]);
  });
});

describe("users that can have no account", () => {
  test("without a userName", () => {
    const directory = aDirectory({ users: [aUser("ada@example.com", { profile: { email: null } })] });
    expect(expected(directory)).toMatchObject({
      users: new Map(),
      unmappable: [{ user: "ada@example.com", reason: "has no userName: user.email is empty" }],
    });
  });

  test("with a mapping that fails", () => {
    const directory = aDirectory({ users: [aUser("ada@example.com", { profile: { skills: ["sql"] } })] });
    expect(expected(directory, { mappings: { displayName: "user.skills" } }).unmappable).toEqual([
      {
        user: "ada@example.com",
        reason:
          "has no profile: A list cannot be the value of a string attribute; Arrays.toCsvString converts it to a string.",
      },
    ]);
  });

  test("a userName that two are to have: the first of the directory has it, case does not count", () => {
    const directory = aDirectory({
      users: [aUser("ada@example.com"), aUser("ada2@example.com", { profile: { email: "ADA@example.com" } })],
      groups: [aGroup("team", ["ada@example.com", "ada2@example.com"])],
    });
    expect(expected(directory)).toMatchObject({
      unmappable: [
        { user: "ada2@example.com", reason: "has the same userName as ada@example.com: ADA@example.com" },
      ],
    });
    expect(expected(directory).users.get("ada@example.com")?.externalId).toBe("00u-ada");
    expect([...(expected(directory).teams.get("team")?.members ?? [])]).toEqual(["ada@example.com"]);
  });

  test("whoever is to be active has a userName that a deactivated user had", () => {
    const before = aUser("ada@example.com", { status: "deactivated" });
    const rehired = aUser("ada2@example.com", { profile: { email: "ada@example.com" } });
    const state = expected(aDirectory({ users: [before, rehired] }));
    expect(state.unmappable).toEqual([]);
    expect(state.users.get("ada@example.com")).toMatchObject({ presence: "active", externalId: "00u-ada2" });
  });

  test("nobody is unmappable who is not to have an account", () => {
    const directory = aDirectory({
      users: [aUser("ada@example.com", { profile: { email: null } })],
      assignedUsers: [],
    });
    expect(expected(directory).unmappable).toEqual([]);
  });
});

describe("Teams", () => {
  test("are the pushed groups with the members that are to be active (Okta: Group Push prerequisites)", () => {
    const directory = aDirectory({
      users: [
        aUser("active@example.com"),
        aUser("suspended@example.com", { status: "suspended" }),
        aUser("gone@example.com", { status: "deactivated" }),
        aUser("unassigned@example.com"),
      ],
      groups: [
        aGroup("Data", [
          "active@example.com",
          "suspended@example.com",
          "gone@example.com",
          "unassigned@example.com",
        ]),
        aGroup("empty"),
        aGroup("internal", ["active@example.com"]),
      ],
      assignedUsers: ["active@example.com", "suspended@example.com"],
      pushedGroups: ["Data", "empty"],
    });
    expect([...expected(directory).teams.values()]).toEqual([
      {
        key: "data",
        displayName: "Data",
        scimId: undefined,
        members: new Set(["active@example.com"]),
        unknownMembers: [],
      },
      { key: "empty", displayName: "empty", scimId: undefined, members: new Set(), unknownMembers: [] },
    ]);
  });

  test("leave out who was assigned before Provisioning was switched on, whose account may be there or not", () => {
    const directory = aDirectory({
      users: [
        aUser("ada@example.com"),
        aUser("waits@example.com"),
        aUser("none", { profile: { email: null } }),
      ],
      groups: [aGroup("Data", ["ada@example.com", "waits@example.com"])],
      ssoOnlyUsers: ["waits@example.com", "none"],
    });
    const { users, teams, ssoOnly, unmappable } = expected(directory);
    expect(users.get("waits@example.com")).toMatchObject({
      presence: "either",
      ssoOnly: true,
      reason: "assigned before Provisioning was switched on",
    });
    expect(teams.get("data")).toMatchObject({
      members: new Set(["ada@example.com"]),
      ssoOnlyMembers: new Set(["waits@example.com"]),
    });
    expect(ssoOnly).toEqual([
      { user: "waits@example.com", key: "waits@example.com" },
      { user: "none", key: undefined },
    ]);
    expect(unmappable).toEqual([]);
  });

  test("two pushed groups of one name make one Team, of the first (Okta: a second mapping is refused)", () => {
    const directory = aDirectory({
      users: [aUser("ada@example.com")],
      groups: [aGroup("data", ["ada@example.com"]), aGroup("DATA")],
    });
    expect(expected(directory).teams.get("data")?.members.size).toBe(1);
  });
});

describe("settings that are wrong", () => {
  test.each([
    [
      "an attribute the app does not have",
      { mappings: { jobTitle: "user.title" } },
      /no attribute "jobTitle"/,
    ],
    [
      "a function that there is not",
      { mappings: { email: "Array.get(user.email, 0)" } },
      /The mapping of email is not valid: .*Array\.get \(did you mean Arrays\.get\?\)/,
    ],
    ["an attribute that nobody has", { mappings: { email: "user.mail" } }, /user\.mail is not in Okta/],
    [
      "a username format that is wrong",
      { applicationUsername: "user." },
      /application username format is not valid/,
    ],
  ])("%s", (_name, settings, message) => {
    const directory = aDirectory({ users: [aUser("ada@example.com")] });
    expect(() => expected(directory, settings)).toThrow(
      expect.objectContaining({
        name: "AppError",
        code: "invalid-file",
        message: expect.stringMatching(message),
      }),
    );
  });

  test.each([
    "user.mail",
    "!user.mail",
    "user.email + user.mail",
    "user.mail == null AND true",
    "true ? user.email : user.mail",
    'user.mail != null ? "a" : "b"',
    "user.email ?: user.mail",
    "String.append(user.email, user.mail)",
  ])("an attribute that nobody has is found wherever it stands: %s", (displayName) => {
    expect(() =>
      expected(aDirectory({ users: [aUser("ada@example.com")] }), { mappings: { displayName } }),
    ).toThrow(/user\.mail is not in Okta/);
  });

  test("a row whose expression is empty maps nothing", () => {
    const state = expected(aDirectory({ users: [aUser("ada@example.com")] }), {
      mappings: { displayName: " " },
    });
    expect(state.users.get("ada@example.com")?.attributes).toEqual({});
  });

  test("an attribute that is set on any user is known, and null for the others", () => {
    const directory = aDirectory({
      users: [aUser("ada@example.com", { profile: { team: "x" } }), aUser("grace@example.com")],
    });
    const state = expected(directory, { mappings: { displayName: 'user.team ?: "none"' } });
    expect([...state.users.values()].map(({ attributes }) => attributes["displayName"])).toEqual([
      "x",
      "none",
    ]);
  });
});
