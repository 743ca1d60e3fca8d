/** Entra ID, an app that is not from the gallery (Astro docs: Set up SCIM provisioning, Microsoft Entra ID). */

import { entraTenantUrl } from "../../astro/address.ts";
import type { SetupAnswers } from "../answers.ts";
import { field, step, type Sheet } from "../sheet.ts";
import { astroSection } from "./astro-section.ts";
import { groupsSection, signOnSection, startSections, usersSection } from "./entra-shared.ts";

export function entraManualSheet(answers: SetupAnswers): Sheet {
  const tenantUrl = entraTenantUrl(answers.scimUrl);
  return {
    idp: "entra",
    integration: "manual",
    title: "Microsoft Entra ID, an app of your own",
    sections: [
      astroSection(answers),
      {
        place: "Microsoft Entra admin center > Enterprise applications > New application",
        lines: [
          step(
            "app",
            "Click Create your own application, enter a name, and choose the third option: Integrate any other application you don't find in the gallery (Non-gallery).",
            { checkedAs: "type of app", setting: { name: "integration", value: "manual" } },
          ),
        ],
      },
      {
        place: "Provisioning > Get started",
        lines: [
          field("select", ["provisioning", "Provisioning Mode", "Automatic"], {
            setting: { name: "provisioning", value: true },
          }),
          field("copy", ["tenant-url", "Admin Credentials > Tenant URL", tenantUrl], {
            note: "With ?aadOptscim062020 at the very end: without it Entra ID does not follow the SCIM standard.",
            setting: { name: "scim-url", value: tenantUrl },
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
      groupsSection(answers, false),
      usersSection(answers),
      signOnSection(answers),
      ...startSections(answers),
    ],
  };
}
