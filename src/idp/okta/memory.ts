/** What Okta remembers between runs: its app users, its push mappings and its open tasks. */

import type { Task } from "../run/task.ts";
import type { AppProfile } from "./mapping/mapping.ts";

/** An Okta user or group id: `00u…`, `00g…`. */
export type OktaId = string;

/**
 * `STAGED`: its assignment failed. `PROVISIONED`: linked. `REVOKED`: to be deactivated, which failed.
 * `DEPROVISIONED`: no longer assigned, the link is gone. `UNASSIGNED`: an import took the app away, because the
 * account is gone or inactive; only unassigning and assigning brings it back (Okta API: Applications, AppUserStatus).
 */
export type AppUserStatus = "STAGED" | "PROVISIONED" | "REVOKED" | "DEPROVISIONED" | "UNASSIGNED";

/** One user's assignment to the app. */
export interface AppUser {
  readonly key: string;
  readonly status: AppUserStatus;
  /** The SCIM id, which Okta calls the app user's external id; nothing is ever sent without it. */
  readonly externalId: string | undefined;
  /** As last pushed. */
  readonly profile: AppProfile;
  /** `ERROR`: the last profile push failed; the next waits until its task is retried. */
  readonly syncState: "SYNCHRONIZED" | "ERROR";
}

/** `ERROR`: the last push failed and nothing more is pushed (Okta API: GroupPushMappingStatus). */
export type PushMappingStatus = "ACTIVE" | "INACTIVE" | "ERROR";

/** One group of "Push Groups". */
export interface PushMapping {
  readonly key: string;
  readonly status: PushMappingStatus;
  /** The id of the target's group; undefined while it was neither found nor created. */
  readonly scimId: string | undefined;
  /** The name of Okta's group when it was last looked at. */
  readonly sourceName: string;
  /** The name of the target's group, as last pushed. */
  readonly targetName: string;
  /** Okta ids of the members as last pushed. */
  readonly members: ReadonlySet<OktaId>;
  /** Okta ids of members that were deactivated in Okta: only a full push brings them back. */
  readonly withheld: ReadonlySet<OktaId>;
}

/** The links are of one target; a memory is of no use for another. */
export interface OktaMemory {
  readonly appUsers: ReadonlyMap<OktaId, AppUser>;
  readonly pushMappings: ReadonlyMap<OktaId, PushMapping>;
  /** Names of the target's groups by SCIM id, as the last import of groups read them. */
  readonly appGroups: ReadonlyMap<string, string>;
  /** At most one for a user or group: its last job. */
  readonly tasks: ReadonlyMap<OktaId, Task>;
}

/** The memory of an Okta that has never spoken to the target. */
export function emptyOktaMemory(): OktaMemory {
  return {
    appUsers: new Map(),
    pushMappings: new Map(),
    appGroups: new Map(),
    tasks: new Map(),
  };
}
