/** A replay as it is reported: its result, and what the reader has to know beside it. */

import type { Recording } from "../../replay/recording/recording.ts";
import type { ReplayResult } from "../../replay/replay.ts";
import type { ReplayStatus } from "../../replay/status.ts";
import type { NextStep } from "../next-step.ts";

export interface ReplayReport {
  readonly result: ReplayResult;
  readonly status: ReplayStatus;
  /** Of the recording, as the user named it. */
  readonly file: string;
  readonly recording: Recording;
  /** SCIM base URL; null for the local Astro inside the process. */
  readonly target: string | null;
  /** The local Astro began with nothing, though the recorded server held something. */
  readonly lacksSeed: boolean;
  /** The command to type next. */
  readonly next: NextStep;
}
