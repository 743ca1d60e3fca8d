/** `check --cleanup`: canaries that an earlier run had to leave are deleted, by a plan like every repair. */

import { readAstroState } from "../../astro/api/reading/read.ts";
import { allTeams, allUsers, heldIds, type HeldIds, type HeldState } from "../../astro/held.ts";
import { isCanaryTeam, isCanaryUser } from "../../check/canary/names.ts";
import { fail, pass, type CheckResult } from "../../check/check.ts";
import { diff } from "../../drift/compare/diff.ts";
import { planCleanup } from "../../drift/plan/plan-cleanup.ts";
import type { Plan } from "../../drift/plan/plan.ts";
import { nameList } from "../../ground/text/name-list.ts";
import { AppError } from "../../ground/errors.ts";
import { hanging } from "../../report/layout/hanging.ts";
import { refusalText } from "../../report/repair/refusal-text.ts";
import { targetName } from "../../target/resolve-target.ts";
import type { Connected } from "../connected.ts";
import type { JournalFlags } from "../flags/options.ts";
import { streamStyle } from "../output/stream-style.ts";
import { agree } from "../repair/agree.ts";
import { refusalsOf } from "../repair/carry-out.ts";
import { carryOutJournalled, requireJournal } from "../repair/journalled.ts";

/** @throws AppError whatever keeps the server from being read; refused, declined */
export async function cleanUpCanaries(
  connected: Connected,
  flags: JournalFlags & { readonly yes?: boolean },
): Promise<CheckResult> {
  const { io, output } = connected;
  await requireJournal(connected, flags);
  const begun = io.clock.monotonicMs();
  const plan = await canaryPlan(connected);
  const names = plan.operations.map(({ subject }) => subject.name);
  const result = (verdict: CheckResult["verdict"]): CheckResult => ({
    id: "canary-cleanup",
    group: "canary",
    title: "Canaries of earlier runs removed",
    failureClass: "other",
    verdict,
    durationMs: io.clock.monotonicMs() - begun,
  });
  if (names.length === 0) return result(pass("there is none"));
  const [refusal] = refusalsOf(connected, plan);
  if (refusal !== undefined) {
    throw new AppError("refused", `Nothing was removed: ${refusalText(refusal).reason}.`);
  }
  for (const name of names) output.say(hanging("  - ", name, streamStyle(io, io.stderr, {})).join("\n"));
  await agree(connected, { ...flags, withoutTerminal: "Add --yes to continue without confirmation." }, plan);
  const outcomes = await carryOutJournalled(connected, plan, {
    run: { command: "check --cleanup", asked: [], flags },
  });
  const left = outcomes.filter(({ status }) => status !== "done");
  if (left.length === 0) return result(pass(nameList(names)));
  const complaints = left.map(
    ({ operation, reason }) => `${operation.subject.name} (${reason ?? "not confirmed"})`,
  );
  return result(fail(nameList(complaints), "Run astro-scim check --cleanup again."));
}

async function canaryPlan({ connection, signal }: Connected): Promise<Plan> {
  const target = targetName(connection.target);
  const held = await readAstroState(connection.send, {
    target: connection.baseUrl,
    textIdsOnly: true,
    signal,
  });
  const created = canaryIds(held);
  const all = heldIds(held);
  const others = (kind: keyof HeldIds): ReadonlySet<string> =>
    new Set([...all[kind]].filter((id) => !created[kind].has(id)));
  const nobody = { users: new Map(), teams: new Map(), unmappable: [] };
  return planCleanup(diff(nobody, held, { target }), {
    before: { users: others("users"), teams: others("teams") },
    created,
    asked: { users: new Set(), teams: new Set() },
    reason: "a canary of an earlier check",
  });
}

function canaryIds(held: HeldState): HeldIds {
  return {
    users: new Set(
      allUsers(held)
        .filter(({ userName }) => isCanaryUser(userName))
        .map(({ scimId }) => scimId),
    ),
    teams: new Set(
      allTeams(held)
        .filter(({ displayName }) => isCanaryTeam(displayName))
        .map(({ scimId }) => scimId),
    ),
  };
}
