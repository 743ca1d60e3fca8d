/** What every step of a repair through Okta needs. */

import type { ManagementApi } from "../../../management/management-api.ts";

export interface OktaEnd {
  /** Reads and writes with the credentials of repairs; it is not aborted, so that nobody is left between two halves. */
  readonly api: ManagementApi;
  readonly appId: string;
  readonly now: () => Date;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface OktaWaysOptions extends OktaEnd {
  /** URL of the organization. */
  readonly url: string;
  /** What reads before there is a plan; it ends at Ctrl-C. */
  readonly reader: ManagementApi;
  /** The address that the app provisions, where it is another one than the target. */
  readonly provisions: string | undefined;
  /** The app pushes groups. */
  readonly pushesGroups: boolean;
  /** The group whose members may be changed, where users are assigned through groups (`--change-group`). */
  readonly changeGroups: readonly string[];
  /** Users whose assignment may be removed and made again although it is linked to an account that exists (`--reassign`). */
  readonly reassign: readonly string[];
}

/** Until when a user or a push is waited for, in milliseconds; Okta's jobs take seconds, and minutes in a large organization. */
export const longestWaitMs = 300_000;
