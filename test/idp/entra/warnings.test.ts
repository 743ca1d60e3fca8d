import { describe, expect, test } from "vitest";

import {
  documentedEntraSettings,
  gallerySettings,
  type EntraAppSettings,
  type EntraMapping,
} from "../../../src/directory/entra-app-settings.ts";
import { entraWarnings } from "../../../src/idp/entra/warnings.ts";

const { users, groups } = documentedEntraSettings;

function mapped(target: string, source: EntraMapping["source"]): Partial<EntraAppSettings> {
  const others = users.mappings.filter((mapping) => mapping.target !== target);
  const matching = target === "userName" ? { matching: 1 } : {};
  return { users: { ...users, mappings: [...others, { target, source, applies: "always", ...matching }] } };
}

function actions(of: "users" | "groups", off: "create" | "update" | "delete"): Partial<EntraAppSettings> {
  const object = documentedEntraSettings[of];
  return { [of]: { ...object, actions: { ...object.actions, [off]: false } } };
}

const direct = (attribute: string) => ({ kind: "direct", attribute }) as const;
const expression = (text: string) => ({ kind: "expression", text }) as const;
const defaults = ["title", "name.givenName", "name.familyName"].map((target): EntraMapping => ({
  target,
  source: direct("jobTitle"),
  applies: "always",
}));

describe("one sentence about what will go wrong, and what then happens", () => {
  test.each<[mistake: string, settings: Partial<EntraAppSettings>, warning: RegExp]>([
    ["the flag forgotten", { flag: false }, /^the Tenant URL lacks \?aadOptscim062020: .*legacy PATCH/],
    [
      "another attribute than that of single sign-on",
      mapped("userName", direct("userPrincipalName")),
      /^userName is mapped from userPrincipalName, but single sign-on identifies users by mail/,
    ],
    [
      "another attribute within an expression",
      mapped("userName", expression("ToLower([userPrincipalName], )")),
      /^userName is mapped from ToLower\(\[userPrincipalName\], \), but single sign-on identifies users by mail/,
    ],
    [
      "accountEnabled (cloudflare-docs PR #30543)",
      mapped("active", direct("accountEnabled")),
      /only blocked sign-in/,
    ],
    [
      "small letters (Unleash PR #9336)",
      mapped("active", expression('Switch([IsSoftDeleted], , "False", "true", "True", "false")')),
      /^the expression of active has "true" in lowercase: .*users are not disabled/,
    ],
    [
      "IsSoftDeleted as it is",
      mapped("active", direct("IsSoftDeleted")),
      /which is inverted: users in scope get an inactive account/,
    ],
    ["a constant", mapped("active", { kind: "constant", value: "True" }), /does not depend on IsSoftDeleted/],
    [
      "the mapping of active deleted",
      { users: { ...users, mappings: users.mappings.filter(({ target }) => target !== "active") } },
      /^active is not mapped: .*keep an active account/,
    ],
    [
      "the mapping of members deleted",
      { groups: { ...groups, mappings: groups.mappings.filter(({ target }) => target !== "members") } },
      /^members are not mapped: every Team stays without members/,
    ],
    [
      "default mappings left in",
      { users: { ...users, mappings: [...users.mappings, ...defaults] } },
      /^3 default mappings of users were kept \(title, name\.givenName, name\.familyName, …\)/,
    ],
    [
      "app roles with Sync all",
      {
        ...mapped("roles", expression("AppRoleAssignmentsComplex([appRoleAssignments])")),
        scope: "all",
      },
      /^app roles are mapped, .* not with Sync all/,
    ],
    [
      "the Switch the wrong way round",
      mapped("active", expression('Switch([IsSoftDeleted], , "True", "True", "False", "False")')),
      /^the expression of active is inverted: users in scope get an inactive account/,
    ],
    [
      "an IIF the wrong way round",
      mapped("active", expression('IIF([IsSoftDeleted]="True", "True", "False")')),
      /^the expression of active is inverted/,
    ],
    [
      "a Switch without a case for leavers",
      mapped("active", expression('Switch([IsSoftDeleted], "True", "False", "True")')),
      /^the expression of active does not yield "False" for users who leave the scope: they are not disabled/,
    ],
    [
      "a Switch without a case for users in scope",
      mapped("active", expression('Switch([IsSoftDeleted], , "True", "False")')),
      /^the expression of active does not yield "True" for users in scope: disabled users stay disabled/,
    ],
    [
      "a Switch that disables everybody",
      mapped("active", expression('Switch([IsSoftDeleted], "False", "x", "True")')),
      /^active is always false: users in scope get an inactive account/,
    ],
    [
      "accountEnabled the wrong way round",
      mapped("active", expression("Not([accountEnabled])")),
      /^active is false for users who can sign in: users in scope get an inactive account/,
    ],
    [
      "a constant that disables",
      mapped("active", { kind: "constant", value: "False" }),
      /^active is always false: users in scope get an inactive account/,
    ],
    [
      "app roles mapped directly to roles",
      mapped("roles", direct("appRoleAssignments")),
      /^roles is mapped directly from appRoleAssignments, which Microsoft advises against/,
    ],
    [
      "app roles mapped directly to another attribute",
      mapped("userType", direct("appRoleAssignments")),
      /^userType is mapped directly from appRoleAssignments/,
    ],
    [
      "an extension that is none of a custom attribute",
      mapped("urn:example:docker:User:role", direct("department")),
      /^urn:example:docker:User:role is not the name of a custom attribute/,
    ],
    ["users not enabled", { users: { ...users, enabled: false } }, /provisions no users/],
    ["groups not enabled", { groups: { ...groups, enabled: false } }, /creates no Teams/],
    ["no Create of users", actions("users", "create"), /^the Create action of users is off/],
    ["no Update of users (sentry-docs #16258)", actions("users", "update"), /users are not disabled/],
    ["no Delete of users", actions("users", "delete"), /keep an inactive account/],
    ["no Create of groups", actions("groups", "create"), /^the Create action of groups is off/],
    ["no Update of groups", actions("groups", "update"), /are not renamed/],
    ["no Delete of groups", actions("groups", "delete"), /Team of a group .* stays/],
    ["SkipOutOfScopeDeletions", { skipOutOfScopeDeletions: true }, /keep an active account/],
  ])("%s", (_mistake, settings, warning) => {
    const warnings = entraWarnings({ ...documentedEntraSettings, ...settings });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(warning);
    expect(warnings[0]).toMatch(/\.$/);
  });

  test("nothing about an expression of the attribute of single sign-on", () => {
    const settings = { ...documentedEntraSettings, ...mapped("userName", expression("ToLower([mail], )")) };
    expect(entraWarnings(settings)).toEqual([]);
  });

  test.each([
    "Not([IsSoftDeleted])",
    'IIF([IsSoftDeleted]="True", "False", "True")',
    'Switch([IsSoftDeleted], "True", "True", "False")',
    // What it makes of a user depends on more than the scope.
    'IIF([department]="Data", Switch([IsSoftDeleted], , "False", "True", "True", "False"), "False")',
  ])("nothing about an expression of active that disables whom it should: %s", (text) => {
    const settings = { ...documentedEntraSettings, ...mapped("active", expression(text)) };
    expect(entraWarnings(settings)).toEqual([]);
  });

  test.each([
    ["without the flag", { flag: false }],
    ["in the app of the gallery, which has no flag", { integration: "gallery", flag: false }],
  ] as const)("app roles that a PATCH has as JSON text, %s", (_what, settings) => {
    const roles = mapped("roles", expression("AppRoleAssignmentsComplex([appRoleAssignments])"));
    const warnings = entraWarnings({ ...documentedEntraSettings, ...roles, ...settings });
    expect(warnings.join(" ")).toContain("a PATCH has each role as JSON text");
  });

  test("nothing about a custom attribute, or one of the enterprise extension", () => {
    for (const urn of ["docker", "enterprise"]) {
      const target = `urn:ietf:params:scim:schemas:extension:${urn}:2.0:User:department`;
      const settings = { ...documentedEntraSettings, ...mapped(target, direct("department")) };
      expect(entraWarnings(settings)).toEqual([]);
    }
  });

  test("nothing about what Astro and Microsoft document", () => {
    expect(entraWarnings(documentedEntraSettings)).toEqual([]);
    expect(entraWarnings(gallerySettings)).toEqual([]);
  });
});
