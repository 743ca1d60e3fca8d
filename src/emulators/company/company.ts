/**
 * One company with its provider, in memory, as an emulated management API shows and changes it: a directory, an app, and the
 * provisioning behind it, which sends real SCIM requests to an Astro by the same engines as `simulate`.
 */

import type { Action } from "../../directory/action.ts";
import type { AppSettings } from "../../directory/app-settings.ts";
import type { Directory } from "../../directory/directory.ts";
import type { ProviderLinks } from "../../directory/source.ts";
import type { CycleReport, JobReport } from "../../idp/run/events.ts";
import type { PushState } from "../../idp/run/push-state.ts";
import type { Task } from "../../idp/run/task.ts";

/** Something that happened: an administrator's action, a job or a cycle of the provider. It is what the logs are made of. */
export type CompanyEvent = { readonly id: string; readonly at: Date } & (
  | { readonly kind: "action"; readonly action: Action; readonly before: Directory; readonly by: string }
  | { readonly kind: "job"; readonly report: JobReport; readonly cycle: number | undefined }
  | { readonly kind: "cycle"; readonly report: CycleReport }
  | { readonly kind: "setting"; readonly name: string; readonly value: unknown; readonly by: string }
);

/** When an object was made and last changed. */
export interface Times {
  readonly created: Date;
  readonly updated: Date;
}

export interface Company {
  /** As it is now: settings can be changed. */
  readonly app: () => AppSettings;
  /** As it is now: every action makes another one. */
  readonly directory: () => Directory;
  readonly now: () => Date;
  /** Id of the app: Okta's application, Entra's service principal. */
  readonly appId: string;
  /** The app's label in the console. */
  readonly appName: string;
  /** What the provider has linked, what failed and waits, what its push mappings are like. */
  readonly links: () => ProviderLinks;
  readonly tasks: () => readonly Task[];
  readonly pushStates: () => readonly PushState[];
  /** The last cycle, of a provider that works in cycles. */
  readonly lastCycle: () => CycleReport | undefined;
  readonly isPaused: () => boolean;
  /** By object id; undefined for what is not there. Of the app itself by `appId`. */
  readonly timesOf: (objectId: string) => Times | undefined;
  /** Oldest first, bounded in number. */
  readonly events: () => readonly CompanyEvent[];
  /** Changes the directory at once; what the provider does about it follows by itself, in order. */
  readonly act: (action: Action, by?: string) => void;
  /** Changes how the app is set up: a toggle, a mapping. */
  readonly changeApp: (change: (app: AppSettings) => AppSettings, by?: string) => void;
  /** Of a provider that works in cycles: one that is due now. */
  readonly runCycle: () => void;
  readonly pause: () => void;
  readonly resume: () => void;
  /** Resolves once all that was begun is done. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
}
