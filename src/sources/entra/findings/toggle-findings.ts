/** Switches of the console that are off, and what is never sent because of that. */

import type { EntraAppSettings, EntraTargetActions } from "../../../directory/entra-app-settings.ts";
import type { ProviderFinding } from "../../../directory/provider-finding.ts";

/** The console's names of the two mappings (Astro docs: Set up SCIM provisioning, Microsoft Entra ID). */
const mappingNames = {
  users: "Provision Microsoft Entra ID Users",
  groups: "Provision Microsoft Entra ID Groups",
} as const;

const disabledEffects = {
  users: "No users and no members are provisioned.",
  groups: "No Teams are created, renamed or deleted, and their members do not change.",
} as const;

const actionEffects: Readonly<
  Record<keyof typeof mappingNames, Readonly<Record<keyof EntraTargetActions, string>>>
> = {
  users: {
    create: "No accounts are created: only existing ones are provisioned.",
    update: "Changes of users are not sent, and nobody is disabled.",
    delete: "Users who are permanently deleted in Entra ID keep an inactive account.",
  },
  groups: {
    create: "No Teams are created.",
    update: "Teams are not renamed, and their members do not change.",
    delete: "The Team of a group that is unassigned or deleted stays.",
  },
};

const actionLabels: Readonly<Record<keyof EntraTargetActions, string>> = {
  create: "Create",
  update: "Update",
  delete: "Delete",
};

export function toggleFindings(settings: EntraAppSettings): readonly ProviderFinding[] {
  return (["users", "groups"] as const).flatMap((of): readonly ProviderFinding[] => {
    const { enabled, actions } = settings[of];
    const place = mappingNames[of];
    if (!enabled) return [{ kind: "toggle-off", toggle: `${place} > Enabled`, effect: disabledEffects[of] }];
    return (["create", "update", "delete"] as const)
      .filter((action) => !actions[action])
      .map((action) => ({
        kind: "toggle-off",
        toggle: `${place} > Target Object Actions > ${actionLabels[action]}`,
        effect: actionEffects[of][action],
      }));
  });
}
