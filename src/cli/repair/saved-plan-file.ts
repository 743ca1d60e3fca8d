/** The file that `apply` is given: read, and checked against its age and the target. */

import { resolve } from "node:path";
import { requireTargetOf } from "../../drift/plan/plan.ts";
import { fileProblem, readSmallFile } from "../../files/read-small-file.ts";
import { AppError } from "../../ground/errors.ts";
import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import { readSavedPlan, type SavedPlan } from "../../plan-file/saved-plan.ts";
import { targetName, type RemoteTarget, type Target } from "../../target/resolve-target.ts";
import type { Io } from "../../world/io.ts";

/** A plan of 100,000 operations takes about 50 MB. */
const maxPlanBytes = 256 * 1024 * 1024;

/** @throws AppError invalid-file, where it cannot be read or is not a saved plan */
export async function readSavedPlanFile(io: Io, file: string): Promise<SavedPlan> {
  const text = await readSmallFile(io.disk, resolve(io.cwd, file), maxPlanBytes).catch((error: unknown) => {
    throw new AppError("invalid-file", `The plan ${printable(file)} cannot be read: ${fileProblem(error)}.`, {
      hint: "Save one with astro-scim diff --save FILE.",
      cause: error,
    });
  });
  return readSavedPlan(printable(file), text);
}

/** How far two clocks may differ. */
const clockSkewMs = 10 * 60_000;
const dayMs = 24 * 3_600_000;

/** @throws AppError stale-plan, for one that is older than that, or that was saved in the future */
export function requireRecent({ savedAt }: SavedPlan, now: Date, maxAgeMs: number): void {
  const ageMs = now.getTime() - new Date(savedAt).getTime();
  if (ageMs < -clockSkewMs) {
    throw new AppError("stale-plan", `The plan was saved in the future (${savedAt}).`, {
      hint: "Check the clock of this machine, or save the plan again.",
    });
  }
  if (ageMs <= maxAgeMs) return;
  const age =
    ageMs < dayMs ? plural(Math.floor(ageMs / 3_600_000), "hour") : plural(Math.floor(ageMs / dayMs), "day");
  throw new AppError(
    "stale-plan",
    `The plan is ${age} old (saved ${savedAt}), and --max-age does not allow that.`,
    {
      hint: "Save the plan again and have it reviewed, or allow its age with --max-age.",
    },
  );
}

/**
 * A plan is applied to a target that the command names, and only to the one that it was made for.
 * @throws AppError usage, where no target is named; refused, for another target or organization
 */
export function requireOwnTarget(
  { plan, organization }: SavedPlan,
  target: Target,
): asserts target is RemoteTarget {
  if (target.kind === "in-process") {
    throw new AppError("usage", "A plan needs its target named: the one that it was made for.", {
      hint:
        plan.target.kind === "scim"
          ? `Add --url ${printable(plan.target.baseUrl)}, or the profile of this target.`
          : "This plan is for a local Astro inside a process that has ended: save one with --url, --org or --profile.",
    });
  }
  requireTargetOf(plan, targetName(target));
  if (organization !== (target.organizationId ?? null)) {
    throw new AppError(
      "refused",
      `The plan is for ${organization === null ? "no organization" : `organization ${printable(organization)}`}, not for ${target.organizationId === undefined ? "this server, which names none" : `organization ${printable(target.organizationId)}`}.`,
      { hint: "Name the target of the plan, or save a plan for this one." },
    );
  }
}
