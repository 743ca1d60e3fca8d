/** What an identity provider calls the things that results describe. */

import type { WordsOfFindings } from "./finding-words.ts";

export interface ProviderWords {
  readonly name: string;
  /** What its requests to Astro name themselves with; undefined where they send no User-Agent. */
  readonly userAgent: RegExp | undefined;
  readonly credentialsTested: string;
  readonly firstProvisioning: string;
  /** Heads what failed and waits. */
  readonly openTasks: string;
  /** What one of these is called. */
  readonly task: string;
  /** What a group is called that is a Team, and the key of a fixture that makes it so. */
  readonly groups: { readonly provided: string; readonly key: string };
  /** What an administrator does in its console where a user or a Team is missing or differs. */
  readonly inConsole: { readonly user: string; readonly team: string };
  /** What a live provider's findings are called, and what is done about them. */
  readonly findings: WordsOfFindings;
  /** What is said where Teams lack members at the end of a rehearsal. */
  readonly missingMembers?: string;
}
