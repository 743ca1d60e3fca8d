/** Everything that a preflight can find, planted into a company in which nothing is in the way, and found under its own name. */

import { describe, expect, test } from "vitest";
import { preflightKinds } from "../../../src/preflight/finding-kinds.ts";
import { preflightOf, type Planted } from "../../support/preflight-company.ts";

interface Case extends Planted {
  readonly found: readonly string[];
  /** Exit status; 1 unless said. */
  readonly status?: 0 | 1 | 3;
}

const role = "workspaceRoles: { Space: WORKSPACE_AUTHOR }";

/** People with a badge have it as their userName. */
const byBadge =
  '{ integration: catalog, applicationUsername: "user.badge == null ? user.email : user.badge" }';

const cases: Readonly<Record<string, Case>> = {
  "nothing, with Okta": { found: [], status: 0 },
  "nothing, with Entra ID": { idp: "entra", found: [], status: 0 },

  "a Team that is linked, its name in another case, and new members without a role": {
    teams: ["{ name: Data }"],
    found: ["team-linked Data"],
    status: 0,
  },
  "a Team that loses members, where the first push replaces them": {
    accounts: ["{ email: eve@example.com, displayName: Eve }"],
    teams: [`{ name: data, ${role}, members: [eve@example.com] }`],
    flags: ["--fidelity", "linkedMembers=replace"],
    found: [
      "team-loses-members data",
      "team-gives-roles data",
      "account-not-assigned eve@example.com",
      "team-linked data",
    ],
  },
  "members who are not in the group, with Okta": {
    accounts: ["{ email: eve@example.com, displayName: Eve }"],
    teams: ["{ name: data, members: [eve@example.com] }"],
    found: ["team-members-outside-group data", "account-not-assigned eve@example.com", "team-linked data"],
  },
  "members who are not in the group, with Entra ID": {
    idp: "entra",
    accounts: ["{ email: eve@example.com, displayName: Eve }"],
    teams: ["{ name: data, members: [eve@example.com] }"],
    found: ["team-members-outside-group data", "account-not-assigned eve@example.com", "team-linked data"],
  },
  "a Team whose roles new members get": {
    teams: [`{ name: data, ${role} }`],
    found: ["team-gives-roles data", "team-linked data"],
  },
  "a Team that no group is pushed for": {
    teams: ["{ name: other }"],
    found: ["team-without-group other"],
    status: 0,
  },
  "a Team that the provider cannot take over": {
    teams: ["{ name: data }"],
    flags: ["--behaviour", "unmanagedTeam=conflict"],
    found: ["team-not-linked data"],
  },

  "a Team of Terraform that is linked, with its members": {
    teams: ["{ name: data }"],
    terraform: (idOf) => [
      {
        address: "astro_team.data",
        type: "astro_team",
        name: "data",
        values: { id: idOf("data"), name: "data", member_ids: [] },
      },
    ],
    found: ["terraform-team data", "terraform-members data", "team-linked data"],
  },
  "a Team of Terraform without a group": {
    teams: ["{ name: other }"],
    terraform: (idOf) => [
      { address: "astro_team.other", type: "astro_team", values: { id: idOf("other"), name: "other" } },
    ],
    found: ["terraform-team other", "team-without-group other"],
  },
  "one membership of Terraform": {
    teams: ["{ name: data }"],
    terraform: (idOf) => [
      {
        address: "module.m.astro_team_membership.ada",
        type: "astro_team_membership",
        values: { id: "x", team_id: idOf("data"), user_id: "u" },
      },
    ],
    found: ["terraform-members data", "team-linked data"],
  },
  "roles of Terraform": {
    teams: ["{ name: data }"],
    accounts: ["{ email: ada@example.com, displayName: Ada King }"],
    terraform: (idOf) => [
      { address: "astro_team_roles.data", type: "astro_team_roles", values: { team_id: idOf("data") } },
      {
        address: "astro_user_roles.ada",
        type: "astro_user_roles",
        values: { user_id: idOf("ada@example.com") },
      },
    ],
    found: [
      "team-linked data",
      "account-linked ada@example.com",
      "terraform-team-roles data",
      "terraform-user-roles ada@example.com",
    ],
    status: 0,
  },
  "what Terraform owns in another organization, and nothing of another provider, or that is only read": {
    terraform: () => [
      { address: "astro_team.far", type: "astro_team", values: { id: "clfar", name: "data" } },
      { address: "data.astro_team.read", mode: "data", type: "astro_team", values: { id: "x", name: "x" } },
      { address: "astro_team.like", type: "astro_team", provider_name: "x/y/astro2", values: {} },
    ],
    found: ["terraform-other-organization"],
    status: 3,
  },
  "what Terraform owns here, and what it owns in another organization": {
    teams: ["{ name: data }"],
    terraform: (idOf) => [
      { address: "astro_team_roles.data", type: "astro_team_roles", values: { team_id: idOf("data") } },
      { address: "astro_team.far", type: "astro_team", values: { id: "clfar", name: "data" } },
    ],
    found: ["team-linked data", "terraform-team-roles data", "terraform-not-here"],
    status: 0,
  },
  "a file of Terraform without anything of Astro's": {
    terraform: () => [
      { address: "null_resource.x", type: "null_resource", provider_name: "x/y/null", values: {} },
    ],
    found: ["terraform-not-here"],
    status: 0,
  },
  "a membership whose person is known only after an apply, of a provider that is mirrored": {
    teams: ["{ name: data }"],
    terraform: (idOf) => [
      {
        address: "astro_team_membership.ada",
        type: "astro_team_membership",
        provider_name: "terraform.example.com/mirror/astro",
        values: { team_id: idOf("data") },
      },
    ],
    found: ["terraform-members data", "team-linked data"],
  },
  "roles of a Team that is known only after an apply": {
    terraform: () => [
      { address: "astro_team_roles.new", type: "astro_team_roles", values: { organization_role: "x" } },
      { address: "astro_user_roles.new", type: "astro_user_roles", values: { organization_role: "x" } },
    ],
    found: ["terraform-other-organization"],
    status: 3,
  },
  "a Team that a plan is to create, and that is there by name": {
    teams: ["{ name: data }"],
    terraform: () => [
      { address: "astro_team.data", type: "astro_team", values: { name: "Data", organization_role: "x" } },
    ],
    found: ["terraform-team data", "team-linked data"],
  },

  "an invitation that is pending": {
    accounts: ["{ email: ada@example.com, status: PENDING }"],
    found: ["invitation-pending ada@example.com", "account-linked ada@example.com"],
  },
  "an account that is banned": {
    accounts: ["{ email: ada@example.com, displayName: Ada King, status: BANNED }"],
    found: ["account-banned ada@example.com", "account-linked ada@example.com"],
  },
  "an account that nobody assigned, and an owner": {
    accounts: [
      "{ email: eve@example.com }",
      "{ email: owen@example.com, role: ORGANIZATION_OWNER }",
      "{ email: gone@example.com, active: false }",
    ],
    found: ["owner-not-assigned owen@example.com", "account-not-assigned eve@example.com"],
  },
  "an account that is linked": {
    accounts: ["{ email: ADA@example.com, displayName: Ada L, active: false }"],
    found: ["account-linked ADA@example.com"],
    status: 0,
  },

  "a user who was assigned before Provisioning was on": {
    users: ["{ email: eve@example.com, firstName: Eve, lastName: E, assignment: sso-only }"],
    found: ["assigned-before-provisioning eve@example.com"],
  },
  "a domain that is pending, and one that is missing": {
    users: [
      "{ email: eve@pending.example, firstName: Eve, lastName: E }",
      "{ email: max@missing.example, firstName: Max, lastName: M }",
    ],
    organization:
      "isScimEnabled: false, managedDomains: [{ name: example.com }, { name: pending.example, status: PENDING }]",
    found: ["domain-not-verified pending.example", "domain-not-verified missing.example"],
  },
  "domains that cannot be read": {
    organization: "isScimEnabled: false",
    found: ["domains-unknown"],
    status: 3,
  },
  "nothing, where somebody says that the domain is verified": {
    organization: "isScimEnabled: false",
    flags: ["--verified-domain", "example.com"],
    found: [],
    status: 0,
  },
  "a user without mail": {
    idp: "entra",
    users: ["{ userPrincipalName: eve@example.com, displayName: Eve }"],
    groups: ["{ name: more, assign: true, members: [eve@example.com] }"],
    found: ["user-without-mail eve@example.com"],
  },
  "a user twice": {
    app: byBadge,
    users: [
      "{ email: eve1@example.com, firstName: Eve, lastName: E, profile: { badge: eve@example.com } }",
      "{ email: eve2@example.com, firstName: Eve, lastName: E, profile: { badge: eve@example.com } }",
    ],
    found: ["users-share-address eve@example.com"],
  },
  "users who differ by case": {
    app: byBadge,
    users: [
      "{ email: eve1@example.com, firstName: Eve, lastName: E, profile: { badge: eve@example.com } }",
      "{ email: eve2@example.com, firstName: Eve, lastName: E, profile: { badge: Eve@example.com } }",
    ],
    found: ["users-differ-by-case eve@example.com and Eve@example.com"],
  },
  "a mapping that fails": {
    app: '{ mappings: { displayName: "user.displayName == null ? findDirectoryUser().sAMAccountName : user.displayName" } }',
    users: ["{ email: eve@example.com, firstName: Eve, lastName: E }"],
    found: ["user-not-mappable eve@example.com"],
  },

  "just-in-time sign-in that is on": { flags: ["--just-in-time", "on"], found: ["just-in-time-on"] },
  "just-in-time sign-in that nobody can read": {
    flags: ["--just-in-time", "unknown"],
    found: ["just-in-time-unknown"],
    status: 0,
  },
  "a deletion guard that is off": {
    idp: "entra",
    app: "{ flag: true }",
    found: ["deletion-guard-off"],
    status: 0,
  },
  "a deletion threshold that protects nobody": {
    idp: "entra",
    app: "{ accidentalDeletionThreshold: 500 }",
    found: ["deletion-guard-too-high"],
    status: 0,
  },
  "SCIM that is on already": {
    organization: "isScimEnabled: true, managedDomains: [{ name: example.com }]",
    found: ["scim-already-enabled"],
    status: 0,
  },
  "roles that SCIM does not show": {
    organization: "isScimEnabled: true",
    flags: ["--api", "scim", "--verified-domain", "example.com"],
    found: ["roles-unknown", "scim-already-enabled"],
    status: 3,
  },
  "a directory of which nobody is provisioned": {
    idp: "entra",
    app: "{ accidentalDeletionThreshold: 1, users: { enabled: false } }",
    found: ["nobody-provisioned"],
  },
  "an account that Astro knows by its address, and the provider by another userName": {
    app: byBadge,
    users: ["{ email: eve@example.com, firstName: Eve, lastName: E, profile: { badge: e1 } }"],
    accounts: ["{ email: eve@example.com, displayName: Eve E }"],
    found: ["account-link-unknown eve@example.com", "account-linked eve@example.com"],
    status: 3,
  },
  "a first run that fails": {
    app: "{ createUsers: false }",
    found: ["first-run-fails ada@example.com", "first-run-fails bob@example.com"],
  },
};

describe("a preflight finds", () => {
  test.each(Object.entries(cases))("%s", async (_name, { found, status = 1, ...planted }) => {
    const result = await preflightOf(planted);
    expect({ found: result.found, status: result.status }).toEqual({ found, status });
  });
});

/** What only a live provider shows: planted in live.test.ts. */
const ofLiveProviders: readonly string[] = [
  "already-provisioned",
  "groups-share-name",
  "mapping-left-out",
  "mapping-not-evaluated",
  "provider-finding",
  "setting-assumed",
];

test("every kind is planted", () => {
  const planted = Object.values(cases).flatMap(({ found }) => found.map((one) => one.split(" ")[0] ?? ""));
  expect([...new Set([...planted, ...ofLiveProviders])].toSorted()).toEqual(
    Object.keys(preflightKinds).toSorted(),
  );
});
