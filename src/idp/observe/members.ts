/** Whether the answer to a write of a group has the members that were sent, where it has members at all. */

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import type { WireRequest } from "../../wire/exchange.ts";
import type { Deviation } from "./deviation.ts";

export function observeMembers(request: WireRequest, answered: JsonObject): readonly Deviation[] {
  const { members } = answered;
  if (!isJsonArray(members)) return [];
  const { all, present, absent } = demandOf(request);
  const missing = new Set(present);
  const extra = new Set<string>();
  for (const member of members) {
    const id = idOf(member);
    if (id === undefined) continue;
    missing.delete(id);
    if (absent.has(id) || (all && !present.has(id))) extra.add(id);
  }
  if (missing.size + extra.size === 0) return [];
  return [{ code: "members-not-stored", missing: [...missing], extra: [...extra] }];
}

interface Demand {
  /** Whether `present` is all that there should be. */
  readonly all: boolean;
  readonly present: ReadonlySet<string>;
  readonly absent: ReadonlySet<string>;
}

function demandOf({ method, body = {} }: WireRequest): Demand {
  if (method === "PATCH") return demandOfPatch(isJsonArray(body["Operations"]) ? body["Operations"] : []);
  const { members } = body;
  return { all: isJsonArray(members), present: new Set(idsOf(members)), absent: new Set() };
}

function demandOfPatch(operations: readonly JsonValue[]): Demand {
  const present = new Set<string>();
  const absent = new Set<string>();
  let all = false;
  for (const { op, path, value } of operations.filter(isJsonObject)) {
    if (op === "remove" && typeof path === "string") for (const id of removedBy(path)) absent.add(id);
    if (path !== "members") continue;
    all ||= op === "replace";
    for (const id of idsOf(value)) present.add(id);
  }
  return { all, present, absent };
}

const removal = { start: "members[value eq ", end: "]" };

/** The id in `members[value eq "…"]`, the one form in which providers remove a member. */
function removedBy(path: string): readonly string[] {
  if (!path.startsWith(removal.start) || !path.endsWith(removal.end)) return [];
  try {
    const id: unknown = JSON.parse(path.slice(removal.start.length, -removal.end.length));
    return typeof id === "string" ? [id] : [];
  } catch {
    return [];
  }
}

function idsOf(members: JsonValue | undefined): readonly string[] {
  return isJsonArray(members) ? members.map(idOf).filter((id) => id !== undefined) : [];
}

function idOf(member: JsonValue): string | undefined {
  const value = isJsonObject(member) ? member["value"] : undefined;
  return typeof value === "string" ? value : undefined;
}
