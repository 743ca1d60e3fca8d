/** Who is to have an account in Astro, and which groups are to be Teams, by Okta's assignments and mappings. */

import { externalIdPath, listText } from "../../astro/compared-value.ts";
import type { AttributeNotCompared } from "../../astro/state.ts";
import type { OktaAppSettings } from "../../directory/app-settings.ts";
import { assignedUserKeys, teamNameOf, type Directory } from "../../directory/directory.ts";
import type { AccountRules, MappedAccount } from "../accounts/accounts.ts";
import { isUnmappable } from "../accounts/unmappable.ts";
import type { AppValue } from "./mapping/app-attributes.ts";
import { callsIn, referencesIn, type Expression } from "./expression/ast.ts";
import { compileMapping, mapUser, type AppProfile, type Mapping } from "./mapping/mapping.ts";

/**
 * Okta sends nothing about a staged user before it is activated, so an account that is there stays as it is: `either`, too.
 * A suspended user may have an account or not, and may be in Teams or not (Okta: Understanding SCIM: suspension sends
 * nothing), so it is `either`. So is a user who was assigned before Provisioning was switched on (Okta: Provision users).
 * @throws AppError invalid-file for a mapping that is wrong
 */
export function oktaAccountRules(directory: Directory, settings: OktaAppSettings): AccountRules {
  const asked = compileMapping(settings, directory);
  // A userName that hangs on the time is nobody's; any other attribute that does is left out of the comparison.
  const mapping = hangsOnTime(asked.userName) ? asked : compileMapping(settings, directory, new Date(0));
  const timed = timedAttributes(mapping);
  const assigned = assignedUserKeys(directory);
  return {
    attributePaths: mapping.attributes.filter(({ isCompared }) => isCompared).map(({ path }) => path.text),
    account: (user) => {
      const mapped = mapUser(mapping, user);
      if (isUnmappable(mapped)) return mapped;
      return {
        userName: mapped.userName,
        externalId: settings.fidelity.userExternalId === "send" ? user.objectId : undefined,
        ...(user.isIdMadeUp === true ? { fromUnknownId: [externalIdPath] } : {}),
        ...attributesByPath(mapped, mapping, timed),
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
      .map((group) => ({ group, name: teamNameOf(group) })),
  };
}

/** Names of attributes whose value hangs on the time, by itself or through another attribute of the app. */
function timedAttributes({ rows }: Mapping): ReadonlySet<string> {
  const timed = new Set<string>();
  for (const { attribute, expression } of rows) {
    const readsTimed = referencesIn(expression).some(
      (reference) => reference.root === "appuser" && timed.has(reference.attribute),
    );
    if (readsTimed || hangsOnTime(expression)) timed.add(attribute);
  }
  return timed;
}

function hangsOnTime(expression: Expression): boolean {
  return callsIn(expression).some(({ called }) => called.hangsOn === "time");
}

function attributesByPath(
  { attributes: values }: AppProfile,
  mapping: Mapping,
  timed: ReadonlySet<string>,
): Pick<MappedAccount, "attributes" | "notCompared"> {
  const notCompared: AttributeNotCompared[] = [];
  const attributes: Record<string, string> = {};
  for (const { name, path, isCompared } of mapping.attributes) {
    const value = values[name];
    if (timed.has(name)) notCompared.push({ attribute: path.text, why: "never-the-same" });
    else if (value === undefined) continue;
    else if (!isCompared) notCompared.push({ attribute: path.text, why: "unsupported-type" });
    else {
      const text = comparedTextOf(value);
      if (text !== undefined) attributes[path.text] = text;
    }
  }
  return notCompared.length === 0 ? { attributes } : { attributes, notCompared };
}

/** As the values of a target are read for a comparison. */
function comparedTextOf(value: AppValue): string | undefined {
  return typeof value === "object" ? listText(value.map(String)) : String(value);
}
