/** The places before and after each write. */

import type { Operation } from "../drift/plan/operation.ts";
import type { Outcome } from "./outcome.ts";
import type { Resource } from "./resource.ts";

/**
 * Called around each write, and around nothing else: what is stale, gone or not begun is not told. Where either throws an
 * AppError, no other write begins: nothing is written that cannot be noted.
 */
export interface Journal {
  /** Right before the write, with the resource as it was just read; undefined for what is yet to be made. */
  before(operation: Operation, seen: Resource | undefined): Promise<void>;
  /** After the write was read back. */
  after(outcome: Outcome): Promise<void>;
}

/** Notes nothing. */
export const noJournal: Journal = { before: async () => {}, after: async () => {} };
