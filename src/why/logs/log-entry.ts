/** An entry of any of the logs of a story: the provider's, Astro's audit log, our own journal. */

import type { ProviderLogEntry } from "../../directory/provider-history.ts";

export type LogName = "provider" | "astro" | "journal";

/** Who wrote: the provider's provisioning, astro-scim itself, or anybody else. */
export type Writer = "provider" | "astro-scim" | "other";

export interface LogEntry extends ProviderLogEntry {
  readonly log: LogName;
  readonly writer: Writer;
  /** Of a write that sets all members of a Team: their SCIM ids. */
  readonly allMembers?: readonly string[];
  /** Of a PATCH: whether it has the form that Entra ID sends without its flag in the Tenant URL. */
  readonly isLegacyForm?: boolean;
  /** The userName that a write gave to an account. */
  readonly userName?: string;
  /** Of the journal: the run. */
  readonly run?: string;
}

/** What people do in the provider. Okta names who set it off beside what its provisioning does, too. */
const administration: ReadonlySet<LogEntry["action"]> = new Set([
  "assigned",
  "unassigned",
  "group-joined",
  "group-left",
  "status-changed",
  "profile-changed",
  "setting-changed",
]);

export function fromProvider(entry: ProviderLogEntry): LogEntry {
  const isAdministration = entry.by !== undefined && administration.has(entry.action);
  return { ...entry, log: "provider", writer: isAdministration ? "other" : "provider" };
}

/** Whether it names one of these ids. */
export function isAbout({ objects }: Pick<LogEntry, "objects">, ids: ReadonlySet<string>): boolean {
  return objects.some(({ id }) => id !== undefined && ids.has(id));
}
