/** A repair as the documented JSON shape (docs/json.md): the plan, whether it was refused, what came of it. */

import type { Refusal } from "../../drift/safety/guard.ts";
import type { Operation } from "../../drift/plan/operations/operation.ts";
import { isProviderOperation } from "../../drift/plan/operations/provider-operation.ts";
import type { JsonObject } from "../../ground/json.ts";
import type { Outcome } from "../../repair/outcome.ts";
import { refusalText } from "./refusal-text.ts";
import type { Repair } from "./report.ts";

/** The version of this shape; it changes when a field changes its meaning or goes. */
export const repairSchemaVersion = 1;

export function repairJson(repair: Repair): JsonObject {
  const { status, target, plan, refusals, outcomes, notes, savedTo = null, readFrom = null } = repair;
  return {
    schemaVersion: repairSchemaVersion,
    command: plan.command,
    status,
    target,
    savedTo,
    readFrom,
    operations: plan.operations.map((operation) => operationJson(operation, outcomes)),
    outside: { ...plan.outside },
    leftOut: plan.leftOut.map((one) => ({ ...one })),
    warnings: plan.warnings.map((one) => ({ ...one })),
    notes,
    refusals: refusals.map(refusalJson),
  };
}

function refusalJson(refusal: Refusal): JsonObject {
  const { reason, allowedBy = null } = refusalText(refusal);
  return { rule: refusal.rule, reason, allowedBy };
}

/** Through what it goes, and why; why is null where there was no choice. */
export function wayOf(operation: Operation): JsonObject {
  if (isProviderOperation(operation)) return { through: operation.through, why: operation.why };
  return { through: "scim", why: operation.overScim ?? null };
}

function operationJson(operation: Operation, outcomes: readonly Outcome[]): JsonObject {
  const { id, kind, subject, summary } = operation;
  const outcome = outcomes.find((one) => one.operation.id === id);
  return {
    id,
    kind,
    subject: { kind: subject.kind, name: subject.name, scimId: outcome?.scimId ?? subject.scimId },
    summary,
    way: wayOf(operation),
    takesAway: takenAway(operation),
    outcome: outcome === undefined ? null : { status: outcome.status, reason: outcome.reason ?? null },
  };
}

/** In words, as the plan shows them to people. */
function takenAway(operation: Operation): JsonObject | null {
  if (!("roles" in operation) || operation.roles === undefined) return null;
  const { roles, throughTeams, users } = operation.roles;
  return { roles, throughTeams, users };
}
