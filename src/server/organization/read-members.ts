/** What edits do to the members of a Team: reads of the members what the edits ask for, and no more. */

import type { JsonObject } from "../../ground/json.ts";
import { presentMember } from "../store/present.ts";
import type { Reads } from "../store/rows.ts";
import { memberDelta, membersToKnow, type MemberDelta } from "./member-edits.ts";
import type { EditOptions } from "./outcome.ts";

/** @throws ScimError noTarget; 413 where the filters are more work than is left */
export async function readMemberDelta(
  rows: Reads,
  teamId: string,
  { edits, work, baseUrl }: Pick<EditOptions, "edits" | "work" | "baseUrl">,
): Promise<MemberDelta> {
  // Of an account that is used up nothing more is read.
  work.spend(0);
  const known = membersToKnow(edits);
  const ids = known.everybody
    ? new Set(await rows.relatedIds("Group", teamId))
    : await rows.membersAmong(teamId, [...known.ids]);
  const names = known.described ? await namesOf(rows, new Set([...ids, ...known.ids])) : noNames;
  const describe = (value: string): JsonObject =>
    presentMember({ value, display: names.get(value) }, baseUrl);
  return memberDelta({ ids, describe }, edits, work);
}

const noNames: ReadonlyMap<string, string | undefined> = new Map();

async function namesOf(
  rows: Reads,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string | undefined>> {
  const described = await rows.describe([...ids]);
  return new Map(described.map(({ value, display }) => [value, display]));
}
