/** Carries a plan out with a journal: each write is on the disk before it goes out. */

import type { Plan } from "../../drift/plan/plan.ts";
import { repairKey } from "../../lock/repair-key.ts";
import type { ApplyOptions } from "../../repair/apply.ts";
import type { Outcome } from "../../repair/outcome.ts";
import { requireWritable, runsFolder } from "../../runs/runs-folder.ts";
import type { RunSettings } from "../../runs/lines.ts";
import { createRun, type OpenRun } from "../../runs/write-run.ts";
import { stateFolder } from "../../target/user-folders.ts";
import type { Io } from "../../world/io.ts";
import { packageVersion } from "../../world/version.ts";
import type { Connected } from "../connected.ts";
import type { JournalFlags, RepairFlags } from "../flags/options.ts";
import { carryOutOn } from "./carry-out.ts";

/** What the first line of a run's file says of it. */
export interface RunDescription {
  readonly command: string;
  /** Who was asked for, in the words of the command line. */
  readonly asked: readonly string[];
  readonly flags: JournalFlags & Pick<RepairFlags, "strictPlan" | "allowEmpty" | "rolesUnknown">;
  /** Limits that an option raised, and that the plan needs. */
  readonly allowedByOption?: RunSettings["allowedByOption"];
  /** The run that this one undoes. */
  readonly undoes?: string;
}

/** @throws AppError refused, where there is no folder for runs at all */
export function folderOfRuns(io: Io, { stateDir }: JournalFlags): string {
  return runsFolder(stateFolder(io), stateDir, io.cwd);
}

/**
 * Makes sure that runs can be kept, before anything is read; nothing for the Astro inside the process.
 * @throws AppError refused
 */
export async function requireJournal(
  { io, target }: Pick<Connected, "io" | "target">,
  flags: JournalFlags,
): Promise<void> {
  if (target.kind === "remote") await requireWritable(io, folderOfRuns(io, flags));
}

/**
 * Carries a plan out as a run of its own. The Astro inside the process has no journal: it ends with the process.
 * @throws AppError refused, for a plan of another target, or where the journal cannot be written
 */
export async function carryOutJournalled(
  connected: Connected,
  plan: Plan,
  { run, ...options }: Pick<ApplyOptions, "strict" | "onOutcome"> & { readonly run: RunDescription },
): Promise<readonly Outcome[]> {
  const { io, target, settings } = connected;
  if (target.kind === "in-process") return carryOutOn(connected, plan, options);
  const { command, asked, flags, allowedByOption = [], undoes } = run;
  const folder = folderOfRuns(io, flags);
  await requireWritable(io, folder);
  const { maxDeletions, maxRemovals, maxRenames } = settings.limits;
  const open = await createRun(io, folder, {
    program: packageVersion(),
    command,
    asked: [...asked],
    organization: repairKey(target.baseUrl),
    plan,
    settings: {
      concurrency: settings.concurrency,
      strict: flags.strictPlan === true,
      limits: {
        ...(maxDeletions === undefined ? {} : { maxDeletions }),
        ...(maxRemovals === undefined ? {} : { maxRemovals }),
        ...(maxRenames === undefined ? {} : { maxRenames }),
      },
      allowedByOption: [...allowedByOption],
      allowEmpty: [...(flags.allowEmpty ?? [])],
      rolesUnknown: flags.rolesUnknown === true,
    },
    ...(undoes === undefined ? {} : { undoes }),
  });
  return inRun(connected, open, () => carryOutOn(connected, plan, { ...options, journal: open.journal }));
}

/** The outcomes stand, whatever becomes of the last line. */
export async function inRun(
  { output }: Pick<Connected, "output">,
  open: OpenRun,
  carryOut: () => Promise<readonly Outcome[]>,
): Promise<readonly Outcome[]> {
  try {
    const outcomes = await carryOut();
    await open.end(outcomes).catch((error: unknown) => {
      if (!(error instanceof Error)) throw error;
      output.say(`The end of run ${open.id} could not be noted: ${error.message}.`);
    });
    return outcomes;
  } finally {
    await open.close();
  }
}
