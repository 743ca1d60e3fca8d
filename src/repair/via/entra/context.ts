/** What repairs through Entra ID work with. */

import type { StateKey } from "../../../astro/state.ts";
import type { ProviderApp } from "../../../drift/plan/operations/provider-operation.ts";
import type { ObjectConnection } from "../../../management/graph/object-connections.ts";
import type { OnDemandPace } from "../../../management/graph/on-demand-pace.ts";
import type { JobAddress } from "../../../management/graph/synchronization-jobs.ts";
import type { ManagementApi } from "../../../management/management-api.ts";

/** Ids of the directory by the keys of a comparison. */
export interface EntraIds {
  /** Of users, by the folded userName of the account that they should have. */
  readonly users: ReadonlyMap<StateKey, string>;
  /** Of groups, by the folded name of the Team. */
  readonly groups: ReadonlyMap<StateKey, string>;
}

/** The job, and the rules of its schema that provision; undefined where it provisions none of these. */
export interface EntraJob extends JobAddress {
  readonly ruleIds: { readonly users: string | undefined; readonly groups: string | undefined };
}

export interface EntraContext {
  readonly app: ProviderApp;
  readonly job: EntraJob;
  /** Opened for writing. */
  readonly api: ManagementApi;
  readonly pace: OnDemandPace;
  /** What is linked to that id, of either side; undefined where nothing is. @throws AppError where it cannot be read */
  readonly connectionOf: (id: string) => Promise<ObjectConnection | undefined>;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}
