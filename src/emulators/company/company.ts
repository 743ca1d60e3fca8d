/**
 * One company with its provider, in memory, as an emulated management API shows and changes it: a directory, an app, and the
 * provisioning behind it, which sends real SCIM requests to an Astro by the same engines as `simulate`.
 */

import type { Action, ConsoleAction, DirectoryAction } from "../../directory/action.ts";
import type { AppSettings } from "../../directory/app-settings.ts";
import type { Directory } from "../../directory/directory.ts";
import type { ProviderLinks } from "../../directory/source.ts";
import type { CycleReport, JobReport } from "../../idp/run/events.ts";
import type { PushState } from "../../idp/run/push-state.ts";
import type { Task } from "../../idp/run/task.ts";
import type { ProvisioningState } from "./provisioning.ts";

/** Something that happened: an administrator's action, a job or a cycle of the provider. It is what the logs are made of. */
export type CompanyEvent = { readonly id: string; readonly at: Date } & (
  | { readonly kind: "action"; readonly action: Action; readonly before: Directory; readonly by: string }
  | { readonly kind: "job"; readonly report: JobReport; readonly cycle: number | undefined }
  | { readonly kind: "cycle"; readonly report: CycleReport }
  | { readonly kind: "setting"; readonly name: string; readonly value: unknown; readonly by: string }
  /** The provider could not begin: a mapping is wrong. */
  | { readonly kind: "provisioning-failed"; readonly error: string }
);

/** A job that has ended. */
export type JobEvent = Extract<CompanyEvent, { readonly kind: "job" }>;

/** When an object was made and last changed. */
export interface Times {
  readonly created: Date;
  readonly updated: Date;
  /** Of a group: when a member came or went. */
  readonly membersUpdated: Date;
}

/** Something between the app and a user or group that has an id of its own. */
export interface Relation {
  readonly id: string;
  readonly since: Date;
  /** The last job about the user or group when it was made: what that job did was for an earlier one. */
  readonly jobBefore: JobEvent | undefined;
}

/** What an administrator does in the provider. */
export type CompanyAction = DirectoryAction | ConsoleAction;

export interface Company {
  /** As it is now: settings can be changed. */
  readonly app: () => AppSettings;
  /** As it is now: every action makes another one. */
  readonly directory: () => Directory;
  /** The system's time, moved on by what is simulated: Entra's cycles, and waits that nobody asked for. */
  readonly now: () => Date;
  /** Id of the app: Okta's application, Entra's service principal. */
  readonly appId: string;
  /** The app's label in the console. */
  readonly appName: string;
  /** A new id, in the form of the provider, for an object that is about to be created. */
  readonly newId: (kind: "user" | "group" | "push") => string;
  /** What the provider has linked, what failed and waits, what its push mappings are like. */
  readonly links: () => ProviderLinks;
  readonly tasks: () => readonly Task[];
  readonly pushStates: () => readonly PushState[];
  /** All that the provider remembers, in the form of the provider. */
  readonly state: () => ProvisioningState;
  /** Whether the provider has something to do that it has not ended. */
  readonly isBusy: () => boolean;
  /** The last cycle, of a provider that works in cycles. */
  readonly lastCycle: () => CycleReport | undefined;
  readonly isPaused: () => boolean;
  /** By object id; undefined for what is not there. Of the app itself by `appId`. */
  readonly timesOf: (objectId: string) => Times | undefined;
  /** The assignment to the app of a user, be it direct or through a group, or of a group. */
  readonly assignmentOf: (objectId: string) => Relation | undefined;
  /** The push of a group (Okta). */
  readonly pushOf: (groupId: string) => Relation | undefined;
  /** The last job about a user or group, by object id. */
  readonly lastJobOf: (objectId: string) => JobEvent | undefined;
  /** Oldest first, bounded in number. */
  readonly events: () => readonly CompanyEvent[];
  /** Changes the directory at once; what the provider does about it follows by itself, in order. */
  readonly act: (action: CompanyAction, by?: string) => void;
  /**
   * Changes how the app is set up: a toggle, a mapping. What the provider does from then on goes by it; it sends nothing for
   * the change itself (Entra's next cycle notices other mappings).
   */
  readonly changeApp: (change: (app: AppSettings) => AppSettings, by?: string) => void;
  /** Of a provider that works in cycles: the next one, now. Nothing where it is paused. */
  readonly runCycle: () => void;
  /** Okta: actions wait. Entra: no cycles run, and on-demand provisioning does. */
  readonly pause: () => void;
  /** Okta does what waits, Entra runs a cycle at once. */
  readonly resume: () => void;
  /** Resolves once all that was begun is done; what waits while it is paused is not waited for. */
  readonly settled: () => Promise<void>;
  /** Ends before the next request, and waits for the one under way. */
  readonly close: () => Promise<void>;
}
