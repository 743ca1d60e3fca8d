/** What follows from a change that is allowed, as changes of rows: of its own, and of others that show it. Pure. */

import { nameOf } from "../store/known-attributes.ts";
import type { OrganizationEvent, Origin } from "../store/event.ts";
import type { OwnPart } from "../store/own-part.ts";
import type { ResourceTypeName } from "../store/resource-type-name.ts";
import type { Row, RowChange, StoredResource } from "../store/rows.ts";
import { endingOf, isRenamed, type Change } from "./change.ts";
import type { MemberDelta } from "./member-edits.ts";
import { ownPartAfter } from "./own-part.ts";
import type { OrganizationRules } from "./rules.ts";

/** Time and origin of a change. */
export interface ChangeContext {
  readonly nowMs: number;
  readonly origin: Origin;
}

/** Members that leave a Team and members that join it. */
export interface MembershipChange {
  readonly left: readonly string[];
  readonly joined: readonly string[];
}

export interface Consequences {
  /** None where everything stays as it is. */
  readonly changes: readonly RowChange[];
  /** Whether the resource itself is changed. */
  readonly changed: boolean;
  /** Its last state, if it was deleted. */
  readonly gone: StoredResource | undefined;
}

const noMembershipChange: MembershipChange = { left: [], joined: [] };

/** `members` are those of the Team; they are looked at only where the delta has `cleared`. */
export function membershipChangeOf(
  { cleared, removed, added }: MemberDelta,
  members: ReadonlySet<string>,
): MembershipChange {
  if (!cleared) {
    return removed.size + added.size === 0 ? noMembershipChange : { left: [...removed], joined: [...added] };
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
  context: ChangeContext,
): readonly RowChange[] {
  const membershipChange = { left: [], joined };
  return [
    { kind: "put", type, row, before: undefined },
    ...memberRowChanges(row.id, membershipChange, context),
    event(
      { kind: "created", type, id: row.id, name: nameOf(type, row.attributes) },
      membershipChange,
      context,
    ),
  ];
}

/** `relatedIds` are the members of a renamed Team, the Teams of a user who is renamed or loses access. */
export function consequencesOfChange(
  change: Change,
  {
    membershipChange,
    relatedIds,
  }: { readonly membershipChange: MembershipChange; readonly relatedIds: readonly string[] },
  rules: OrganizationRules,
  context: ChangeContext,
): Consequences {
  const { type, row, after, kind } = change;
  const ending = endingOf(change, rules);
  const ended = ending === "keeps-memberships" ? [] : relatedIds;
  const changed = isChange(change, membershipChange);
  if (!changed && ended.length === 0) return { changes: [], changed, gone: undefined };
  const name = after === undefined ? row.name : nameOf(type, after);
  const told = event(
    { kind, type, id: row.id, name },
    ended.length === 0 ? membershipChange : { joined: membershipChange.joined, left: ended },
    context,
  );
  const endings = endedMembershipRows(row.id, ended, context);
  const own = changed ? ownPartAfter(change, rules, context.origin) : row.own;
  if (after !== undefined && ending === "removes") {
    const changes: RowChange[] = [...endings, { kind: "delete", type, row }, told];
    return {
      changes,
      changed,
      gone: { ...row, ...nextRow(row, { attributes: after, own }, context), name, active: false },
    };
  }
  const affected = ended.length === 0 && isRenamed(change) ? relatedIds : [];
  const changes = [
    ...rowChanges(change, { own, changed }, context),
    ...memberRowChanges(row.id, membershipChange, context),
    ...endings,
    ...touch(otherOf(type), affected.filter(isUnchanged(membershipChange)), undefined),
    told,
  ];
  return { changes, changed, gone: undefined };
}

function isChange({ after, own }: Change, { left, joined }: MembershipChange): boolean {
  return after !== undefined || own !== undefined || left.length + joined.length > 0;
}

/** Of its attributes; of its version and Astro's own part alone where only those, or who is related to it, change. */
function rowChanges(
  { type, row, after }: Change,
  { own, changed }: { readonly own: OwnPart; readonly changed: boolean },
  context: ChangeContext,
): readonly RowChange[] {
  if (after !== undefined) {
    return [{ kind: "put", type, row: nextRow(row, { attributes: after, own }, context), before: row }];
  }
  const touched = touch(type, [row.id], changed ? context.nowMs : undefined);
  return own === row.own ? touched : [...touched, { kind: "own", id: row.id, own }];
}

/** `relatedIds` are all members of the Team, or all Teams of the user. */
export function consequencesOfRemoval(
  type: ResourceTypeName,
  row: StoredResource,
  relatedIds: readonly string[],
  context: ChangeContext,
): readonly RowChange[] {
  const membershipChange = { left: relatedIds, joined: [] };
  return [
    ...(type === "User"
      ? endedMembershipRows(row.id, relatedIds, context)
      : memberRowChanges(row.id, membershipChange, context)),
    { kind: "delete", type, row },
    event({ kind: "deleted", type, id: row.id, name: row.name }, membershipChange, context),
  ];
}

function nextRow(
  { id, createdMs, version }: Row,
  next: Pick<Row, "attributes" | "own">,
  { nowMs }: ChangeContext,
): Row {
  return { id, ...next, createdMs, lastModifiedMs: nowMs, version: version + 1 };
}

/** A user shows the Teams that it is in, and is not modified by them. */
function memberRowChanges(
  teamId: string,
  membershipChange: MembershipChange,
  { nowMs: atMs }: ChangeContext,
): readonly RowChange[] {
  const moved = [...membershipChange.left, ...membershipChange.joined];
  if (moved.length === 0) return [];
  return [{ kind: "members", teamId, ...membershipChange, atMs }, ...touch("User", moved, undefined)];
}

/** A Team is modified when members leave it. */
function endedMembershipRows(
  userId: string,
  teamIds: readonly string[],
  { nowMs }: ChangeContext,
): readonly RowChange[] {
  const left = [userId];
  return [
    ...teamIds.map((teamId): RowChange => ({ kind: "members", teamId, left, joined: [], atMs: nowMs })),
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

/** Members that leave or join are touched anyway. */
function isUnchanged({ left, joined }: MembershipChange): (id: string) => boolean {
  const moved = new Set([...left, ...joined]);
  return (id) => !moved.has(id);
}

function event(
  { kind, type, id, name }: Pick<OrganizationEvent, "kind" | "type" | "id" | "name">,
  { left, joined }: MembershipChange,
  { nowMs, origin: { api, actor } }: ChangeContext,
): RowChange {
  return { kind: "event", event: { api, actor, atMs: nowMs, kind, type, id, name, joined, left } };
}

function otherOf(type: ResourceTypeName): ResourceTypeName {
  return type === "User" ? "Group" : "User";
}
