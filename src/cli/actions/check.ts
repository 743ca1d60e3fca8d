/** What `astro-scim check` does. */

import { healthChecks, serverChecks } from "../../check/checks.ts";
import { statusOfChecks } from "../../check/status.ts";
import type { CheckReport } from "../../report/check/report.ts";
import type { Io } from "../../world/io.ts";
import { checkedTarget } from "../check/checked-target.ts";
import { oneRound } from "../check/one-round.ts";
import { withSurroundings } from "../connected.ts";
import type { SourceFlags } from "../flags/directory-options.ts";
import type { JournalFlags, OutputFlags, TargetFlags } from "../flags/options.ts";

export interface CheckFlags extends TargetFlags, OutputFlags, SourceFlags, JournalFlags {
  readonly write?: boolean;
  readonly cleanup?: boolean;
  readonly yes?: boolean;
  /** Milliseconds. */
  readonly watch?: number;
}

/** Checks and reports; resolves to the exit status. */
export async function check(io: Io, flags: CheckFlags): Promise<number> {
  const checked = await checkedTarget(io, flags, "read");
  return withSurroundings(io, { flags, target: checked.surroundings }, async (surroundings) => {
    const { output } = surroundings;
    const checks = [...serverChecks, ...healthChecks];
    const startedAt = io.clock.now();
    const begun = io.clock.monotonicMs();
    const results = await oneRound({ surroundings, checked, flags, provider: undefined, checks });
    const exitStatus = statusOfChecks(results);
    const { address } = checked;
    const report: CheckReport = {
      target: address.kind === "given" ? address.baseUrl : null,
      organizationId: (address.kind === "given" ? address.organizationId : undefined) ?? null,
      provider: null,
      startedAt,
      durationMs: io.clock.monotonicMs() - begun,
      results,
      exitStatus,
    };
    await output.result("check", report);
    return exitStatus;
  });
}
