/** `--cleanup`: what a run created is deleted again, and what is left is said. */

import { AppError } from "../errors.ts";
import type { Connected } from "./connected.ts";
import type { CreatedResources } from "./created-resources.ts";

/** @throws AppError failed, where something could not be deleted; interrupted, where Ctrl-C came before */
export async function cleanUp(
  { connection, talk, signal }: Connected,
  created: CreatedResources,
): Promise<void> {
  const { removed, left } = await created.remove(connection.send);
  talk.say(`Cleaned up: ${removed} users and Teams that this run created are deleted.`);
  if (left.length === 0) return;
  const rest = `${left.slice(0, 10).join(", ")}${left.length > 10 ? ", …" : ""}`;
  const hint = "Delete them by hand, or with astro-scim delete.";
  if (signal.aborted) {
    const who = `${left.length} users and Teams that this run created`;
    throw new AppError("interrupted", `Interrupted before ${who} were deleted: ${rest}`, { hint });
  }
  throw new AppError("failed", `${left.length} could not be deleted: ${rest}`, { hint });
}
