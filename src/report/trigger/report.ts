/** An event as it is reported: what was sent for it, and what failed. */

import type { ProviderWords } from "../../idp/provider-words.ts";
import type { JobReport, Observation } from "../../idp/run/events.ts";
import type { Task } from "../../idp/run/task.ts";
import type { Exchange } from "../../wire/exchange.ts";

/** `nothing-sent`: the provider sends nothing for this event. */
export type TriggerStatus = "sent" | "nothing-sent" | "failed" | "interrupted";

/** A request of the provider; the secrets have been taken out. */
export interface TriggeredExchange {
  /** `before`: the provider tests the credentials, and links or creates whom the event is about. */
  readonly phase: "before" | "event";
  readonly exchange: Exchange;
}

export interface TriggerReport {
  readonly provider: string;
  readonly integration: string;
  readonly event: string;
  readonly user: string;
  readonly group: string | undefined;
  /** SCIM base URL; null for the local Astro inside the process. */
  readonly target: string | null;
  readonly status: TriggerStatus;
  readonly exchanges: readonly TriggeredExchange[];
  /** What the provider did, by phase. */
  readonly jobs: readonly { readonly phase: TriggeredExchange["phase"]; readonly report: JobReport }[];
  readonly openTasks: readonly Task[];
  /** Why provisioning has stopped at the end; undefined where it has not. */
  readonly quarantine: string | undefined;
  readonly observations: readonly Observation[];
  /** Of the observations those that fail the event. */
  readonly failing: readonly Observation[];
  readonly words: ProviderWords;
}
