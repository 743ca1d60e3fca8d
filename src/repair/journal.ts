/** What is reported about each write, before and after it: the place of a journal. */

import type { Operation } from "../drift/plan/operations/operation.ts";
import type { JsonObject } from "../ground/json.ts";
import type { Outcome } from "./outcome.ts";
import type { Resource } from "./resource.ts";

/**
 * Called around each write, and only there: not for what is stale, gone or not begun. Where either throws an AppError, no
 * other write begins.
 */
export interface Journal {
  /**
   * Right before the write, with the resource as it was just read; undefined for what is yet to be made. `atProvider`: how the
   * provider has it, for an operation that goes through it.
   */
  before(operation: Operation, seen: Resource | undefined, atProvider?: JsonObject): Promise<void>;
  /** After the write was read back. */
  after(outcome: Outcome): Promise<void>;
}

/** Notes nothing. */
export const noJournal: Journal = { before: async () => {}, after: async () => {} };
