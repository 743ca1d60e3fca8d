/** Entra ID, the app "Astro" of the gallery (Microsoft: Configure Astro for automatic user provisioning). */

import type { SetupAnswers } from "../answers.ts";
import { field, step, type Sheet } from "../sheet.ts";
import { astroSection } from "./astro-section.ts";
import { groupsSection, signOnSection, startSections, usersSection } from "./entra-shared.ts";

export function entraCatalogSheet(answers: SetupAnswers): Sheet {
  return {
    idp: "entra",
    integration: "catalog",
    title: "Microsoft Entra ID, the Astro app of the gallery",
    sections: [
      astroSection(answers),
      {
        place: "Microsoft Entra admin center > Enterprise applications > New application",
        lines: [
          step("app", "Search for Astro, choose it, and click Create.", {
            note: "Astro's documentation uses an app of your own instead; both work.",
            checkedAs: "type of app",
            setting: { name: "integration", value: "catalog" },
          }),
        ],
      },
      {
        place: "Provisioning > Get started",
        lines: [
          field("select", ["provisioning", "Provisioning Mode", "Automatic"], {
            setting: { name: "provisioning", value: true },
          }),
          field("copy", ["tenant-url", "Admin Credentials > Tenant URL", answers.scimUrl], {
            note: "Without ?aadOptscim062020, which does not apply to apps of the gallery.",
            setting: { name: "scim-url", value: answers.scimUrl },
          }),
          field(
            "secret",
            ["token", "Admin Credentials > Secret Token", "the API token, without the word Bearer"],
            {
              setting: { name: "token", value: true },
            },
          ),
          step("test", "Click Test Connection, then Save."),
        ],
      },
      groupsSection(answers, true),
      usersSection(answers),
      signOnSection(answers),
      ...startSections(answers),
    ],
  };
}
