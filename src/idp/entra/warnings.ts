/** What in the app's settings will go wrong, said before anything is sent: one sentence each, with what then happens. */

import { appRoleAssignments } from "../../directory/app-role.ts";
import type { EntraAppSettings, EntraMapping } from "../../directory/entra-app-settings.ts";
import { enterpriseUserSchemaUrn } from "../../scim/urn.ts";
import { activeWarnings } from "./active-warnings.ts";

/** In the order in which an administrator meets them: connection, users, groups, scope. */
export function entraWarnings(settings: EntraAppSettings): readonly string[] {
  return [
    ...flagWarnings(settings),
    ...userWarnings(settings),
    ...groupWarnings(settings),
    ...actionWarnings(settings),
  ];
}

function flagWarnings({ integration, flag }: EntraAppSettings): readonly string[] {
  if (integration === "gallery" || flag) return [];
  return [
    "the Tenant URL lacks ?aadOptscim062020: Entra ID sends its legacy PATCH requests, with capitalised operations, booleans " +
      "as strings, and member removals that servers which follow the RFC refuse or read as the removal of all members.",
  ];
}

function userWarnings(settings: EntraAppSettings): readonly string[] {
  const { users, ssoAttribute } = settings;
  if (!users.enabled)
    return ["the mapping of users is not enabled: Entra ID provisions no users and no members."];
  const otherName = otherNameOf(sourceOf(users.mappings, "userName"), ssoAttribute);
  return [
    ...(otherName !== undefined
      ? [
          `userName is mapped from ${otherName}, but single sign-on identifies users by ${ssoAttribute}: ` +
            "users sign in with another account than the provisioned one.",
        ]
      : []),
    ...activeWarnings(settings),
    ...leftOver(users.mappings),
    ...roleWarnings(settings),
    ...extensionWarnings(users),
  ];
}

/** Of what userName is made where the attribute of single sign-on has no part in it. */
function otherNameOf(source: EntraMapping["source"] | undefined, ssoAttribute: string): string | undefined {
  switch (source?.kind) {
    case undefined:
      return undefined;
    case "direct":
      return source.attribute === ssoAttribute ? undefined : source.attribute;
    case "constant":
      return "a constant";
    case "none":
      return "nothing but a default value";
    case "expression":
      return source.text.includes(`[${ssoAttribute}]`) ? undefined : source.text;
    default:
      return source satisfies never;
  }
}

/** Microsoft: Customize attribute mappings, Provisioning a role to a SCIM app. */
function roleWarnings({ users, scope, flag }: EntraAppSettings): readonly string[] {
  const direct = users.mappings.filter(
    ({ source }) => source.kind === "direct" && source.attribute === appRoleAssignments,
  );
  const mapsRoles = users.mappings.some(
    ({ source }) => source.kind === "expression" && source.text.includes("AppRoleAssignment"),
  );
  return [
    ...direct.map(
      ({ target }) =>
        `${target} is mapped directly from ${appRoleAssignments}, which Microsoft advises against: Astro gets the assignments as JSON ` +
        `text; write SingleAppRoleAssignment([${appRoleAssignments}]), or for roles AppRoleAssignmentsComplex([${appRoleAssignments}]).`,
    ),
    ...(mapsRoles && !flag
      ? [
          "app roles are mapped, and without aadOptscim062020 a PATCH has each role as JSON text: after a change of " +
            "roles, Astro holds this text in place of the role.",
        ]
      : []),
    ...((mapsRoles || direct.length > 0) && scope === "all"
      ? [
          "app roles are mapped, which Microsoft supports only with Sync only assigned users and groups, not with Sync all.",
        ]
      : []),
  ];
}

/** Microsoft: Customize attribute mappings, custom extension attribute: how such an attribute must be named. */
const customAttribute = /^urn:ietf:params:scim:schemas:extension:[^:]+:2\.0:(?:User|Group):[^:]+$/i;

function extensionWarnings({ mappings }: EntraAppSettings["users"]): readonly string[] {
  return mappings
    .filter(({ target }) => /^urn:/i.test(target) && !/^urn:ietf:params:scim:schemas:core:/i.test(target))
    .filter(({ target }) => !customAttribute.test(target))
    .map(
      ({ target }) =>
        `${target} is not the name of a custom attribute: Entra ID accepts ` +
        "urn:ietf:params:scim:schemas:extension:CustomExtensionName:2.0:User:CustomAttribute only.",
    );
}

function groupWarnings({ groups, users }: EntraAppSettings): readonly string[] {
  if (!groups.enabled) return ["the mapping of groups is not enabled: Entra ID creates no Teams."];
  const hasMembers = sourceOf(groups.mappings, "members") !== undefined;
  return hasMembers || !users.enabled ? [] : ["members are not mapped: every Team stays without members."];
}

function actionWarnings({ users, groups, skipOutOfScopeDeletions }: EntraAppSettings): readonly string[] {
  return [
    ...(users.actions.create
      ? []
      : ["the Create action of users is off: only existing accounts are provisioned."]),
    ...(users.actions.update
      ? []
      : [
          "the Update action of users is off: changes of users do not reach Astro, and users are not disabled.",
        ]),
    ...(users.actions.delete
      ? []
      : [
          "the Delete action of users is off: users who are permanently deleted in Entra ID keep an inactive account.",
        ]),
    ...(groups.actions.create ? [] : ["the Create action of groups is off: no Teams are created."]),
    ...(groups.actions.update
      ? []
      : ["the Update action of groups is off: Teams are not renamed, and their members do not change."]),
    ...(groups.actions.delete
      ? []
      : ["the Delete action of groups is off: the Team of a group that is unassigned or deleted stays."]),
    ...(skipOutOfScopeDeletions
      ? [
          "SkipOutOfScopeDeletions is on: users who are unassigned or fail the scoping filters keep an active account.",
        ]
      : []),
  ];
}

/** What a new custom app maps, and Astro's setup page says to delete (Microsoft: Customize attribute mappings). */
const defaultUserTargets: ReadonlySet<string> = new Set([
  "externalId",
  "title",
  "preferredLanguage",
  "name.givenName",
  "name.familyName",
  "name.formatted",
  'emails[type eq "work"].value',
  'addresses[type eq "work"].formatted',
  'addresses[type eq "work"].streetAddress',
  'addresses[type eq "work"].locality',
  'addresses[type eq "work"].region',
  'addresses[type eq "work"].postalCode',
  'addresses[type eq "work"].country',
  'phoneNumbers[type eq "work"].value',
  'phoneNumbers[type eq "mobile"].value',
  'phoneNumbers[type eq "fax"].value',
  ...["employeeNumber", "department", "manager"].map((name) => `${enterpriseUserSchemaUrn}:${name}`),
]);

/** Three or more of the default rows: they were not mapped on purpose, but left in. */
function leftOver(mappings: readonly EntraMapping[]): readonly string[] {
  const found = mappings.map(({ target }) => target).filter((target) => defaultUserTargets.has(target));
  if (found.length < 3) return [];
  return [
    `${found.length} default mappings of users were kept (${found.slice(0, 3).join(", ")}, …), which Astro's setup page ` +
      "says to delete: every change of them is sent, but Astro does not use them.",
  ];
}

function sourceOf(mappings: readonly EntraMapping[], target: string): EntraMapping["source"] | undefined {
  return mappings.find((mapping) => mapping.target === target)?.source;
}
