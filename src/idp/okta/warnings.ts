/** What in the app's settings will go wrong, said before anything is sent: one sentence each, with what then happens. */

import { plural } from "../../ground/text/plural.ts";
import { expressionOf } from "../../astro/okta-attributes/okta-app-attribute.ts";
import type { OktaAppSettings } from "../../directory/app-settings.ts";
import type { Directory } from "../../directory/directory.ts";
import { assignedUserKeys } from "../../directory/directory.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { nameList } from "../../ground/text/name-list.ts";
import { isUnmappable } from "../accounts/unmappable.ts";
import { appAttributes, unsentAttributes } from "./mapping/app-attributes.ts";
import { compileMapping, mapUser, type AppProfile } from "./mapping/mapping.ts";
import { requestShapes } from "./requests/request-shapes.ts";

/**
 * In the order in which an administrator meets them: look-up, users, groups.
 * @throws AppError invalid-file for a mapping that is wrong
 */
export function oktaWarnings(settings: OktaAppSettings, start: Directory): readonly string[] {
  return [
    ...lookupWarnings(settings, start),
    ...attributeWarnings(settings),
    ...actionWarnings(settings),
    ...ssoOnlyWarnings(start),
    ...bothWaysWarnings(start),
    ...membershipWarnings(settings, start),
  ];
}

/** Okta looks by the value of the unique identifier field, and sends the application username (Okta: Okta and SCIM Version 2.0). */
function lookupWarnings(settings: OktaAppSettings, start: Directory): readonly string[] {
  if (requestShapes(settings).lookupValue !== "email") return [];
  const differing = firstDiffering(settings, start);
  if (differing === undefined) return [];
  const { userName, attributes } = differing;
  return [
    `Okta looks up accounts by e-mail address but sends a different userName (${userName} for ${attributes.email}): an existing ` +
      "account with that userName is not found, and creating it again is a conflict.",
  ];
}

function firstDiffering(settings: OktaAppSettings, start: Directory): AppProfile | undefined {
  const mapping = compileMapping(settings, start);
  for (const key of assignedUserKeys(start)) {
    const user = start.users.get(key);
    const profile = user === undefined ? undefined : mapUser(mapping, user);
    if (profile === undefined || isUnmappable(profile)) continue;
    const { email } = profile.attributes;
    if (email !== undefined && foldCase(email) !== foldCase(profile.userName)) return profile;
  }
  return undefined;
}

/** Okta support: Custom Schema Attribute is Not Being Sent; and what no comparison can tell. */
function attributeWarnings(settings: OktaAppSettings): readonly string[] {
  const uncompared = appAttributes(settings).filter(
    ({ name, isCompared }) => !isCompared && expressionOf(settings.mappings[name] ?? "").trim() !== "",
  );
  return [
    ...unsentAttributes(settings).map(
      (name) => `The attribute ${name} of the app has no external namespace: Okta never sends it.`,
    ),
    ...uncompared.map(
      ({ name, path, type }) =>
        `The attribute ${name} of the app is sent as ${path.text} (${type}), and what Astro holds of it is not compared.`,
    ),
  ];
}

function actionWarnings({
  createUsers,
  updateUserAttributes,
  deactivateUsers,
}: OktaAppSettings): readonly string[] {
  return [
    ...(createUsers
      ? []
      : ["Create Users is off: users without an account in Astro do not get one, and their tasks fail."]),
    ...(updateUserAttributes
      ? []
      : ["Update User Attributes is off: a changed name or address does not reach Astro."]),
    ...(deactivateUsers
      ? []
      : ["Deactivate Users is off: users who are unassigned keep an active account in Astro."]),
  ];
}

/** Okta: Provision users. */
function ssoOnlyWarnings({ ssoOnlyUsers }: Directory): readonly string[] {
  if (ssoOnlyUsers.size === 0) return [];
  const [who, are] =
    ssoOnlyUsers.size === 1 ? ["1 user", "was"] : [plural(ssoOnlyUsers.size, "user"), "were"];
  return [
    `${who} ${are} assigned before Provisioning was switched on (${nameList([...ssoOnlyUsers])}): Okta sends nothing for them, ` +
      "not even when they leave, until Provision User (in a timeline: provision: all), or until they are unassigned and assigned again.",
  ];
}

/** Okta: App assignments and Group Push. */
function bothWaysWarnings({ pushedGroups, assignedGroups, groups }: Directory): readonly string[] {
  const both = [...pushedGroups].filter((key) => assignedGroups.has(key));
  return both.map(
    (key) =>
      `the group ${groups.get(key)?.name ?? key} is both assigned and pushed, which Okta does not support: memberships get lost.`,
  );
}

function membershipWarnings(
  { pushMembershipsImmediately }: OktaAppSettings,
  { pushedGroups }: Directory,
): readonly string[] {
  if (pushMembershipsImmediately || pushedGroups.size === 0) return [];
  return [
    "Push group memberships immediately is off: Teams get the current members of their groups only with Push now.",
  ];
}
