/** Carries a plan out on a target: the same way for every command that writes. */

import { createScimWriter } from "../../astro/api/write.ts";
import { createIamRoleWriter } from "../../astro/iam/role-writer.ts";
import { createIamReader } from "../../astro/iam/reader.ts";
import type { Reader } from "../../astro/writer.ts";
import { nothingSpent, type Spent } from "../../drift/safety/budget.ts";
import { guardPlan, type Refusal } from "../../drift/safety/guard.ts";
import { requireTargetOf, type Plan } from "../../drift/plan/plan.ts";
import { applyPlan, type ApplyOptions } from "../../repair/apply.ts";
import type { IamLook, IamRoles } from "../../repair/executor.ts";
import type { Outcome } from "../../repair/outcome.ts";
import { scimExecutor } from "../../repair/scim-executor.ts";
import { targetName } from "../../target/resolve-target.ts";
import type { Connected } from "../connected.ts";
import type { RepairFlags } from "../flags/options.ts";

/** Why the safety rules refuse a plan on this target; empty where it may be carried out. */
export function refusalsOf(
  { connection, settings }: Connected,
  plan: Plan,
  flags: Pick<RepairFlags, "allowEmpty" | "rolesUnknown"> = {},
  spent: Spent = nothingSpent,
): readonly Refusal[] {
  return guardPlan(plan, {
    target: { host: connection.host, readOnly: settings.readOnly },
    budget: { ...settings.limits, allowEmpty: flags.allowEmpty ?? [], spent },
    rolesUnknown: flags.rolesUnknown === true,
  });
}

/**
 * Carries a plan out, from itself alone. Ctrl-C ends the look before a write, and never a write.
 * @throws AppError refused, for a plan of another target
 */
export async function carryOutOn(
  connected: Connected,
  plan: Plan,
  options: Pick<ApplyOptions, "strict" | "onOutcome" | "journal" | "resumed"> = {},
): Promise<readonly Outcome[]> {
  const { connection, io, settings, signal, output, ways } = connected;
  requireTargetOf(plan, targetName(connection.target));
  const { attributePaths } = plan;
  const writer = createScimWriter(connection.sendToTheEnd, { target: connection.baseUrl, attributePaths });
  const look = readerOf(connected, plan);
  const executor = scimExecutor(writer, {
    look,
    iam: iamLookOf(connected),
    roles: iamRolesOf(connected),
    provider: ways,
  });
  return applyPlan(plan, executor, {
    ...options,
    signal,
    onProgress: (text) => output.progress.update(text),
    pause: io.timers.wait,
    concurrency: settings.concurrency,
  });
}

/** Reads single users and Teams over IAM; asked only about what a plan knows from there. */
function iamLookOf({ connection, signal }: Connected): IamLook | undefined {
  const { apis } = connection;
  if (apis === undefined) return undefined;
  const { send, root, organizationId } = apis;
  return createIamReader(send, { root, organizationId, signal });
}

/** Gives roles, and reads them back, which Ctrl-C does not end. */
function iamRolesOf({ connection }: Connected): IamRoles | undefined {
  const { apis } = connection;
  if (apis === undefined) return undefined;
  const { sendToTheEnd, root, organizationId } = apis;
  return {
    writer: createIamRoleWriter(sendToTheEnd, { organizationId }),
    readBack: createIamReader(sendToTheEnd, { root, organizationId }),
  };
}

/** Reads single resources of the target, as the comparison read them. */
export function readerOf({ connection }: Connected, { attributePaths }: Plan): Reader {
  return createScimWriter(connection.send, { target: connection.baseUrl, attributePaths });
}
