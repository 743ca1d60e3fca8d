/** Who is to have an account in Astro, and which groups are to be Teams, by Okta's assignments and mappings. */

import { externalIdPath } from "../../astro/compared-value.ts";
import type { OktaAppSettings } from "../../directory/app-settings.ts";
import { assignedUserKeys, type Directory } from "../../directory/directory.ts";
import type { AccountRules } from "../accounts/accounts.ts";
import { isUnmappable } from "../accounts/unmappable.ts";
import { compileMapping, mapUser, type AppProfile, type Mapping } from "./mapping/mapping.ts";

/**
 * A suspended user may have an account or not, and may be in Teams or not (Okta: Understanding SCIM: suspension sends
 * nothing), so it is `either`.
 * @throws AppError invalid-file for a mapping that is wrong
 */
export function oktaAccountRules(directory: Directory, settings: OktaAppSettings): AccountRules {
  const mapping = compileMapping(settings, directory);
  const assigned = assignedUserKeys(directory);
  return {
    attributePaths: mapping.attributes.map(({ path }) => path.text),
    account: (user) => {
      const mapped = mapUser(mapping, user);
      if (isUnmappable(mapped)) return mapped;
      return {
        userName: mapped.userName,
        externalId: settings.fidelity.userExternalId === "send" ? user.objectId : undefined,
        ...(user.isIdMadeUp === true ? { fromUnknownId: [externalIdPath] } : {}),
        attributes: attributesByPath(mapped, mapping),
      };
    },
    standing: ({ key, status }) => {
      if (status === "deactivated") return { presence: "not-active", reason: "deactivated in Okta" };
      if (!assigned.has(key)) return { presence: "not-active", reason: "not assigned to the app" };
      if (status === "suspended") return { presence: "either", reason: "suspended in Okta" };
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
    mapping.attributes.flatMap(({ name, path }) => {
      const value = values[name];
      return value === undefined ? [] : [[path.text, value] as const];
    }),
  );
}
