/** What `astro-scim diff` does. */

import type { AstroApiName } from "../../astro/records/record.ts";
import { planEverything } from "../../drift/plan/plan-everything.ts";
import type { Drift } from "../../drift/compare/diff.ts";
import type { Plan } from "../../drift/plan/plan.ts";
import { AppError } from "../../ground/errors.ts";
import { formatCount } from "../../ground/text/quantities.ts";
import { refusalLines } from "../../report/repair/refusal-text.ts";
import { refusalsOf } from "../repair/carry-out.ts";
import { chooseWay, routed } from "../repair/choose-way.ts";
import { requireSavable, savedLine, savePlan } from "../repair/save-plan.ts";
import { hanging } from "../../report/layout/hanging.ts";
import { protectWarnings } from "../../report/repair/plan-text.ts";
import { measureDrift } from "../measure-drift.ts";
import type { DriftStatus } from "../../drift/compare/status.ts";
import { exitStatus, type ExitStatus } from "../../ground/exit-status.ts";
import type { Io } from "../../world/io.ts";
import type { DirectoryFlags } from "../flags/directory-options.ts";
import type { TargetFlags, OutputFlags } from "../flags/options.ts";
import { targetUrl } from "../../target/resolve-target.ts";
import { afterDiff, afterSaving, commandFor } from "../next/next-steps.ts";
import { streamStyle } from "../output/stream-style.ts";
import { withSession, type Session } from "../session.ts";
import { directoryOnce } from "../source/named-directory.ts";

export type DiffFlags = TargetFlags &
  OutputFlags &
  DirectoryFlags & {
    readonly api?: AstroApiName;
    /** A file for the plan of everything that a repair can end. */
    readonly save?: string;
  };

/** Compares and reports; resolves to the exit status. */
export async function diff(io: Io, source: string | undefined, flags: DiffFlags): Promise<number> {
  const { save } = flags;
  if (save !== undefined && flags.api === "iam") {
    throw new AppError("usage", "--save needs SCIM: a plan is applied over SCIM.", {
      hint: "Leave out --api iam.",
    });
  }
  await requireSavable(io, { save });
  const options = {
    flags,
    saves: save,
    directory: directoryOnce(source, flags.from),
    directoryBy: "either",
    defaultFixture: "okta-drift.yaml",
    intent: "read",
    usesDefaultProfile: true,
  } as const;
  return withSession(io, options, async (session) => {
    const { output } = session;
    const { drift, words } = await measureDrift(session, {
      textIdsOnly: save !== undefined,
      api: flags.api,
      flags,
    });
    for (const warning of protectWarnings(drift.protection.warnings))
      output.say(hanging("", `Warning: ${warning}`, streamStyle(io, io.stderr, flags)).join("\n"));
    const saved =
      save === undefined ? undefined : { file: save, plan: await planOfEverything(session, drift) };
    if (saved !== undefined) await savePlan(session, { ...saved, drift });
    await output.result("drift", {
      drift,
      words,
      target: targetUrl(session.target),
      commandFor: commandFor(session, flags),
      next: (saved && afterSaving(session, saved, flags)) ?? afterDiff(drift, session, flags),
    });
    if (saved !== undefined) sayWhatWasSaved(session, saved);
    return exitStatusOf[drift.status];
  });
}

/** Through the provider, as a repair would go. */
async function planOfEverything(session: Session, drift: Drift): Promise<Plan> {
  const way = await chooseWay(session, {});
  if (way.kind === "scim" && way.note !== undefined) session.output.say(way.note);
  return routed(way, planEverything(drift), drift);
}

/** What a reviewer has to know: what is in the file, what would refuse it, and that not everything may be in it. */
function sayWhatWasSaved(
  session: Session,
  { file, plan }: { readonly file: string; readonly plan: Plan },
): void {
  const { output, io } = session;
  const lines = [
    savedLine(file, plan),
    ...(plan.leftOut.length === 0
      ? []
      : [
          `Not in the plan: ${formatCount(plan.leftOut.length)}; resync --all --dry-run and delete --all --dry-run list them with the reason.`,
        ]),
    ...refusalLines(refusalsOf(session, plan)).map((line) => `As it is, apply would refuse it. ${line}`),
  ];
  for (const line of lines) {
    output.say(hanging("", line, streamStyle(io, io.stderr, {})).join("\n"));
  }
}

const exitStatusOf: Readonly<Record<DriftStatus, ExitStatus>> = {
  same: exitStatus.ok,
  different: exitStatus.differencesFound,
  unknown: exitStatus.couldNotTell,
};
