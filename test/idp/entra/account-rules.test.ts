import { describe, expect, test } from "vitest";

import {
  documentedEntraSettings,
  gallerySettings,
  type EntraAppSettings,
  type EntraMapping,
} from "../../../src/directory/entra-app-settings.ts";
import type { ExpectedPresence } from "../../../src/astro/state.ts";
import { entraAccountRules } from "../../../src/idp/entra/account-rules.ts";
import { expectedState } from "../../../src/idp/expected/expected-state.ts";
import { aDirectory, aGroup, anEntraUser } from "../../support/builders.ts";

const { users, groups } = documentedEntraSettings;
const names = ["ada", "grace", "alan", "edsger"].map((name) => `${name}@example.com`);
const [ada = "", grace = "", alan = "", edsger = ""] = names;

const directory = aDirectory({
  users: [
    anEntraUser(ada),
    anEntraUser(grace, { status: "blocked" }),
    anEntraUser(alan, { status: "soft-deleted" }),
    anEntraUser(edsger),
    anEntraUser("svc@example.com", { profile: { mail: null } }),
  ],
  groups: [
    aGroup("Data", [...names.slice(0, 3), "svc@example.com"]),
    { ...aGroup("News", [ada]), securityEnabled: false },
    aGroup("Unassigned", [ada]),
  ],
  assignedUsers: [],
  assignedGroups: ["Data", "News"],
});

function presences(changes: Partial<EntraAppSettings>): Readonly<Record<string, ExpectedPresence>> {
  const rules = entraAccountRules(directory, { ...documentedEntraSettings, ...changes });
  const people = [...directory.users.values()].filter(({ key }) => names.includes(key));
  return Object.fromEntries(people.map((user) => [user.key.split("@")[0], rules.standing(user).presence]));
}

function activeFrom(source: EntraMapping["source"]): Partial<EntraAppSettings> {
  const others = users.mappings.filter(({ target }) => target !== "active");
  return { users: { ...users, mappings: [...others, { target: "active", source, applies: "always" }] } };
}

const asDocumented = {
  ada: "active",
  grace: "not-active",
  alan: "not-active",
  edsger: "not-active",
} as const;

describe("who is to have an account", () => {
  test.each<
    [settings: string, changes: Partial<EntraAppSettings>, presence: Record<string, ExpectedPresence>]
  >([
    ["as documented", {}, asDocumented],
    ["the gallery app", gallerySettings, asDocumented],
    ["sync all", { scope: "all" }, { ...asDocumented, edsger: "active" }],
    [
      "out-of-scope deletions skipped",
      { skipOutOfScopeDeletions: true },
      { ...asDocumented, edsger: "either" },
    ],
    [
      "active from accountEnabled",
      activeFrom({ kind: "direct", attribute: "accountEnabled" }),
      { ...asDocumented, alan: "either", edsger: "either" },
    ],
    [
      "small letters in the Switch",
      activeFrom({ kind: "expression", text: 'Switch([IsSoftDeleted], , "False", "true", "True", "false")' }),
      { ada: "active", grace: "either", alan: "either", edsger: "either" },
    ],
    [
      "no Update action",
      { users: { ...users, actions: { ...users.actions, update: false } } },
      { ada: "active", grace: "either", alan: "either", edsger: "either" },
    ],
    [
      "no Create action",
      { users: { ...users, actions: { ...users.actions, create: false } } },
      { ...asDocumented, ada: "either" },
    ],
    [
      "users not enabled",
      { users: { ...users, enabled: false } },
      { ada: "either", grace: "either", alan: "either", edsger: "either" },
    ],
  ])("%s", (_settings, changes, presence) => {
    expect(presences(changes)).toEqual(presence);
  });

  test("who has no mail can have none", () => {
    expect(expectedState(directory, documentedEntraSettings).unmappable).toEqual([
      { user: "svc@example.com", reason: "has no userName: mail is empty" },
    ]);
  });

  test("what is not mapped is left as it is", () => {
    const rules = entraAccountRules(directory, documentedEntraSettings);
    expect(rules.account(anEntraUser(ada))).toEqual({
      userName: ada,
      externalId: undefined,
      attributes: { displayName: "ada" },
      otherAttributes: "kept",
    });
  });
});

describe("which groups are Teams", () => {
  test.each<[settings: string, changes: Partial<EntraAppSettings>, teams: readonly string[]]>([
    ["assigned security groups", {}, ["data"]],
    ["all security groups", { scope: "all" }, ["data", "unassigned"]],
    ["none", { groups: { ...groups, enabled: false } }, []],
  ])("%s", (_settings, changes, teams) => {
    const expected = expectedState(directory, { ...documentedEntraSettings, ...changes });
    expect([...expected.teams.keys()]).toEqual(teams);
  });

  test("with those of their direct members who are provisioned", () => {
    const { teams } = expectedState(directory, documentedEntraSettings);
    expect([...(teams.get("data")?.members ?? [])]).toEqual([ada]);
  });
});
