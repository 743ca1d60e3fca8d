/** What follows from a change that is allowed, as changes of rows: of its own, and of others that show it. Pure. */

import type { JsonObject } from "../../ground/json.ts";
import { nameOf } from "../store/known-attributes.ts";
import type { OrganizationEvent, Origin } from "../store/event.ts";
import type { ResourceTypeName } from "../store/resource-type-name.ts";
import type { Row, RowChange, StoredResource } from "../store/rows.ts";
import { endingOf, isRenamed, type Change } from "./change.ts";
import type { MemberDelta } from "./member-edits.ts";
import type { OrganizationRules } from "./rules.ts";

/** When something is done, and on whose behalf. */
export interface Stamp {
  readonly nowMs: number;
  readonly origin: Origin;
}

/** Who leaves a Team and who joins it. */
export interface Moves {
  readonly left: readonly string[];
  readonly joined: readonly string[];
}

export interface Consequences {
  /** None where everything stays as it is. */
  readonly changes: readonly RowChange[];
  /** Whether the resource itself is changed. */
  readonly changed: boolean;
  /** As it was last, where it is gone. */
  readonly gone: StoredResource | undefined;
}

const nobodyMoves: Moves = { left: [], joined: [] };

/** `members` are those of the Team; they are looked at only where the delta has `cleared`. */
export function movesOf({ cleared, removed, added }: MemberDelta, members: ReadonlySet<string>): Moves {
  if (!cleared) {
    return removed.size + added.size === 0 ? nobodyMoves : { left: [...removed], joined: [...added] };
  }
  return {
    left: [...members].filter((id) => !added.has(id)),
    joined: [...added].filter((id) => !members.has(id)),
  };
}

/** A new row, with those who join it if it is a Team. */
export function consequencesOfCreation(
  type: ResourceTypeName,
  row: Row,
  joined: readonly string[],
  stamp: Stamp,
): readonly RowChange[] {
  const moves = { left: [], joined };
  return [
    { kind: "put", type, row, before: undefined },
    ...membersMove(row.id, moves),
    event({ kind: "created", type, id: row.id, name: nameOf(type, row.attributes) }, moves, stamp),
  ];
}

/** `relatedIds` are the members of a renamed Team, the Teams of a user who is renamed or loses access. */
export function consequencesOfChange(
  change: Change,
  { moves, relatedIds }: { readonly moves: Moves; readonly relatedIds: readonly string[] },
  rules: OrganizationRules,
  stamp: Stamp,
): Consequences {
  const { type, row, after, kind } = change;
  const ending = endingOf(change, rules);
  const ended = ending === "keeps-memberships" ? [] : relatedIds;
  const changed = after !== undefined || moves.left.length + moves.joined.length > 0;
  if (!changed && ended.length === 0) return { changes: [], changed, gone: undefined };
  const name = after === undefined ? row.name : nameOf(type, after);
  const told = event(
    { kind, type, id: row.id, name },
    ended.length === 0 ? moves : { joined: moves.joined, left: ended },
    stamp,
  );
  const endings = membershipsEnd(row.id, ended, stamp);
  if (after !== undefined && ending === "removes") {
    const changes: RowChange[] = [...endings, { kind: "delete", type, row }, told];
    return { changes, changed, gone: { ...row, ...nextRow(row, after, stamp), name, active: false } };
  }
  const showing = ended.length === 0 && isRenamed(change) ? relatedIds : [];
  const changes = [
    ...ownChange(change, changed, stamp),
    ...membersMove(row.id, moves),
    ...endings,
    ...touch(otherOf(type), showing.filter(isNoneOf(moves)), undefined),
    told,
  ];
  return { changes, changed, gone: undefined };
}

/** Of its attributes; of its version alone where only who is related to it changes. */
function ownChange({ type, row, after }: Change, changed: boolean, stamp: Stamp): readonly RowChange[] {
  if (after === undefined) return touch(type, [row.id], changed ? stamp.nowMs : undefined);
  return [{ kind: "put", type, row: nextRow(row, after, stamp), before: row }];
}

/** `relatedIds` are all members of the Team, or all Teams of the user. */
export function consequencesOfRemoval(
  type: ResourceTypeName,
  row: StoredResource,
  relatedIds: readonly string[],
  stamp: Stamp,
): readonly RowChange[] {
  const moves = { left: relatedIds, joined: [] };
  return [
    ...(type === "User" ? membershipsEnd(row.id, relatedIds, stamp) : membersMove(row.id, moves)),
    { kind: "delete", type, row },
    event({ kind: "deleted", type, id: row.id, name: row.name }, moves, stamp),
  ];
}

function nextRow(
  { id, createdMs, version, organizationRole }: Row,
  attributes: JsonObject,
  { nowMs }: Stamp,
): Row {
  return { id, attributes, createdMs, lastModifiedMs: nowMs, version: version + 1, organizationRole };
}

/** A user shows the Teams that it is in, and is not modified by them. */
function membersMove(teamId: string, moves: Moves): readonly RowChange[] {
  const moved = [...moves.left, ...moves.joined];
  if (moved.length === 0) return [];
  return [{ kind: "members", teamId, ...moves }, ...touch("User", moved, undefined)];
}

/** A Team is modified by who leaves it. */
function membershipsEnd(userId: string, teamIds: readonly string[], { nowMs }: Stamp): readonly RowChange[] {
  const left = [userId];
  return [
    ...teamIds.map((teamId): RowChange => ({ kind: "members", teamId, left, joined: [] })),
    ...touch("Group", teamIds, nowMs),
  ];
}

function touch(
  type: ResourceTypeName,
  ids: readonly string[],
  modifiedMs: number | undefined,
): readonly RowChange[] {
  return ids.length === 0 ? [] : [{ kind: "touch", type, ids, modifiedMs }];
}

/** Who moves shows it anyway. */
function isNoneOf({ left, joined }: Moves): (id: string) => boolean {
  const moved = new Set([...left, ...joined]);
  return (id) => !moved.has(id);
}

function event(
  { kind, type, id, name }: Pick<OrganizationEvent, "kind" | "type" | "id" | "name">,
  { left, joined }: Moves,
  { nowMs, origin: { api, actor } }: Stamp,
): RowChange {
  return { kind: "event", event: { api, actor, atMs: nowMs, kind, type, id, name, joined, left } };
}

function otherOf(type: ResourceTypeName): ResourceTypeName {
  return type === "User" ? "Group" : "User";
}
