/** Okta, an app that is not from the catalog (Astro docs: Set up SCIM provisioning, Okta, manual configuration). */

import { attributeNames, documentedAttributes } from "../../astro/attributes.ts";
import { defaultAppAttributes } from "../../astro/okta-attributes/okta-default-attributes.ts";
import type { SetupAnswers } from "../answers.ts";
import { box, field, step, type Sheet, type SheetLine } from "../sheet.ts";
import { astroSection } from "./astro-section.ts";
import { assignmentSection, pushSection, toAppSection, userNameSection } from "./okta-shared.ts";

export function oktaManualSheet(answers: SetupAnswers): Sheet {
  return {
    idp: "okta",
    integration: "manual",
    title: "Okta, an app of your own",
    sections: [
      astroSection(answers),
      {
        place: "Okta Admin Console > Applications > the app > General > App Settings",
        lines: [
          step(
            "app",
            "Open the SAML app that signs people in to Astro. If there is none: Create App Integration, SAML 2.0.",
            {
              note: "An OIDC app cannot have SCIM provisioning in the classic wizard.",
              checkedAs: "type of app",
              setting: { name: "integration", value: "manual" },
            },
          ),
          field("select", ["provisioning", "Provisioning", "SCIM"], {
            setting: { name: "provisioning", value: true },
          }),
        ],
      },
      integrationSection(answers),
      toAppSection(),
      {
        place: "Provisioning > To App > Attribute Mappings",
        lines: mappingLines(answers),
      },
      userNameSection(answers),
      assignmentSection(answers),
      ...pushSection(answers),
    ],
  };
}

function integrationSection({ scimUrl, usersOnly }: SetupAnswers): Sheet["sections"][number] {
  return {
    place: "Provisioning > Integration > Edit",
    lines: [
      field("copy", ["scim-url", "SCIM connector base URL", scimUrl], {
        note: "Without a slash at its end, and without Entra's flag.",
        setting: { name: "scim-url", value: scimUrl },
      }),
      field("copy", ["unique-identifier", "Unique identifier field for users", "email"], {
        setting: { name: "unique-identifier", value: "email" },
      }),
      box("import-users", "Import New Users and Profile Updates", false),
      box("push-new-users", "Push New Users", true),
      box("push-profile-updates", "Push Profile Updates", true),
      box("push-groups", "Push Groups", !usersOnly),
      box("import-groups", "Import Groups", false),
      field("select", ["authentication-mode", "Authentication Mode", "HTTP Header"], {
        setting: { name: "authentication-mode", value: "HTTP Header" },
      }),
      field("secret", ["token", "Authorization (Bearer)", "the API token, without the word Bearer"], {
        setting: { name: "token", value: true },
      }),
      step("test", "Click Test Connector Configuration, then Save."),
    ],
  };
}

function mappingLines({ mailAttribute }: SetupAnswers): readonly SheetLine[] {
  return [
    ...attributeNames.map((name): SheetLine => {
      const attribute = name === "email" ? mailAttribute : documentedAttributes[name].okta.source;
      return {
        kind: "mapping",
        id: `mapping-${name}`,
        of: "users",
        target: name,
        source: `user.${attribute}`,
        isMatching: false,
        applies: "Create and update",
      };
    }),
    {
      kind: "delete-mappings",
      id: "other-mappings",
      of: "users",
      targets: [...defaultAppAttributes.keys()].filter((name) => name !== "roles"),
      note: "userName has no mapping: it follows the sign-on settings.",
    },
  ];
}
