/** What can still be done in Astro itself while SCIM manages users and Teams (Astro docs: Manage Teams). Pure. */

import type { OrganizationRow } from "../store/organization-row.ts";
import type { OwnPart } from "../store/own-part.ts";
import type { OrganizationRules } from "./rules.ts";

export type TeamAction = "create" | "add-members" | "remove-member" | "delete" | "rename" | "change-roles";

/** A Team that was made in Astro itself, or one that came over SCIM. */
type TeamKind = "local" | "idp-managed";

type Verdict = (rules: OrganizationRules) => "allow" | "refuse";

const allow: Verdict = () => "allow";
const refuse: Verdict = () => "refuse";

/** A Team that is created is neither yet. Roles are always given in Astro: SCIM carries none. */
const verdicts: Readonly<Record<TeamAction, Readonly<Record<TeamKind, Verdict>>>> = {
  create: { local: refuse, "idp-managed": refuse },
  "add-members": { local: refuse, "idp-managed": refuse },
  "remove-member": { local: allow, "idp-managed": ({ removeFromIdpTeam }) => removeFromIdpTeam },
  delete: { local: allow, "idp-managed": ({ deleteIdpTeam }) => deleteIdpTeam },
  rename: {
    local: ({ renameLocalTeam }) => renameLocalTeam,
    "idp-managed": ({ renameIdpTeam }) => renameIdpTeam,
  },
  "change-roles": { local: allow, "idp-managed": allow },
};

/** Whether an action is refused because SCIM is enabled; `team` undefined for one that does not exist yet. */
export function isRefusedInScimMode(
  action: TeamAction,
  team: OwnPart | undefined,
  { isScimEnabled }: Pick<OrganizationRow, "isScimEnabled">,
  rules: OrganizationRules,
): boolean {
  if (!isScimEnabled) return false;
  const kind: TeamKind = team?.isIdpManaged === true ? "idp-managed" : "local";
  return verdicts[action][kind](rules) === "refuse";
}
