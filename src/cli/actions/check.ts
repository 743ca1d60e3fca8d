/** What `astro-scim check` does. */

import type { CheckResult } from "../../check/check.ts";
import { statusOfChecks } from "../../check/status.ts";
import { AppError } from "../../ground/errors.ts";
import type { ExitStatus } from "../../ground/exit-status.ts";
import type { CheckReport } from "../../report/check/report.ts";
import { refuseReadOnly, throwFirst } from "../../target/safety.ts";
import type { Io } from "../../world/io.ts";
import { canaryKeeper } from "../check/canary-keeper.ts";
import { checkedTarget, type CheckedTarget } from "../check/checked-target.ts";
import { preparedProvider, type PreparedProvider } from "../check/checked-provider.ts";
import { cleanUpCanaries } from "../check/clean-up.ts";
import { oneRound } from "../check/one-round.ts";
import { changeEvents, changeLines, changesBetween, watchLine } from "../check/watch-checks.ts";
import { targetOf, withConnection, withSurroundings, type Surroundings } from "../connected.ts";
import { refuseClashes } from "../../files/distinct-files.ts";
import { filesOfTarget } from "../files/files-in-use.ts";
import type { SourceFlags } from "../flags/directory-options.ts";
import { outputFormat, type JournalFlags, type OutputFlags, type TargetFlags } from "../flags/options.ts";
import { streamStyle } from "../output/stream-style.ts";
import { aloneOnThisMachine } from "../lock/alone.ts";

export interface CheckFlags extends TargetFlags, OutputFlags, SourceFlags, JournalFlags {
  readonly write?: boolean;
  readonly cleanup?: boolean;
  readonly yes?: boolean;
  /** Of the canary's address. */
  readonly canaryDomain?: string;
  /** Milliseconds. */
  readonly watch?: number;
}

/** Checks and reports; resolves to the exit status. */
export async function check(io: Io, flags: CheckFlags): Promise<number> {
  refuseTogether(flags);
  if (flags.cleanup === true) return cleanUp(io, flags);
  const checked = await checkedTarget(io, flags, flags.write === true ? "write" : "read");
  if (flags.write === true) throwFirst([refuseReadOnly(checked.surroundings)]);
  const provider = await preparedProvider(io, flags, checked);
  await refuseClashes(io, {
    reads: await filesOfTarget(io, flags, checked.surroundings),
    writes: flags.trace === undefined ? [] : [{ use: "--trace", file: flags.trace }],
  });
  return withSurroundings(io, { flags, target: checked.surroundings }, (surroundings) => {
    for (const note of provider?.prepared.notes ?? []) surroundings.output.say(note);
    const run = { surroundings, checked, flags, provider };
    return flags.watch === undefined ? checkOnce(run) : checkAgainAndAgain(run, flags.watch);
  });
}

/** @throws AppError usage */
function refuseTogether(flags: CheckFlags): void {
  const { write, cleanup, watch, from } = flags;
  if (cleanup === true && (write === true || watch !== undefined || from !== undefined)) {
    throw new AppError(
      "usage",
      "--cleanup checks nothing, so it goes with neither --write, --watch nor --from.",
    );
  }
  if (watch === undefined) return;
  if (write === true) {
    throw new AppError("usage", "--watch only reads, so it does not go with --write.", {
      hint: "Run astro-scim check --write --yes by a timer.",
    });
  }
  const format = outputFormat(flags);
  if (format !== "text" && format !== "json") {
    throw new AppError("usage", `--watch has no end, and ${format} is one document.`, {
      hint: "Use text, or json: one line of JSON for each change.",
    });
  }
}

interface Run {
  readonly surroundings: Surroundings;
  readonly checked: CheckedTarget;
  readonly flags: CheckFlags;
  readonly provider: PreparedProvider | undefined;
}

async function checkOnce(run: Run): Promise<ExitStatus> {
  const { io, output } = run.surroundings;
  const keeper = run.flags.write === true ? canaryKeeper(run.flags) : undefined;
  const startedAt = io.clock.now();
  const begun = io.clock.monotonicMs();
  const results = await oneRound({ ...run, keeper });
  const report = reportOf(run, results, { startedAt, durationMs: io.clock.monotonicMs() - begun });
  await output.result("check", report);
  return statusOfChecks(results);
}

/** Until Ctrl-C; its exit status is that of the last round. */
async function checkAgainAndAgain(run: Run, everyMs: number): Promise<ExitStatus> {
  const { io, output, signal } = run.surroundings;
  const isJson = output.format === "json";
  let before: readonly CheckResult[] = [];
  for (let round = 0; ; round += 1) {
    const startedAt = io.clock.now();
    const begun = io.clock.monotonicMs();
    const checking = oneRound({ ...run, keeper: undefined });
    const results = round === 0 ? await checking : await untilInterrupted(checking);
    if (results === undefined) return statusOfChecks(before);
    const changes = changesBetween(before, results);
    if (isJson) for (const line of changeEvents(changes, startedAt)) io.stdout.write(`${line}\n`);
    else if (round === 0) {
      await output.result(
        "check",
        reportOf(run, results, { startedAt, durationMs: io.clock.monotonicMs() - begun }),
      );
    } else {
      for (const line of changeLines(changes, startedAt, streamStyle(io, io.stdout, {}))) {
        io.stdout.write(`${line}\n`);
      }
    }
    if (round === 0) output.say(watchLine(everyMs));
    before = results;
    await io.timers.wait(everyMs, signal);
    if (signal.aborted) return statusOfChecks(before);
  }
}

/** Undefined where Ctrl-C came in the middle of it. */
async function untilInterrupted<Value>(work: Promise<Value>): Promise<Value | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError && error.code === "interrupted") return undefined;
    throw error;
  }
}

function reportOf(
  { checked: { address }, provider }: Run,
  results: readonly CheckResult[],
  times: Pick<CheckReport, "startedAt" | "durationMs">,
): CheckReport {
  const given = address.kind === "given" ? address : undefined;
  return {
    target: given?.baseUrl ?? null,
    organizationId: given?.organizationId ?? null,
    provider: provider === undefined ? null : { idp: provider.idp, name: provider.name },
    ...times,
    results,
    exitStatus: statusOfChecks(results),
  };
}

async function cleanUp(io: Io, flags: CheckFlags): Promise<number> {
  const target = await targetOf(io, flags, "write", "organization of the token");
  throwFirst([refuseReadOnly(target)]);
  return withConnection(io, { flags, target, local: {} }, (connected) =>
    aloneOnThisMachine(connected, "check --cleanup", async () => {
      const startedAt = io.clock.now();
      const result = await cleanUpCanaries(connected, flags);
      const status = statusOfChecks([result]);
      await connected.output.result("check", {
        target: connected.connection.baseUrl,
        organizationId: (target.kind === "remote" ? target.organizationId : undefined) ?? null,
        provider: null,
        startedAt,
        durationMs: result.durationMs,
        results: [result],
        exitStatus: status,
      });
      return status;
    }),
  );
}
