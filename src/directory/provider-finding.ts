/**
 * What only a live provider can tell beside its directory: how its provisioning stands with each user and group, and how
 * the app is set up. A comparison reports these findings beside the differences.
 */

/** A user of the directory, as messages name it. */
export interface FoundUser {
  /** The provider's id of the user. */
  readonly objectId: string;
  /** The userName in the app where there is one, else the name in the directory. */
  readonly name: string;
}

/** A group of the directory. */
export interface FoundGroup {
  readonly objectId: string;
  readonly name: string;
}

export type ProviderFinding =
  /** Assigned to the app, and not provisioned: Okta's app user is STAGED, PENDING or in ERROR; `status` is the provider's word. */
  | {
      readonly kind: "user-not-provisioned";
      readonly user: FoundUser;
      readonly status: string;
      /** What the provider's log says, if it says something. */
      readonly error?: string;
      readonly since?: string;
    }
  /** Provisioned, and the last push of a change failed (Okta: `syncState` ERROR or OUT_OF_SYNC). */
  | {
      readonly kind: "user-not-in-sync";
      readonly user: FoundUser;
      readonly status: string;
      readonly error?: string;
      readonly since?: string;
    }
  /** Entra's escrow: the last export failed and is tried again. */
  | {
      readonly kind: "user-in-escrow";
      readonly user: FoundUser;
      readonly code?: string;
      readonly error?: string;
      readonly since?: string;
    }
  | {
      readonly kind: "group-in-escrow";
      readonly group: FoundGroup;
      readonly code?: string;
      readonly error?: string;
      readonly since?: string;
    }
  /** The provisioning log says that it was skipped, and the rules that we know do not explain it. */
  | {
      readonly kind: "user-skipped";
      readonly user: FoundUser;
      readonly reason: string;
      readonly since?: string;
    }
  /** In a group that is within an assigned group: only direct members are provisioned (Entra). */
  | {
      readonly kind: "user-only-nested";
      readonly user: FoundUser;
      /** The assigned group, and the group within it that the user is a member of. */
      readonly group: FoundGroup;
      readonly through: readonly FoundGroup[];
    }
  | { readonly kind: "user-is-guest"; readonly user: FoundUser }
  /** In scope, and without a value for the attribute that becomes the userName. */
  | { readonly kind: "user-without-mail"; readonly user: FoundUser; readonly attribute: string }
  /** Okta's push mapping is in ERROR. */
  | {
      readonly kind: "push-mapping-failed";
      readonly group: FoundGroup;
      readonly error: string;
      readonly lastPush?: string;
    }
  /** The push of the group was deactivated: the Team stays as it is. */
  | { readonly kind: "push-mapping-inactive"; readonly group: FoundGroup; readonly lastPush?: string }
  | { readonly kind: "group-assigned-not-pushed"; readonly group: FoundGroup }
  /** Pushed, and these of its members are not assigned to the app: they are missing in the Team. */
  | {
      readonly kind: "group-pushed-not-assigned";
      readonly group: FoundGroup;
      readonly members: readonly FoundUser[];
    }
  /**
   * The Team has exactly as many members as several others, or a round number of them, no Team has more, and the rest of the group is
   * missing: what stands between the provider and the comparison may keep or show no more. Found by the comparison.
   */
  | {
      readonly kind: "members-cut-off";
      readonly group: FoundGroup;
      /** Members that the Team has. */
      readonly held: number;
      readonly missing: number;
    }
  /** Entra's job is in quarantine. */
  | {
      readonly kind: "job-in-quarantine";
      readonly reason: string;
      readonly error?: string;
      readonly since?: string;
      readonly nextAttempt?: string;
    }
  /** Entra's job does not run; `state` is Graph's word: Paused, Disabled, NotRun, NotConfigured. */
  | { readonly kind: "job-not-running"; readonly state: string; readonly since?: string }
  /** A setting without which something is never sent: `toggle` is the console's label. */
  | {
      readonly kind: "toggle-off";
      readonly toggle: string;
      /** What is never sent, as a sentence. */
      readonly effect: string;
      readonly since?: string;
      /** Who switched it off, by the provider's log. */
      readonly by?: string;
    };

export type FindingKind = ProviderFinding["kind"];

/** A mapping of the live app that cannot be evaluated here: its attribute is not compared. */
export interface NotEvaluated {
  /** The SCIM attribute path that the mapping writes. */
  readonly attribute: string;
  /** The expression, as the provider has it. */
  readonly expression: string;
  /** A clause without its full stop. */
  readonly why: string;
  /** The settings have the mapping all the same: it is sent when the account is created, and never compared later. */
  readonly onlyAtCreation?: true;
}

/** A setting of the live app that the provider does not show: the value that the comparison goes by in its place. */
export interface AssumedSetting {
  /** By the console's words. */
  readonly setting: string;
  readonly value: string;
  /** A clause without its full stop. */
  readonly why: string;
}
