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

export function fromProvider(entry: ProviderLogEntry): LogEntry {
  return { ...entry, log: "provider", writer: entry.by === undefined ? "provider" : "other" };
}

/** Whether it names one of these ids. */
export function isAbout({ objects }: Pick<LogEntry, "objects">, ids: ReadonlySet<string>): boolean {
  return objects.some(({ id }) => id !== undefined && ids.has(id));
}
