/** What becomes of the operations on one account or Team. */

import type { Drift } from "../../../drift/compare/diff.ts";
import type { LeftOut } from "../../../drift/plan/left-out/left-out.ts";
import type { Operation } from "../../../drift/plan/operations/operation.ts";
import type { EntraContext, EntraIds } from "./context.ts";
import type { JobRestart } from "./restart.ts";

export interface Routed {
  readonly operations: readonly Operation[];
  readonly leftOut: readonly LeftOut[];
}

export interface Routing extends Pick<EntraContext, "connectionOf"> {
  readonly ids: EntraIds;
  readonly drift: Drift;
  /** The job is restarted instead of provisioning on demand. */
  readonly restart: JobRestart | undefined;
  /** Id of an operation over SCIM → id of the one through Entra ID that takes its place; others depend on it. */
  readonly replaced: Map<string, string>;
}

/** Over SCIM, with the reason. */
export function overScim(operations: readonly Operation[], reason: string): readonly Operation[] {
  return operations.map((operation) => ({ ...operation, overScim: reason }));
}
