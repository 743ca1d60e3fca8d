/** What must be so in Astro before a provider is set up (Astro docs: Set up SCIM provisioning, Prerequisites). */

import type { SetupAnswers } from "../answers.ts";
import { field, step, type SheetSection } from "../sheet.ts";

export function astroSection({ integration, idp, organizationId }: SetupAnswers): SheetSection {
  const needsId = idp === "okta" && integration === "catalog";
  const missing =
    organizationId === undefined ? "Replace ORGANIZATION_ID with the ID that Astro shows." : undefined;
  return {
    place: "Astro > Organization Settings",
    lines: [
      step("astro-sso", "Single sign-on is configured for the organization."),
      field(
        "select",
        ["astro-token", "API token", "an Organization API token with the role Organization Owner"],
        {
          note: "Astro shows the token once. Note when it expires: an expired token stops all provisioning.",
        },
      ),
      field(
        "select",
        ["astro-scim", "Authentication > Advanced Settings > Edit Settings > SCIM integration", "on"],
        {
          note: "From now on, people and Teams are managed by the provider. Run astro-scim preflight first.",
        },
      ),
      ...(needsId || missing !== undefined
        ? [
            field(
              "copy",
              ["astro-organization", "General > Organization ID", organizationId ?? "ORGANIZATION_ID"],
              missing === undefined ? {} : { note: missing },
            ),
          ]
        : []),
    ],
  };
}
