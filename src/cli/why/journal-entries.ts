/** What our own repairs wrote, as entries of a story. */

import type { LoggedAction } from "../../directory/provider-history.ts";
import type { Operation } from "../../drift/plan/operations/operation.ts";
import { operationsOf, type RecordedOperation, type RecordedRun } from "../../runs/run.ts";
import type { LogEntry } from "../../why/logs/log-entry.ts";

const actions: Readonly<Partial<Record<Operation["kind"], LoggedAction>>> = {
  "create-user": "account-created",
  "activate-user": "account-activated",
  "update-user": "account-changed",
  "rename-user": "account-renamed",
  "deactivate-user": "account-deactivated",
  "delete-user": "account-deleted",
  "create-team": "team-created",
  "rename-team": "team-changed",
  "delete-team": "team-deleted",
  "add-members": "member-added",
  "remove-members": "member-removed",
};

/** Of every operation whose request may have gone out. */
export function journalEntries(run: RecordedRun): readonly LogEntry[] {
  return operationsOf(run)
    .filter(({ isBegun }) => isBegun)
    .flatMap((recorded) => entriesOf(run, recorded));
}

function entriesOf(run: RecordedRun, { operation, outcome }: RecordedOperation): readonly LogEntry[] {
  const { subject } = operation;
  const common = {
    log: "journal",
    writer: "astro-scim",
    at: outcome?.at ?? run.at,
    action: actions[operation.kind] ?? "other",
    outcome: outcome !== undefined && isDone(outcome) ? "success" : "failure",
    text: operation.summary,
    by: `astro-scim ${run.command}, run ${run.run}`,
    reason: outcome === undefined ? "its outcome is not known" : (outcome.reason ?? undefined),
    code: undefined,
    run: run.run,
  } as const;
  const about = { id: outcome?.scimId ?? subject.scimId ?? undefined, name: subject.name };
  if (!("members" in operation)) return [{ ...common, objects: [about] }];
  return operation.members.map(({ scimId, userName }) => ({
    ...common,
    objects: [about, { id: scimId ?? undefined, name: userName }],
  }));
}

function isDone({ status }: NonNullable<RecordedOperation["outcome"]>): boolean {
  return status === "done" || status === "not-confirmed";
}
