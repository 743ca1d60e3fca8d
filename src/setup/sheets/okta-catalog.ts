/** Okta, the app "Astro" of the catalog (Astro docs: Set up SCIM provisioning, Okta, app catalog). */

import { organizationPlaceholder, type SetupAnswers } from "../answers.ts";
import { box, field, step, type Sheet } from "../sheet.ts";
import { astroSection } from "./astro-section.ts";
import { assignmentSection, pushSection, toAppSection, userNameSection } from "./okta-shared.ts";

export function oktaCatalogSheet(answers: SetupAnswers): Sheet {
  return {
    idp: "okta",
    integration: "catalog",
    title: "Okta, the Astro app of the catalog",
    sections: [
      astroSection(answers),
      {
        place: "Okta Admin Console > Applications > Browse App Catalog",
        lines: [
          step("app", "Add the app Astro, or open it if it is there already.", {
            checkedAs: "type of app",
            setting: { name: "integration", value: "catalog" },
          }),
        ],
      },
      {
        place: "Provisioning > Configure API Integration",
        lines: [
          box("provisioning", "Enable API integration", true),
          field(
            "copy",
            ["organization-id", "Organization ID", answers.organizationId ?? organizationPlaceholder],
            {
              setting: { name: "scim-url", value: answers.scimUrl },
            },
          ),
          field("secret", ["token", "API Token", "the API token, without the word Bearer"], {
            setting: { name: "token", value: true },
          }),
          step("test", "Click Test API Credentials, then Save."),
        ],
      },
      toAppSection(),
      userNameSection(answers),
      assignmentSection(answers),
      ...pushSection(answers),
    ],
  };
}
