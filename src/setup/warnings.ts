/** Set-ups that are known to fail, each under its own name. Pure: what it looks at has been read already. */

import { assignedUserKeys, type Directory, type DirectoryUser } from "../directory/directory.ts";
import type { ShownSetup } from "../directory/shown-setup.ts";
import type { SetupAnswers } from "./answers.ts";
import { extraMappings } from "./compare.ts";
import type { Sheet } from "./sheet.ts";
import { urlFaults, type UrlFault } from "./tenant-url.ts";

export type SetupWarning =
  | { readonly kind: UrlFault; readonly url: string }
  /** userName is filled from another attribute than single sign-on uses. */
  | { readonly kind: "mail-unlike-sso"; readonly mailAttribute: string; readonly ssoAttribute: string }
  /** An attribute is mapped that Astro's documentation does not have. */
  | { readonly kind: "mapping-extra"; readonly of: "users" | "groups"; readonly target: string }
  /** Update is off: nobody is ever deactivated (Okta: Deactivate Users). */
  | { readonly kind: "update-off"; readonly toggle: string }
  /** Assigned, and without a value for the attribute that becomes the userName. */
  | { readonly kind: "users-without-mail"; readonly attribute: string; readonly users: readonly string[] }
  /** Assigned groups with groups within them, whose members are not provisioned. */
  | { readonly kind: "nested-groups"; readonly groups: readonly string[] }
  /** Groups that are both assigned and pushed. */
  | { readonly kind: "group-assigned-and-pushed"; readonly groups: readonly string[] }
  /** The organization does not accept SCIM. */
  | { readonly kind: "scim-off" };

/** What is known; what is undefined was not read, and nothing is said of it. */
export interface Known {
  readonly answers: SetupAnswers;
  readonly sheet: Sheet;
  /** The SCIM URL as it is in the console: read, or given. */
  readonly enteredUrl: string | undefined;
  readonly shown: ShownSetup | undefined;
  readonly directory: Directory | undefined;
  /** "SCIM integration" of the organization. */
  readonly isScimEnabled: boolean | undefined;
}

/** In the order of the list above. */
export function warningsOf(known: Known): readonly SetupWarning[] {
  const { answers, enteredUrl, shown, directory, isScimEnabled } = known;
  return [
    ...(isScimEnabled === false ? [{ kind: "scim-off" } as const] : []),
    ...(enteredUrl === undefined
      ? []
      : urlFaults(enteredUrl, answers)
          .filter((kind) => kind !== "other-address" || answers.organizationId !== undefined)
          .map((kind) => ({ kind, url: enteredUrl }))),
    ...signOnWarnings(known),
    ...(shown === undefined ? [] : appWarnings(known, shown)),
    ...(directory === undefined ? [] : directoryWarnings(answers, directory)),
  ];
}

/** The live app counts where it was read: the answers say what is meant to be. */
function signOnWarnings({ answers, shown }: Known): readonly SetupWarning[] {
  const { ssoAttribute } = answers;
  const mailAttribute = userNameAttribute(answers.idp, shown) ?? answers.mailAttribute;
  if (mailAttribute.toLowerCase() === ssoAttribute.toLowerCase()) return [];
  return [{ kind: "mail-unlike-sso", mailAttribute, ssoAttribute }];
}

/** The attribute that becomes the userName in the live app; undefined where it is not a single one, or not known. */
function userNameAttribute(idp: SetupAnswers["idp"], shown: ShownSetup | undefined): string | undefined {
  if (idp === "entra") {
    const source = shown?.mappings.users.find(({ target }) => target.toLowerCase() === "username")?.source;
    return source !== undefined && /^\w+$/.test(source) ? source : undefined;
  }
  const format = shown?.settings.get("username-format");
  if (format?.kind !== "shown") return undefined;
  return /^user\.(\w+)$/.exec(String(format.value))?.[1];
}

function appWarnings({ answers, sheet }: Known, shown: ShownSetup): readonly SetupWarning[] {
  // An app of Okta's catalog brings its own mappings, which no page lists.
  const listsMappings = answers.idp === "entra" || answers.integration === "manual";
  const kinds = answers.usersOnly ? (["users"] as const) : (["users", "groups"] as const);
  return [
    ...(listsMappings
      ? kinds.flatMap((of) =>
          extraMappings(sheet, shown, of).map(({ target }): SetupWarning => ({
            kind: "mapping-extra",
            of,
            target,
          })),
        )
      : []),
    ...updateOff(answers, shown),
  ];
}

function updateOff({ idp }: SetupAnswers, { settings }: ShownSetup): readonly SetupWarning[] {
  const setting = settings.get(idp === "okta" ? "deactivate-users" : "users-update");
  if (setting?.kind !== "shown" || setting.value === true) return [];
  const toggle = idp === "okta" ? "Deactivate Users" : "Target Object Actions: Update";
  return [{ kind: "update-off", toggle }];
}

function directoryWarnings(
  { idp, mailAttribute, usersOnly }: SetupAnswers,
  directory: Directory,
): readonly SetupWarning[] {
  const { users, groups, assignedGroups, pushedGroups } = directory;
  const assigned = [...assignedUserKeys(directory)].flatMap((key) => users.get(key) ?? []);
  const withoutMail = assigned.filter((user) => isProvisioned(user) && isEmpty(user.profile[mailAttribute]));
  const nested = [...assignedGroups].filter((key) => (groups.get(key)?.nestedGroups?.size ?? 0) > 0);
  const both = usersOnly ? [] : [...assignedGroups].filter((key) => pushedGroups.has(key));
  const named = (keys: readonly string[]): readonly string[] =>
    keys.map((key) => groups.get(key)?.name ?? key);
  return [
    ...(withoutMail.length === 0
      ? []
      : [
          {
            kind: "users-without-mail",
            attribute: mailAttribute,
            users: withoutMail.map(({ key }) => key),
          } as const,
        ]),
    ...(idp === "entra" && nested.length > 0
      ? [{ kind: "nested-groups", groups: named(nested) } as const]
      : []),
    ...(idp === "okta" && both.length > 0
      ? [{ kind: "group-assigned-and-pushed", groups: named(both) } as const]
      : []),
  ];
}

/** Who has left is not waited for. */
function isProvisioned({ status }: DirectoryUser): boolean {
  return status !== "deactivated" && status !== "soft-deleted";
}

function isEmpty(value: DirectoryUser["profile"][string] | undefined): boolean {
  return value === undefined || value === null || String(value).trim() === "";
}
