/** Who is to have an account in Astro, and which groups are to be Teams, by Okta's assignments and mappings. */

import type { OktaAppSettings } from "../../directory/app-settings.ts";
import { assignedUserKeys, type Directory } from "../../directory/directory.ts";
import type { AccountRules } from "../accounts/accounts.ts";
import { isUnmappable } from "../accounts/unmappable.ts";
import type { AppValue } from "./mapping/app-attributes.ts";
import { compileMapping, mapUser, type AppProfile, type Mapping } from "./mapping/mapping.ts";

/**
 * Okta sends nothing about a staged user before it is activated, so an account that is there stays as it is: `either`, too.
 * A suspended user may have an account or not, and may be in Teams or not (Okta: Understanding SCIM: suspension sends
 * nothing), so it is `either`. So is a user who was assigned before Provisioning was switched on (Okta: Provision users).
 * @throws AppError invalid-file for a mapping that is wrong
 */
export function oktaAccountRules(directory: Directory, settings: OktaAppSettings): AccountRules {
  const mapping = compileMapping(settings, directory);
  const assigned = assignedUserKeys(directory);
  return {
    attributePaths: mapping.attributes.filter(({ isCompared }) => isCompared).map(({ path }) => path.text),
    account: (user) => {
      const mapped = mapUser(mapping, user);
      if (isUnmappable(mapped)) return mapped;
      return {
        userName: mapped.userName,
        externalId: user.objectId,
        attributes: attributesByPath(mapped, mapping),
      };
    },
    standing: ({ key, status }) => {
      if (status === "deactivated") return { presence: "not-active", reason: "deactivated in Okta" };
      if (!assigned.has(key)) return { presence: "not-active", reason: "not assigned to the app" };
      if (directory.ssoOnlyUsers.has(key)) {
        return { presence: "either", reason: "assigned before Provisioning was switched on", ssoOnly: true };
      }
      if (status === "suspended") return { presence: "either", reason: "suspended in Okta" };
      if (status === "staged" && settings.fidelity.stagedUsers === "activation") {
        return { presence: "either", reason: "staged in Okta, not activated yet" };
      }
      return { presence: "active", reason: "assigned to the app" };
    },
    teams: [...directory.groups.values()]
      .filter(({ key }) => directory.pushedGroups.has(key))
      .map((group) => ({ group, name: group.name })),
  };
}

function attributesByPath(
  { attributes: values }: AppProfile,
  mapping: Mapping,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    mapping.attributes.flatMap(({ name, path, isCompared }) => {
      const value = values[name];
      return value === undefined || !isCompared ? [] : [[path.text, comparedText(value)] as const];
    }),
  );
}

/** As the values of a target are read for a comparison: of a list the values, sorted. */
function comparedText(value: AppValue): string {
  return typeof value === "object"
    ? JSON.stringify([...new Set(value.map(String))].toSorted())
    : String(value);
}
