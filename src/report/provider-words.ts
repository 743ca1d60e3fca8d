/** What each identity provider calls the things that a rehearsal tells of. */

import { pushedGroups, type GroupTerms } from "../drift/compare/group-terms.ts";
import type { AppSettings } from "../directory/app-settings.ts";

export interface ProviderWords {
  readonly name: string;
  readonly credentialsTested: string;
  readonly firstProvisioning: string;
  /** Heads what failed and waits. */
  readonly openTasks: string;
  /** What one of these is called. */
  readonly task: string;
  /** What a group is called that is a Team. */
  readonly groups: GroupTerms;
}

const words: Readonly<Record<AppSettings["idp"], ProviderWords>> = {
  okta: {
    name: "Okta",
    credentialsTested: "API credentials tested",
    firstProvisioning: "First provisioning",
    openTasks: "Tasks that failed (Dashboard > Tasks; they wait for 'Retry Selected')",
    task: "task",
    groups: pushedGroups,
  },
  entra: {
    name: "Entra ID",
    credentialsTested: "Connection tested",
    firstProvisioning: "First provisioning",
    openTasks: "Failed objects in escrow (Provisioning logs > Failure; a later cycle tries them again)",
    task: "object",
    groups: { provided: "assigned", key: "assign: true" },
  },
};

export function providerWords(idp: AppSettings["idp"]): ProviderWords {
  return words[idp];
}
