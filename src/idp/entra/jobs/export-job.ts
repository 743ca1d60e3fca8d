/** What the jobs of users and of groups share: how an export begins for the first time, and how it ends. */

import type { Conversation } from "../../../wire/conversation.ts";
import type { GroupUpdate } from "../../run/group-update.ts";
import { done, type CycleContext, type JobEnd } from "../cycle/cycle-context.ts";
import {
  createObject,
  exportUnlinked,
  type Exported,
  type ExportOptions,
  type SourceObject,
} from "./export-object.ts";
import type { EntraId } from "../memory.ts";

/**
 * Exports an object without a link: matched first, unless it is a creation that failed and this Entra repeats the POST
 * alone. A run on demand always matches (Microsoft: On-demand provisioning, step 4).
 */
export function* exportFirst(
  { ledger, shapes, mode }: CycleContext,
  objectId: EntraId,
  object: SourceObject,
  options: ExportOptions,
): Conversation<Exported> {
  const isRetry = mode === "cycle" && ledger.escrows.get(objectId)?.atCreation === true;
  if (isRetry && shapes.fidelity.entraCreateRetry === "post") return yield* createObject(object, options);
  return yield* exportUnlinked(object, options);
}

/** How a job ends whose export ended so; `group` says what an update changed about a group. */
export function jobEndOf(exported: Exported, group?: GroupUpdate): JobEnd {
  switch (exported.kind) {
    case "exported": {
      const { did } = exported;
      return done({ kind: "done", did, ...(group === undefined || did !== "updated" ? {} : { group }) });
    }
    case "skipped":
      return done({ kind: "nothing-sent", why: exported.why });
    case "export-failed":
      return { kind: "escrow", failure: exported.failure, atCreation: exported.atCreation };
    default:
      return exported satisfies never;
  }
}
