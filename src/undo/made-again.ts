/** Accounts and Teams that another undo has made again have new ids: a run that names the old ones means these. */

import type { Operation, OperationSubject } from "../drift/plan/operations/operation.ts";
import type { RunEvent } from "../runs/lines.ts";
import type { ResourceJson } from "../runs/resource-json.ts";
import { operationsOf, type RecordedRun } from "../runs/run.ts";

/** New ids by old ones, as `user 7f3a`. */
export type NewIds = ReadonlyMap<string, string>;

/** @param runs later ones of the same organization, those that were undone included, the oldest first */
export function newIdsFrom(runs: readonly RecordedRun[]): NewIds {
  const byId = new Map(runs.map((run) => [run.run, run]));
  const newIds = new Map<string, string>();
  for (const undoing of runs) {
    const undone = byId.get(undoing.undoes ?? "");
    if (undone === undefined) continue;
    const made = madeBy(undoing);
    for (const { operation, before, outcome } of operationsOf(undone)) {
      if (!operation.kind.startsWith("delete-") || outcome?.status !== "done" || before === undefined)
        continue;
      const scimId = made.get(`${before.kind} ${before.key}`);
      if (scimId !== undefined) newIds.set(`${before.kind} ${before.scimId}`, scimId);
    }
  }
  return newIds;
}

/** Ids of what a run created, by `user KEY`. */
function madeBy(run: RecordedRun): ReadonlyMap<string, string> {
  return new Map(
    operationsOf(run).flatMap(({ operation: { kind, subject }, outcome }): [string, string][] => {
      const isMade = kind.startsWith("create-") && outcome?.status === "done" && outcome.scimId !== null;
      return isMade ? [[`${subject.kind} ${subject.key}`, outcome.scimId ?? ""]] : [];
    }),
  );
}

/** The run as if it had written to what exists now. */
export function withNewIds(run: RecordedRun, newIds: NewIds): RecordedRun {
  if (newIds.size === 0) return run;
  const ids = new Translation(newIds);
  const kinds = new Map(run.plan.operations.map(({ id, subject }) => [id, subject.kind]));
  return {
    ...run,
    plan: { ...run.plan, operations: run.plan.operations.map((one) => operationWith(one, ids)) },
    events: run.events.map((event) => eventWith(event, kinds, ids)),
  };
}

class Translation {
  readonly #newIds: NewIds;

  constructor(newIds: NewIds) {
    this.#newIds = newIds;
  }

  /** What was made again may have been deleted and made again after that. */
  of(kind: OperationSubject["kind"], id: string): string {
    const seen = new Set<string>();
    let now = id;
    for (;;) {
      const next = this.#newIds.get(`${kind} ${now}`);
      if (next === undefined || seen.has(next)) return now;
      seen.add(next);
      now = next;
    }
  }

  orNull(kind: OperationSubject["kind"], id: string | null): string | null {
    return id === null ? null : this.of(kind, id);
  }

  all(kind: OperationSubject["kind"], ids: readonly string[]): string[] {
    return ids.map((id) => this.of(kind, id));
  }
}

function operationWith(operation: Operation, ids: Translation): Operation {
  const { kind, scimId } = operation.subject;
  const common = { ...operation, subject: { ...operation.subject, scimId: ids.orNull(kind, scimId) } };
  if ("members" in common) {
    const members = common.members.map((one) => ({ ...one, scimId: ids.orNull("user", one.scimId) }));
    return { ...common, members };
  }
  if (common.kind === "delete-team") return { ...common, memberIds: ids.all("user", common.memberIds) };
  if (common.kind !== "delete-user" && common.kind !== "deactivate-user") return common;
  return common.teamIds === undefined ? common : { ...common, teamIds: ids.all("team", common.teamIds) };
}

function eventWith(
  event: RunEvent,
  kinds: ReadonlyMap<string, OperationSubject["kind"]>,
  ids: Translation,
): RunEvent {
  if (event.kind === "intent") {
    return { ...event, resource: event.resource && resourceWith(event.resource, ids) };
  }
  if (event.kind !== "outcome") return event;
  const kind = kinds.get(event.operation) ?? "user";
  return { ...event, scimId: ids.orNull(kind, event.scimId) };
}

function resourceWith(resource: ResourceJson, ids: Translation): ResourceJson {
  const scimId = ids.of(resource.kind, resource.scimId);
  if (resource.kind === "team") return { ...resource, scimId, members: ids.all("user", resource.members) };
  return { ...resource, scimId, teams: resource.teams && ids.all("team", resource.teams) };
}
