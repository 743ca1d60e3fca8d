/** Okta's record. */

import { oktaIntegrations, type OktaAppSettings } from "../../directory/app-settings.ts";
import { readOktaFidelity } from "../../fidelity/resolve.ts";
import type { Provider } from "../provider.ts";
import { oktaAccountRules } from "./account-rules.ts";
import { oktaFindings } from "./finding-words.ts";
import { oktaLinkRules } from "./link-rules.ts";
import { oktaMappingMistakes } from "./mapping/mapping-mistakes.ts";
import { oktaWarnings } from "./warnings.ts";

export const okta: Provider<OktaAppSettings> = {
  id: "okta",
  userAgent: /^okta/i,
  words: {
    name: "Okta",
    credentialsTested: "API credentials tested",
    firstProvisioning: "First provisioning",
    openTasks: "Tasks that failed (Dashboard > Tasks; they wait for 'Retry Selected')",
    task: "task",
    groups: { provided: "pushed", key: "push: true" },
    inConsole: {
      user: "remove and re-assign the user in Okta",
      team: "Push Groups > Push Status > Push now in Okta",
    },
    findings: oktaFindings,
  },
  setUp: (settings) => ({
    description: `${settings.integration} integration`,
    provisionsEverybody: false,
    parallelRequests: Math.max(settings.fidelity.parallelUsers, settings.fidelity.parallelGroups),
    markedGroups: ({ pushedGroups }) => pushedGroups,
    accountRules: (directory) => oktaAccountRules(directory, settings),
    mistakes: (start, search) => oktaMappingMistakes(settings, start, search),
    warnings: (start) => oktaWarnings(settings, start),
    overridden: ({ integration }) => ({
      ...settings,
      integration: oktaIntegrations.find((name) => name === integration) ?? settings.integration,
    }),
    withFidelity: (answers) => ({
      ...settings,
      fidelity: { ...settings.fidelity, ...readOktaFidelity(answers) },
    }),
    fidelityExample: "rateLimitAttempts=11",
    links: oktaLinkRules,
    remembered: async (snapshot) => {
      const { rememberedOkta } = await import("./open.ts");
      return rememberedOkta(settings, snapshot);
    },
  }),
};
