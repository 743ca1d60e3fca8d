/** What `astro-scim diff` does. */

import type { AstroApiName } from "../../astro/records/record.ts";
import { AppError } from "../../ground/errors.ts";
import { hanging } from "../../report/layout/hanging.ts";
import { protectWarnings } from "../../report/repair/plan-text.ts";
import { measureDrift } from "../measure-drift.ts";
import type { DriftStatus } from "../../drift/compare/status.ts";
import { exitStatus, type ExitStatus } from "../../ground/exit-status.ts";
import type { Io } from "../../world/io.ts";
import type { TargetFlags, OutputFlags, DirectoryFlags } from "../flags/options.ts";
import { targetUrl } from "../../target/resolve-target.ts";
import { afterDiff, commandFor } from "../next/next-steps.ts";
import { streamStyle } from "../output/stream-style.ts";
import { withSession } from "../session.ts";

export type DiffFlags = TargetFlags & OutputFlags & DirectoryFlags & { readonly api?: AstroApiName };

/** Compares and reports; resolves to the exit status. */
export async function diff(io: Io, fixtureFile: string | undefined, flags: DiffFlags): Promise<number> {
  if (fixtureFile !== undefined && flags.from !== undefined) {
    throw new AppError("usage", "The directory was given twice: as an argument and with --from.");
  }
  const options = {
    flags,
    fixtureFile: fixtureFile ?? flags.from,
    fixtureBy: "either",
    defaultFixture: "okta-drift.yaml",
    intent: "read",
  } as const;
  return withSession(io, options, async (session) => {
    const { output } = session;
    const { drift, words } = await measureDrift(session, { textIdsOnly: false, api: flags.api });
    for (const warning of protectWarnings(drift.protection.warnings))
      output.say(hanging("", `Warning: ${warning}`, streamStyle(io, io.stderr, flags)).join("\n"));
    await output.result("drift", {
      drift,
      words,
      target: targetUrl(session.target),
      commandFor: commandFor(session, flags),
      next: afterDiff(drift, session, flags),
    });
    return exitStatusOf[drift.status];
  });
}

const exitStatusOf: Readonly<Record<DriftStatus, ExitStatus>> = {
  same: exitStatus.ok,
  different: exitStatus.differencesFound,
  unknown: exitStatus.couldNotTell,
};
