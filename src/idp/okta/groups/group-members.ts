/** Changes of a group's members in the two forms in which Okta sends them. */

import {
  isJsonArray,
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
} from "../../../ground/json.ts";
import type { OktaFidelity } from "../../../fidelity/table.ts";
import { memberBody, type GroupMember } from "../requests/requests.ts";

/** What changed since the last push; `removed` are SCIM ids. */
export interface MemberDelta {
  readonly added: readonly GroupMember[];
  readonly removed: readonly string[];
}

export function isEmptyDelta({ added, removed }: MemberDelta): boolean {
  return added.length === 0 && removed.length === 0;
}

/**
 * The operations of each PATCH of a delta: one remove for each member that left, then one add with all that
 * came, never more changes in one PATCH than the integration was published with.
 */
export function deltaPatches(
  { added, removed }: MemberDelta,
  most: number,
): readonly (readonly JsonObject[])[] {
  const changes = [
    ...removed.map((scimId) => ({ kind: "remove", scimId }) as const),
    ...added.map((member) => ({ kind: "add", member }) as const),
  ];
  return chunksOf(changes, most).map((chunk) => {
    const members = chunk.flatMap((change) => (change.kind === "add" ? [change.member] : []));
    const removals = chunk.flatMap((change) =>
      change.kind === "remove" ? [removeMember(change.scimId)] : [],
    );
    return members.length === 0 ? removals : [...removals, setMembers("add", members)];
  });
}

/** The group whose members are replaced, and how many of them go in one PATCH. */
export interface FullPush {
  readonly scimId: string;
  readonly displayName: string;
  readonly members: readonly GroupMember[];
  readonly most: number;
}

/** Inferred where the members do not fit in one PATCH: a replace with the first, adds with the rest. */
export function fullPushPatches(
  { scimId, displayName, members, most }: FullPush,
  { fullPushForm, fullPushSplit }: OktaFidelity,
): readonly (readonly JsonObject[])[] {
  const [first = [], ...rest] = fullPushSplit === "single" ? [members] : chunksOf(members, most);
  const replace =
    fullPushForm === "path"
      ? setMembers("replace", first)
      : { op: "replace", value: { members: first.map(memberBody), id: scimId, displayName } };
  return [[replace], ...rest.map((chunk) => [setMembers("add", chunk)])];
}

/** The members that a PUT sends back: those of the server, as it spelt them, without the removed ones and with the added ones. */
export function mergeMembers(current: JsonValue | undefined, { added, removed }: MemberDelta): JsonArray {
  const removedIds = new Set<JsonValue | undefined>(removed);
  const kept = (isJsonArray(current) ? current : []).filter(
    (member) => isJsonObject(member) && !removedIds.has(member["value"]),
  );
  const present = new Set(kept.map((member) => (isJsonObject(member) ? member["value"] : undefined)));
  const newMembers = added.filter(({ value }) => !present.has(value));
  return [...kept.map(echoMember), ...newMembers.map(memberBody)];
}

/** `value` and `display` alone; a `display` that the server gave as null goes back as null. */
function echoMember(member: JsonValue): JsonObject {
  const { value = null, display } = isJsonObject(member) ? member : {};
  return display === undefined ? { value } : { value, display };
}

function removeMember(scimId: string): JsonObject {
  return { op: "remove", path: `members[value eq ${JSON.stringify(scimId)}]` };
}

function setMembers(op: "add" | "replace", members: readonly GroupMember[]): JsonObject {
  return { op, path: "members", value: members.map(memberBody) };
}

function chunksOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  const chunks: (readonly Item[])[] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}
