/** Why a command could not do what it was asked for, as it is reported in place of a result. */

import type { AppErrorCode, FilePlace } from "../../ground/errors.ts";

export interface ReportedError {
  /** `internal`: a fault of astro-scim itself. */
  readonly code: AppErrorCode | "internal";
  readonly message: string;
  readonly hint: string | undefined;
  readonly place: FilePlace | undefined;
  readonly exitStatus: number;
  /** Whether something stands on standard output already. */
  readonly afterOutput: boolean;
}
