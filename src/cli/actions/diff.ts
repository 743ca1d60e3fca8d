/** What `astro-scim diff` does. */

import type { AstroApiName } from "../../astro/records/record.ts";
import { AppError } from "../../ground/errors.ts";
import { isUserToRemove, subjectOf, type Change } from "../../drift/compare/change.ts";
import type { Drift } from "../../drift/compare/diff.ts";
import { isBrokenLink } from "../../drift/plan/links-left.ts";
import { hanging } from "../../report/layout/hanging.ts";
import { protectWarnings } from "../../report/repair/plan-text.ts";
import { measureDrift } from "../measure-drift.ts";
import type { DriftStatus } from "../../drift/compare/status.ts";
import { exitStatus, type ExitStatus } from "../../ground/exit-status.ts";
import type { Io } from "../../world/io.ts";
import type { TargetFlags, OutputFlags, DirectoryFlags } from "../flags/options.ts";
import { targetArguments } from "../output/next-line.ts";
import { streamStyle } from "../output/stream-style.ts";
import { withSession, type Session } from "../session.ts";

export type DiffFlags = TargetFlags & OutputFlags & DirectoryFlags & { readonly api?: AstroApiName };

/** Compares and reports; resolves to the exit status. */
export async function diff(io: Io, fixtureFile: string | undefined, flags: DiffFlags): Promise<number> {
  if (fixtureFile !== undefined && flags.from !== undefined) {
    throw new AppError("usage", "The directory was given twice: as an argument and with --from.");
  }
  const options = {
    flags,
    fixtureFile: fixtureFile ?? flags.from,
    defaultFixture: "okta-drift.yaml",
    intent: "read",
  } as const;
  return withSession(io, options, async (session) => {
    const { output } = session;
    const { drift, words } = await measureDrift(session, { textIdsOnly: false, api: flags.api });
    for (const warning of protectWarnings(drift.protection.warnings))
      output.say(hanging("", `Warning: ${warning}`, streamStyle(io, io.stderr, flags)).join("\n"));
    const next = nextCommand(drift, session, flags);
    await output.result("drift", { drift, words, next });
    return exitStatusOf[drift.status];
  });
}

const exitStatusOf: Readonly<Record<DriftStatus, ExitStatus>> = {
  same: exitStatus.ok,
  different: exitStatus.differencesFound,
  unknown: exitStatus.couldNotTell,
};

/**
 * What is repaired first: what is missing or differs, then what is orphaned. Where a link is broken, its console comes first:
 * assigning again creates a missing account, too. After that diff looks again.
 */
function nextCommand({ changes, iam }: Drift, session: Session, flags: DiffFlags): string | undefined {
  if (changes.length === 0) return undefined;
  // Nothing can be repaired over SCIM that is not enabled.
  if (iam.kind === "read" && iam.isOnlySource && !iam.side.isScimEnabled) return undefined;
  const broken = new Set(changes.filter(isBrokenLink).map(subjectName));
  const others = changes.filter((change) => !isBrokenLink(change) && !broken.has(subjectName(change)));
  if (others.length === 0) return `astro-scim diff ${targetArguments(session, flags)}`;
  const onlyLeftOver = others.every((change) => isUserToRemove(change) || change.kind === "team-left-over");
  const command = onlyLeftOver ? "delete" : "resync";
  return `astro-scim ${command} --all --dry-run ${targetArguments(session, flags)}`;
}

function subjectName(change: Change): string {
  const { kind, key } = subjectOf(change);
  return `${kind} ${key}`;
}
