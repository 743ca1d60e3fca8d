/** Membership changes of a Team, in batches of a hundred. */

import type { Seen } from "../held.ts";
import type { WriteResult } from "../writer.ts";
import { patchRequest, type PatchOperation } from "./request.ts";
import type { WireRequest } from "../../wire/exchange.ts";

/**
 * The least that servers are known to take: Okta's publishers set 100 to 1000 (Okta: OIN submission guide, 2021),
 * and AWS IAM Identity Center refuses more than 100 (AWS: IAM Identity Center SCIM, PatchGroup).
 */
const membersPerPatch = 100;

/** One `add` with all of them (RFC 7644 §3.5.2.1). */
export function memberAdditions(userIds: readonly string[]): readonly PatchOperation[] {
  return [{ op: "add", path: "members", value: userIds.map((value) => ({ value })) }];
}

/** One `remove` with a value filter for each (RFC 7644 §3.5.2.2). */
export function memberRemovals(userIds: readonly string[]): readonly PatchOperation[] {
  return userIds.map((id) => ({ op: "remove", path: `members[value eq ${JSON.stringify(id)}]` }));
}

/** Sends the batches one after the other; stops at the first that fails, and between two on request. */
export async function writeMembers(
  write: (request: WireRequest) => Promise<WriteResult>,
  batches: {
    readonly team: Seen;
    readonly userIds: readonly string[];
    readonly operations: (userIds: readonly string[]) => readonly PatchOperation[];
    readonly signal: AbortSignal;
  },
): Promise<WriteResult> {
  const { team, userIds, operations, signal } = batches;
  for (let written = 0; written < userIds.length; written += membersPerPatch) {
    if (written > 0 && signal.aborted) return { kind: "partly", written, message: "interrupted" };
    const batch = userIds.slice(written, written + membersPerPatch);
    // The first batch changes the version, so only the first can insist on it.
    const version = written === 0 ? team.version : undefined;
    const result = await write(patchRequest("/Groups", { scimId: team.scimId, version }, operations(batch)));
    if (result.kind !== "written") return written === 0 ? result : partly(written, result);
  }
  return { kind: "written" };
}

function partly(written: number, result: Exclude<WriteResult, { kind: "written" }>): WriteResult {
  const message = "message" in result ? result.message : "the Team is gone";
  return { kind: "partly", written, message };
}
