/** What our own repairs wrote, as entries of a story. */

import type { LoggedAction } from "../../directory/provider-history.ts";
import type { Operation } from "../../drift/plan/operation.ts";
import { operationsOf, type RecordedRun } from "../../runs/run.ts";
import type { LogEntry } from "../../why/logs/log-entry.ts";

const actions: Readonly<Partial<Record<Operation["kind"], LoggedAction>>> = {
  "create-user": "account-created",
  "activate-user": "account-activated",
  "update-user": "account-changed",
  "rename-user": "account-renamed",
  "delete-user": "account-deleted",
  "create-team": "team-created",
  "rename-team": "team-changed",
  "delete-team": "team-deleted",
  "add-members": "member-added",
  "remove-members": "member-removed",
};

/** Of every operation whose request may have gone out. */
export function journalEntries(run: RecordedRun): readonly LogEntry[] {
  return operationsOf(run).flatMap(({ operation, isBegun, outcome }): readonly LogEntry[] => {
    if (!isBegun) return [];
    const at = outcome?.at ?? run.at;
    const { subject } = operation;
    const id = outcome?.scimId ?? subject.scimId ?? undefined;
    const isDone = outcome?.status === "done" || outcome?.status === "not-confirmed";
    const common = {
      log: "journal",
      writer: "astro-scim",
      at,
      action: actions[operation.kind] ?? "other",
      outcome: isDone ? "success" : "failure",
      text: operation.summary,
      by: `astro-scim ${run.command}, run ${run.run}`,
      reason: outcome?.reason ?? (outcome === undefined ? "its outcome is not known" : undefined),
      code: undefined,
      run: run.run,
    } as const;
    const about = { id, name: subject.name };
    if (!("members" in operation)) return [{ ...common, objects: [about] }];
    const members = operation.members.map(({ scimId, userName }) => ({
      id: scimId ?? undefined,
      name: userName,
    }));
    return members.map((member) => ({ ...common, objects: [about, member] }));
  });
}
