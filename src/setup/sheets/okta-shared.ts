/** The parts of Okta's console that both kinds of app have. */

import type { SetupAnswers } from "../answers.ts";
import { box, field, step, type SheetSection } from "../sheet.ts";

/** Provisioning > To App (Astro docs: Set up SCIM provisioning, Okta). */
export function toAppSection(): SheetSection {
  return {
    place: "Provisioning > To App > Edit",
    lines: [
      box("create-users", "Create Users", true),
      box("update-user-attributes", "Update User Attributes", true),
      box("deactivate-users", "Deactivate Users", true, {
        note: "Without it, people who lose the app keep an active account.",
      }),
      box("sync-password", "Sync Password", false),
      step(
        "save-to-app",
        "Click Save. Do it before anybody is assigned: Okta sends nothing about earlier assignments.",
      ),
    ],
  };
}

/** The names that Okta has for the two attributes which can be the userName (Okta help: Application username format). */
export const usualFormats: Readonly<Record<string, string>> = { email: "Email", login: "Okta username" };

/** userName follows the sign-on settings (R6 of Astro's set-up page: "as configured in sign-on settings"). */
export function userNameSection({ mailAttribute }: SetupAnswers): SheetSection {
  const format = usualFormats[mailAttribute];
  return {
    place: "Sign On > Settings > Edit > Credentials Details",
    lines: [
      field(
        format === undefined ? "copy" : "select",
        ["username-format", "Application username format", format ?? `Custom: user.${mailAttribute}`],
        {
          note: "It becomes the userName in Astro, and must be the e-mail address of single sign-on.",
          setting: { name: "username-format", value: `user.${mailAttribute}` },
        },
      ),
      field("select", ["username-updates", "Update application username on", "Create and update"], {
        setting: { name: "username-updates", value: "Create and update" },
      }),
    ],
  };
}

export function assignmentSection({ usersOnly }: SetupAnswers): SheetSection {
  return {
    place: "Assignments > Assign",
    lines: [
      step(
        "assign",
        usersOnly
          ? "Assign the people, or the groups that they are in."
          : "Assign people by groups of their own: not by the groups that are pushed.",
        usersOnly
          ? {}
          : {
              note: "Okta: a group that is both assigned and pushed loses or keeps members at the wrong time.",
            },
      ),
    ],
  };
}

export function pushSection({ usersOnly }: SetupAnswers): readonly SheetSection[] {
  if (usersOnly) return [];
  return [
    {
      place: "Push Groups > Push Groups > Find groups by name",
      lines: [
        step(
          "push",
          "Push each group that is to be a Team, with Push group memberships immediately ticked.",
          {
            note: "A Team of the same name is linked. Members get only into the Team if they are assigned to the app.",
          },
        ),
      ],
    },
  ];
}
