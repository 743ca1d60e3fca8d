/** Whether the answer to a write of a group has the members that were sent, where it has members at all. */

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
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

/** The operations one after another: what a later one says counts. */
function demandOfPatch(operations: readonly JsonValue[]): Demand {
  const demand = { all: false, present: new Set<string>(), absent: new Set<string>() };
  for (const { op, path, value } of operations.filter(isJsonObject)) {
    const kind = typeof op === "string" ? foldCase(op) : "";
    if (kind === "remove") demandRemoval(demand, path, value);
    else if (path === "members") demandMembers(demand, kind, value);
    else if (path === undefined && isJsonObject(value) && isJsonArray(value["members"]))
      demandMembers(demand, kind, value["members"]);
  }
  return demand;
}

interface GrowingDemand {
  all: boolean;
  readonly present: Set<string>;
  readonly absent: Set<string>;
}

/** By a path with the id, by the ids in the value as Entra ID without the flag does it, or all of them. */
function demandRemoval(
  demand: GrowingDemand,
  path: JsonValue | undefined,
  value: JsonValue | undefined,
): void {
  if (typeof path !== "string") return;
  const ids = path === "members" ? idsOf(value) : removedBy(path);
  for (const id of ids) {
    demand.present.delete(id);
    demand.absent.add(id);
  }
  if (path === "members" && value === undefined) empty(demand);
}

function demandMembers(demand: GrowingDemand, kind: string, value: JsonValue | undefined): void {
  if (kind === "replace") empty(demand);
  for (const id of idsOf(value)) {
    demand.absent.delete(id);
    demand.present.add(id);
  }
}

function empty(demand: GrowingDemand): void {
  demand.all = true;
  demand.present.clear();
  demand.absent.clear();
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
