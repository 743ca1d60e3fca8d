/** `--save FILE`: a plan is kept for a review, and nothing is written to Astro. */

import { resolve } from "node:path";
import type { Drift } from "../../drift/compare/diff.ts";
import { isDeletion } from "../../drift/plan/operations/operation.ts";
import type { Plan } from "../../drift/plan/plan.ts";
import {
  deletionSpending,
  removalSpending,
  renameSpending,
  type Spending,
} from "../../drift/safety/budget.ts";
import { requireRoomBeside, writeProblem, writeWhole } from "../../files/whole-file.ts";
import { AppError } from "../../ground/errors.ts";
import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import { sourceFingerprint } from "../../plan-file/source-fingerprint.ts";
import { savedPlanSchemaVersion, writeSavedPlan, type SavedLimit } from "../../plan-file/saved-plan.ts";
import type { Io } from "../../world/io.ts";
import type { Session } from "../session.ts";

/**
 * Before anything is read: the file can be written, and nothing else is asked for that contradicts it.
 * @throws AppError usage
 */
export async function requireSavable(
  io: Io,
  { save, yes }: { readonly save?: string | undefined; readonly yes?: boolean },
): Promise<void> {
  if (save === undefined) return;
  if (yes === true) {
    throw new AppError("usage", "--save and --yes cannot be used together: --save applies nothing.", {
      hint: "Save the plan, then apply it with astro-scim apply.",
    });
  }
  try {
    await requireRoomBeside(io, resolve(io.cwd, save));
  } catch (error) {
    throw unwritable("usage", save, error);
  }
}

/** What is saved, and what it was made from. */
export interface PlanToSave {
  readonly file: string;
  readonly plan: Plan;
  readonly drift: Drift;
  readonly allowEmpty?: readonly string[] | undefined;
}

/**
 * Writes the plan whole or not at all.
 * @throws AppError refused, where a secret would be in it; failed, where the file cannot be written any more
 */
export async function savePlan(
  session: Session,
  { file, plan, drift, allowEmpty = [] }: PlanToSave,
): Promise<void> {
  const { io, target, settings, output } = session;
  const budget = { ...settings.limits, allowEmpty };
  const text = writeSavedPlan({
    schemaVersion: savedPlanSchemaVersion,
    kind: "plan",
    savedAt: io.clock.now().toISOString(),
    organization: (target.kind === "remote" ? target.organizationId : undefined) ?? null,
    source: { name: sourceName(session), fingerprint: sourceFingerprint(drift.expected) },
    limits: {
      deletions: savedLimit(deletionSpending(plan, budget)),
      removals: savedLimit(removalSpending(plan, budget)),
      renames: savedLimit(renameSpending(plan, budget)),
      allowEmpty,
    },
    plan,
  });
  if (io.secrets.without(text) !== text) {
    throw new AppError("refused", `The plan was not saved to ${printable(file)}: a secret would be in it.`, {
      hint: "A name or an attribute in it has the value of a token or a password: use another token.",
    });
  }
  try {
    await writeWhole(io, resolve(io.cwd, file), text, { replace: true });
  } catch (error) {
    throw unwritable("failed", file, error);
  }
  if (target.kind === "in-process") {
    output.say(
      "The plan is for the local Astro inside this process, which ends now: apply needs one for a named target.",
    );
  }
}

/** `Plan saved to plan.json: 5 operations, 2 deletions.` */
export function savedLine(file: string, { operations }: Plan): string {
  const deletions = operations.filter(isDeletion).length;
  const what = `${plural(operations.length, "operation")}, ${deletions === 0 ? "no deletion" : plural(deletions, "deletion")}`;
  return `Plan saved to ${printable(file)}: ${what}.`;
}

/** A URL may have been given with what lets one in. */
function sourceName({ source, directory }: Session): string {
  if (directory.kind !== "scim" || !URL.canParse(directory.url)) return source.name;
  const { origin, pathname } = new URL(directory.url);
  return `scim:${origin}${pathname}`;
}

function unwritable(code: "usage" | "failed", file: string, error: unknown): AppError {
  return new AppError(code, `The plan cannot be saved to ${printable(file)}: ${writeProblem(error)}.`, {
    hint: "Choose another file for --save.",
    cause: error,
  });
}

/** What earlier runs have spent is looked at when the plan is applied. */
function savedLimit({ planned, total, limit }: Spending): SavedLimit {
  return { planned, total, limit };
}
