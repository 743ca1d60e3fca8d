/** Entra's record. */

import { carriesEntraFlag, entraFlag } from "../../astro/address.ts";
import { entraIntegrations, type EntraAppSettings } from "../../directory/entra-app-settings.ts";
import { readEntraFidelity } from "../../fidelity/resolve.ts";
import type { Provider, SettingsOverrides } from "../provider.ts";
import { entraAccountRules } from "./account-rules.ts";
import { entraFindings } from "./finding-words.ts";
import { entraLinkRules } from "./link-rules.ts";
import { entraMappingMistakes } from "./mapping/mapping-mistakes.ts";
import { entraWarnings } from "./warnings.ts";

export const entra: Provider<EntraAppSettings> = {
  id: "entra",
  // kortix/suna PR #7297: captured requests have none.
  userAgent: undefined,
  words: {
    name: "Entra ID",
    credentialsTested: "Connection tested",
    firstProvisioning: "First provisioning",
    openTasks: "Failed objects in escrow (Provisioning logs > Failure; a later cycle tries them again)",
    task: "object",
    groups: { provided: "assigned", key: "assign: true" },
    // Inferred: Astro's page has no FAQ for Entra.
    inConsole: {
      user: "Provision on demand in Entra",
      team: "Provisioning > Restart provisioning in Entra",
    },
    findings: entraFindings,
    // Microsoft: Known issues for provisioning, which tells it of members who come into scope later.
    missingMembers:
      "Entra ID sends a membership only once. Users who came into scope after the group, or were inactive, are added to the Team only after " +
      "Restart provisioning (in a timeline: restart-provisioning: true).",
  },
  setUp: (settings) => ({
    description: descriptionOf(settings),
    provisionsEverybody: settings.scope === "all",
    parallelRequests: settings.fidelity.entraParallelRequests,
    markedGroups: ({ assignedGroups }) => assignedGroups,
    noTeams: whyNoTeams(settings),
    accountRules: (directory) => entraAccountRules(directory, settings),
    mistakes: (start, search) => entraMappingMistakes(settings, start, search),
    warnings: () => entraWarnings(settings),
    overridden: (overrides) => overridden(settings, overrides),
    withFidelity: (answers) => ({
      ...settings,
      fidelity: { ...settings.fidelity, ...readEntraFidelity(answers) },
    }),
    fidelityExample: "entraMembersPerPatch=20",
    links: entraLinkRules(settings),
    remembered: async (snapshot) => {
      const { rememberedEntra } = await import("./open.ts");
      return rememberedEntra(settings, snapshot);
    },
  }),
};

function whyNoTeams({ groups }: EntraAppSettings): string | undefined {
  if (!groups.enabled) return "provisioning of groups is switched off in Entra ID";
  return groups.actions.create ? undefined : "Create is switched off for groups in Entra ID";
}

/** `non-gallery app, with aadOptscim062020`. */
function descriptionOf({ integration, flag }: EntraAppSettings): string {
  if (integration === "gallery") return "gallery app";
  return `non-gallery app, ${flag ? "with" : "without"} ${entraFlag}`;
}

/** A target's URL says whether Entra's flag is there; the gallery's app has none. */
function overridden(settings: EntraAppSettings, overrides: SettingsOverrides): EntraAppSettings {
  const { tenantUrl } = overrides;
  const integration =
    entraIntegrations.find((name) => name === overrides.integration) ?? settings.integration;
  const flag = tenantUrl === undefined ? settings.flag : carriesEntraFlag(tenantUrl);
  return { ...settings, integration, flag: integration === "gallery" ? false : flag };
}
