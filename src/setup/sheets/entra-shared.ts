/** The parts of the Entra admin center that both kinds of app have. */

import { documentedActiveExpression } from "../../directory/entra-app-settings.ts";
import { enterpriseUserSchemaUrn } from "../../scim/urn.ts";
import type { SetupAnswers } from "../answers.ts";
import {
  box,
  field,
  step,
  type FieldLine,
  type MappingLine,
  type SheetLine,
  type SheetSection,
} from "../sheet.ts";

/** What a mapping of users or groups is called there. */
export const mappingNames = {
  users: "Provision Microsoft Entra ID Users",
  groups: "Provision Microsoft Entra ID Groups",
} as const;

const mapping = (
  of: "users" | "groups",
  [source, target]: readonly [source: string, target: string],
  isMatching = false,
): MappingLine => ({
  kind: "mapping",
  id: `${of}-mapping-${target}`,
  of,
  target,
  source,
  isMatching,
  applies: "Always",
});

/** What a new app of one's own maps besides (Microsoft: Tutorial: Develop a SCIM endpoint, default mappings). */
const defaultUserTargets: readonly string[] = [
  "externalId",
  "title",
  "preferredLanguage",
  "name.givenName",
  "name.familyName",
  "name.formatted",
  'emails[type eq "work"].value',
  ...["formatted", "streetAddress", "locality", "region", "postalCode", "country"].map(
    (part) => `addresses[type eq "work"].${part}`,
  ),
  ...["work", "mobile", "fax"].map((type) => `phoneNumbers[type eq "${type}"].value`),
  ...["employeeNumber", "department", "manager"].map((name) => `${enterpriseUserSchemaUrn}:${name}`),
];

export function usersSection({ mailAttribute }: SetupAnswers): SheetSection {
  return {
    place: `Provisioning > Mappings > ${mappingNames.users}`,
    lines: [
      ...actionLines("users"),
      {
        ...mapping("users", [mailAttribute, "userName"], true),
        ...(mailAttribute === "userPrincipalName"
          ? {}
          : {
              note: "A new app maps userPrincipalName: change it to the attribute with the e-mail address of single sign-on.",
            }),
      },
      { ...mapping("users", [documentedActiveExpression, "active"]), note: "The capital letters matter." },
      mapping("users", ["displayName", "displayName"]),
      { kind: "delete-mappings", id: "users-other-mappings", of: "users", targets: defaultUserTargets },
    ],
  };
}

/** @param externalId whether the app of the gallery maps it (Microsoft: Configure Astro for automatic user provisioning) */
export function groupsSection({ usersOnly }: SetupAnswers, externalId: boolean): SheetSection {
  const place = `Provisioning > Mappings > ${mappingNames.groups}`;
  if (usersOnly) {
    return {
      place,
      lines: [{ ...enabledLine("groups", false), note: "Otherwise an assigned group becomes a Team." }],
    };
  }
  return {
    place,
    lines: [
      ...actionLines("groups"),
      mapping("groups", ["displayName", "displayName"], true),
      ...(externalId ? [mapping("groups", ["objectId", "externalId"])] : []),
      mapping("groups", ["members", "members"]),
      {
        kind: "delete-mappings",
        id: "groups-other-mappings",
        of: "groups",
        targets: externalId ? [] : ["externalId"],
      },
    ],
  };
}

function enabledLine(of: "users" | "groups", isEnabled: boolean): FieldLine {
  const name = `${of}-enabled` as const;
  return field("select", [name, "Enabled", isEnabled ? "Yes" : "No"], {
    setting: { name, value: isEnabled },
  });
}

function actionLines(of: "users" | "groups"): readonly SheetLine[] {
  const note = of === "users" ? { note: "Without it nobody is ever deactivated in Astro." } : {};
  const scope = `${of}-scope` as const;
  return [
    enabledLine(of, true),
    field("select", [scope, "Source Object Scope", "All records"], {
      note: "A scoping filter keeps people and groups outside it away, and deprovisions those that leave it.",
      setting: { name: scope, value: "All records" },
    }),
    box(`${of}-create`, "Target Object Actions: Create", true),
    box(`${of}-update`, "Target Object Actions: Update", true, note),
    box(`${of}-delete`, "Target Object Actions: Delete", true),
  ];
}

/** Single sign-on is part of the same app or of another one; either way it names the user by the same attribute. */
export function signOnSection({ mailAttribute }: SetupAnswers): SheetSection {
  return {
    place: "Single sign-on > Attributes & Claims",
    lines: [
      field(
        "copy",
        ["sso-attribute", "Claim with the e-mail address", `user.${mailAttribute.toLowerCase()}`],
        {
          note: "It must be the attribute that becomes the userName; otherwise people sign in as somebody else than was provisioned.",
        },
      ),
    ],
  };
}

export function startSections({ usersOnly }: SetupAnswers): readonly SheetSection[] {
  return [
    {
      place: "Provisioning > Settings",
      lines: [
        field("select", ["scope", "Scope", "Sync only assigned users and groups"], {
          setting: { name: "scope", value: "Sync only assigned users and groups" },
        }),
      ],
    },
    {
      place: "Users and groups > Add user/group",
      lines: [
        step(
          "assign",
          usersOnly ? "Assign people, or groups of people." : "Assign each group that is to be a Team.",
          {
            note: "Only direct members of an assigned group are provisioned: people in nested groups are not.",
          },
        ),
      ],
    },
    {
      place: "Provisioning > Overview",
      lines: [
        step("job-state", "Click Start provisioning.", {
          note: "Run astro-scim preflight first: it shows what the first cycle will change.",
          checkedAs: "Provisioning status",
          setting: { name: "job-state", value: "running" },
        }),
      ],
    },
  ];
}
