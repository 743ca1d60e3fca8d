/** What `astro-scim diff` does. */

import type { AstroApiName } from "../../astro/records/record.ts";
import { hanging } from "../../report/layout/hanging.ts";
import { protectWarnings } from "../../report/repair/plan-text.ts";
import { measureDrift } from "../measure-drift.ts";
import type { DriftStatus } from "../../drift/compare/status.ts";
import { exitStatus, type ExitStatus } from "../../ground/exit-status.ts";
import type { Io } from "../../world/io.ts";
import type { DirectoryFlags } from "../flags/directory-options.ts";
import type { TargetFlags, OutputFlags } from "../flags/options.ts";
import { targetUrl } from "../../target/resolve-target.ts";
import { afterDiff, commandFor } from "../next/next-steps.ts";
import { streamStyle } from "../output/stream-style.ts";
import { withSession } from "../session.ts";
import { directoryOnce } from "../source/named-directory.ts";

export type DiffFlags = TargetFlags & OutputFlags & DirectoryFlags & { readonly api?: AstroApiName };

/** Compares and reports; resolves to the exit status. */
export async function diff(io: Io, source: string | undefined, flags: DiffFlags): Promise<number> {
  const options = {
    flags,
    directory: directoryOnce(source, flags.from),
    directoryBy: "either",
    defaultFixture: "okta-drift.yaml",
    intent: "read",
  } as const;
  return withSession(io, options, async (session) => {
    const { output } = session;
    const { drift, words } = await measureDrift(session, { textIdsOnly: false, api: flags.api, flags });
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
