/** What Entra's provisioning service remembers between cycles: links, watermark, escrow, quarantine. */

import type { ProfileValue } from "../../directory/directory.ts";
import type { EntraAppSettings } from "../../directory/entra-app-settings.ts";
import type { RunSummary } from "../run/events.ts";
import type { Task } from "../run/task.ts";
import type { MappedValue } from "./mapping/mapped-value.ts";
import type { StandingKind } from "./mapping/scope.ts";

/** The object id of a user or a group. */
export type EntraId = string;

/** A user that is linked to an account of the target. */
export interface LinkedUser {
  readonly key: string;
  /** The userName, for people. */
  readonly name: string;
  /** The target anchor: every later request goes by it. */
  readonly scimId: string;
  /** What the target has, as far as Entra knows: values by attribute path. */
  readonly values: Readonly<Record<string, MappedValue>>;
  /** False once the user has left the scope: a later deletion sends nothing (Microsoft: How provisioning works). */
  readonly managed: boolean;
  /** When a cycle first saw the user in the recycle bin. */
  readonly softDeletedSince: Date | undefined;
  /** The manager as last looked at, by object id. */
  readonly manager: EntraId | undefined;
}

/** A group that is linked to one of the target. */
export interface LinkedGroup {
  readonly key: string;
  readonly name: string;
  readonly scimId: string;
  readonly values: Readonly<Record<string, MappedValue>>;
  /** Members as last looked at in Entra, sent or not: a change is recognized by these. */
  readonly members: ReadonlySet<EntraId>;
  /** Members that were sent and not taken away again. */
  readonly sent: ReadonlySet<EntraId>;
}

/** What a cycle saw of an object: it is looked at again when something of it differs. */
export interface Seen {
  readonly standing: StandingKind;
  /** Source attributes that the mappings and filters read. */
  readonly values: Readonly<Record<string, ProfileValue>>;
}

/** An object that failed and that a later cycle tries again. */
export interface Escrow {
  readonly task: Task;
  /** How often it was tried again. */
  readonly retries: number;
  readonly nextAttempt: Date;
  /** A failure about members or a manager, which quarantine counts apart. */
  readonly isReference: boolean;
  /** What failed was the creation, so that the POST may be repeated alone. */
  readonly atCreation: boolean;
}

/** Why a job is in quarantine (Microsoft Graph: quarantineReason). */
export const quarantineReasons = [
  "EncounteredBaseEscrowThreshold",
  "EncounteredTotalEscrowThreshold",
  "EncounteredEscrowProportionThreshold",
  "EncounteredQuarantineException",
  "TooManyDeletes",
] as const;
export type QuarantineReason = (typeof quarantineReasons)[number];

export interface Quarantine {
  readonly reason: QuarantineReason;
  /** What happened, in one sentence. */
  readonly message: string;
  readonly since: Date;
}

/** `paused`: after an initial cycle whose escrows were pruned. `disabled`: after four weeks of quarantine. */
export const jobStates = ["active", "paused", "disabled"] as const;
export type JobState = (typeof jobStates)[number];

/** The links are of one target; a memory is of no use for another. */
export interface EntraMemory {
  readonly users: ReadonlyMap<EntraId, LinkedUser>;
  readonly groups: ReadonlyMap<EntraId, LinkedGroup>;
  /** The watermark: what the last cycles saw. */
  readonly seen: ReadonlyMap<EntraId, Seen>;
  /** By object id, with `#members` or `#manager` behind it for a reference. */
  readonly escrows: ReadonlyMap<string, Escrow>;
  /** Whether an initial cycle has been completed since the last restart. */
  readonly initialCycleDone: boolean;
  /** The mappings and filters of that cycle: others need a new initial one. */
  readonly rules: string;
  /** The scope of that cycle: another one takes effect with a restart (Microsoft: Known issues for provisioning). */
  readonly scope: EntraAppSettings["scope"] | undefined;
  /** Cycles so far, idle ones included. */
  readonly cycles: number;
  readonly lastCycle: Date | undefined;
  readonly quarantine: Quarantine | undefined;
  readonly state: JobState;
  /** "Allow deletes" was pressed: the next cycle exports what was staged. */
  readonly deletesAllowed: boolean;
}

/** What a cycle, or a run on demand, did, and what Entra then remembers. */
export interface EntraRunResult {
  readonly memory: EntraMemory;
  readonly summary: RunSummary;
}

/** The memory of an Entra that has never spoken to the target. */
export function emptyEntraMemory(): EntraMemory {
  return {
    users: new Map(),
    groups: new Map(),
    seen: new Map(),
    escrows: new Map(),
    initialCycleDone: false,
    rules: "",
    scope: undefined,
    cycles: 0,
    lastCycle: undefined,
    quarantine: undefined,
    state: "active",
    deletesAllowed: false,
  };
}
