/** What `astro-scim apply` does: it applies a plan, or goes on with a run. */

import { AppError } from "../../../ground/errors.ts";
import type { Io } from "../../../world/io.ts";
import type { ApplyPlanFlags } from "./apply-plan.ts";

export interface ApplyFlags extends ApplyPlanFlags {
  /** ID of a run. */
  readonly resume?: string;
}

/** Resolves to the exit status. @throws AppError usage, where not exactly one of a plan and a run is named */
export async function apply(
  io: Io,
  plan: string | undefined,
  { resume: run, ...flags }: ApplyFlags,
): Promise<number> {
  if (plan !== undefined && run === undefined) {
    const { applySavedPlan } = await import("./apply-plan.ts");
    return applySavedPlan(io, plan, flags);
  }
  if (plan === undefined && run !== undefined) {
    if (flags.from !== undefined) {
      throw new AppError("usage", "--from and --resume cannot be used together.", {
        hint: "An interrupted run continues with its own plan: leave out --from.",
      });
    }
    const { resume } = await import("./resume.ts");
    return resume(io, run, flags);
  }
  const message = plan === undefined ? "There is nothing to apply." : "Both a plan and a run were named.";
  throw new AppError("usage", message, {
    hint: "Name the file of a plan, or an unfinished run with --resume; astro-scim runs lists them.",
  });
}
