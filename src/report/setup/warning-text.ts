/** What is said of a set-up that is known to fail, and what to do about it. */

import { entraFlag } from "../../astro/address.ts";
import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import type { SetupWarning } from "../../setup/warnings.ts";
import { namesOf } from "../layout/counted.ts";

export interface WarningWords {
  readonly text: string;
  readonly advice: string;
}

/** Two sentences: what is wrong with its effect, and what to do. Names and values are safe for a terminal. */
export function warningWords(warning: SetupWarning): WarningWords {
  if ("url" in warning) return urlWords[warning.kind](printable(warning.url));
  switch (warning.kind) {
    case "mail-unlike-sso":
      return {
        text: printable(
          `userName is filled from ${warning.mailAttribute}, and single sign-on uses ${warning.ssoAttribute}: people sign in as another account than the one that was provisioned.`,
        ),
        advice: "Use the same attribute for both.",
      };
    case "mapping-extra":
      return {
        text: printable(
          `${warning.target} is mapped for ${warning.of}, and Astro's documentation does not map it.`,
        ),
        advice: "Delete the mapping.",
      };
    case "update-off":
      return {
        text: `${warning.toggle} is off: nobody is ever deactivated in Astro.`,
        advice: "Switch it on.",
      };
    case "users-without-mail":
      return {
        text: printable(
          `${plural(warning.users.length, "assigned user")} without ${warning.attribute} cannot be provisioned: ${namesOf(warning.users)}.`,
        ),
        advice: "Give them an e-mail address, or do not assign them.",
      };
    case "nested-groups":
      return {
        text: printable(
          `${namesOf(warning.groups)}: the members of groups within an assigned group are not provisioned.`,
        ),
        advice: "Assign the inner groups, or make their members direct members.",
      };
    case "group-assigned-and-pushed":
      return {
        text: printable(
          `${namesOf(warning.groups)}: the same group is assigned and pushed, so memberships get lost or stay behind.`,
        ),
        advice: "Assign people by other groups than those that are pushed.",
      };
    case "scim-off":
      return {
        text: "The organization does not accept SCIM yet: the SCIM integration is off in Astro.",
        advice: "Switch it on before you test the connection.",
      };
    default:
      return warning satisfies never;
  }
}

type UrlWarningKind = Extract<SetupWarning, { readonly url: string }>["kind"];

const exact = `Write ?${entraFlag} once, exactly like this, at the very end of the URL.`;

const urlWords: Readonly<Record<UrlWarningKind, (url: string) => WarningWords>> = {
  "flag-missing": (url) => ({
    text: `The Tenant URL ${url} has no ${entraFlag}: Entra ID does not follow the SCIM standard without it.`,
    advice: exact,
  }),
  "flag-misspelt": (url) => ({
    text: `The Tenant URL ${url} has a flag that is not exactly ?${entraFlag}: Entra ID ignores it.`,
    advice: exact,
  }),
  "flag-in-path": (url) => ({
    text: `The Tenant URL ${url} has the flag in its path, where Entra ID does not look for it.`,
    advice: exact,
  }),
  "flag-encoded": (url) => ({
    text: `The Tenant URL ${url} has %3F in place of a question mark: the flag is part of the path.`,
    advice: exact,
  }),
  "flag-doubled": (url) => ({ text: `The Tenant URL ${url} has the flag twice.`, advice: exact }),
  "flag-in-okta": (url) => ({
    text: `The SCIM connector base URL ${url} has a flag that only Entra ID knows.`,
    advice: "Remove it.",
  }),
  "flag-in-gallery-app": (url) => ({
    text: `The Tenant URL ${url} has a flag that does not apply to apps of the gallery.`,
    advice: "Remove it.",
  }),
  "slash-at-end": (url) => ({
    text: `The URL ${url} ends with a slash: requests then have two slashes in their path.`,
    advice: "Remove the slash.",
  }),
  "resource-in-path": (url) => ({
    text: `The URL ${url} leads to a resource below the SCIM base URL.`,
    advice: "Remove what stands behind the organization.",
  }),
  "other-address": (url) => ({
    text: `The URL ${url} is not the SCIM URL of the organization.`,
    advice: "Use the URL of the sheet.",
  }),
};
