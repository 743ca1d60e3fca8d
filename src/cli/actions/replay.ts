/** What `astro-scim replay` does. */

import { AppError } from "../../ground/errors.ts";
import { waitForRetryAfter } from "../../http/wait-for-retry-after.ts";
import { heldBeforehand } from "../../replay/recording/held-beforehand.ts";
import type { Recording } from "../../replay/recording/recording.ts";
import { replay as sendAgain } from "../../replay/replay.ts";
import { replayStatus, type ReplayStatus } from "../../replay/status.ts";
import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import { prepareCleanup, type CleanupFlags } from "../repair/clean-up.ts";
import { labelInQuestion } from "../../assembly/connect.ts";
import { targetOf, withConnection, type Connected, type ConnectedOptions } from "../connected.ts";
import { exitStatus } from "../../ground/exit-status.ts";
import { refuseClashes } from "../../files/distinct-files.ts";
import { filesOfFixture, filesOfTarget } from "../files/files-in-use.ts";
import type { Fixture } from "../../fixture/fixture.ts";
import { whileReading } from "../output/reading.ts";
import { loadFixture } from "../../assembly/files/fixture-file.ts";
import type { Io } from "../../world/io.ts";
import { randomText } from "../../world/random-text.ts";
import type { Random } from "../../world/world.ts";
import { afterReplay } from "../next/next-steps.ts";
import type { OutputFlags, TargetFlags } from "../flags/options.ts";
import { confirmOrDecline } from "../prompt.ts";
import { readRecording } from "../../assembly/files/recording-source.ts";
import { organizationOf } from "../../target/base-url.ts";
import { targetUrl, type Target } from "../../target/resolve-target.ts";
import { mustAskFirst, refuseInventedPeople, refuseReadOnly, throwFirst } from "../../target/safety.ts";

export interface ReplayFlags extends TargetFlags, OutputFlags, CleanupFlags {
  readonly base?: string;
  readonly from?: string;
  /** Seconds, over the whole replay. */
  readonly maxWait: number;
  readonly allowRemote?: boolean;
  readonly yes?: boolean;
}

/** Sends the recording again, compares and reports; resolves to the exit status. */
export async function replay(io: Io, file: string, flags: ReplayFlags): Promise<number> {
  const target = await targetOf(io, flags, "write");
  throwFirst([fromIsForLocal(target, flags), refuseInventedPeople(target, flags), refuseReadOnly(target)]);
  const { from } = flags;
  const fixture =
    from === undefined
      ? undefined
      : await whileReading(io, flags, (watcher) => loadFixture(io, from, watcher));
  await refuseClashes(io, {
    reads: [
      { use: "the recording", file },
      ...(from === undefined || fixture === undefined ? [] : await filesOfFixture(io, from, fixture)),
      ...(await filesOfTarget(io, flags, target)),
    ],
    writes: flags.trace === undefined ? [] : [{ use: "--trace", file: flags.trace }],
  });
  const recording = await readRecording(io, file, flags.base);
  io.secrets.hide(recording.secrets);
  const local = localStart(recording, fixture);
  return withConnection(io, { flags, target, local, playsProvider: true }, async (connected) => {
    if (mustAskFirst(target) && flags.yes !== true)
      await confirmOrDecline(io, question(connected, recording, file), connected);
    return run(connected, { file, recording, fixture, flags });
  });
}

interface Subject {
  readonly file: string;
  readonly recording: Recording;
  /** Of `--from`. */
  readonly fixture: Fixture | undefined;
  readonly flags: ReplayFlags;
}

async function run(connected: Connected, subject: Subject): Promise<number> {
  const { io, connection, output, signal, target } = connected;
  const { recording, flags, file } = subject;
  const cleanup = await prepareCleanup(connected, flags);
  if (recording.isCutOff) output.say(cutOff(subject));
  output.say(`${announcement(subject)} to ${printable(connection.label)}.\n`);
  const result = await sendAgain({
    recording,
    send: waitForRetryAfter(cleanup.send, {
      maxTotalWaitMs: flags.maxWait * 1000,
      now: io.clock.now,
      sleep: io.timers.wait,
      signal,
      onWait: output.onWait,
    }),
    ask: connection.send,
    baseUrl: connection.baseUrl,
    secret: () => newPassword(io.random),
    signal,
    onProgress: (sent, of) => output.progress.update(`${sent} of ${plural(of, "request")}`),
  });
  const status = replayStatus(result);
  const isEmpty = target.kind === "in-process" && flags.from === undefined;
  await output.result("replay", {
    result,
    status,
    file,
    recording,
    target: targetUrl(target),
    lacksSeed: status === "different" && isEmpty && heldBeforehand(recording),
    next: afterReplay({ status, target, ...subject, organizationId: organizationIn(recording) }, flags),
  });
  await cleanup.finish();
  return exitStatuses[status];
}

function announcement({ file, recording }: Subject): string {
  const { exchanges, base } = recording;
  const where = base === undefined ? "" : `, recorded at ${base}`;
  return printable(`Sending ${plural(exchanges.length, "request")} of ${file}${where},`);
}

function cutOff({ file, recording }: Subject): string {
  const whole = plural(recording.exchanges.length, "request");
  return printable(`${file} ends in the middle of its last entry; the ${whole} before it can be sent again.`);
}

function question({ connection }: Connected, { exchanges }: Recording, file: string): string {
  const writes = exchanges.filter(({ request }) => request.method !== "GET").length;
  const requests = `${plural(exchanges.length, "recorded request")} of ${file}, ${writes} of them writes`;
  return printable(`Send ${requests}, to ${labelInQuestion(connection)}?`);
}

/** The local Astro has the organization of the recording, and what a fixture says that it held beforehand. */
function localStart(recording: Recording, fixture: Fixture | undefined): ConnectedOptions["local"] {
  const organizationId = organizationIn(recording);
  const organization = organizationId === undefined ? {} : { organizationId };
  return fixture === undefined ? organization : { ...organization, seed: fixture.astro };
}

/** The organization in the recorded URLs, where it can be that of a local Astro. */
function organizationIn({ base }: Recording): string | undefined {
  const recorded = base === undefined || !URL.canParse(base) ? undefined : organizationOf(base);
  return recorded !== undefined && /^[\w.~-]{1,100}$/.test(recorded) ? recorded : undefined;
}

function fromIsForLocal(target: Target, { from }: ReplayFlags): AppError | undefined {
  if (from === undefined || target.kind === "in-process") return undefined;
  return new AppError(
    "usage",
    "--from works only without a target: it is what the local Astro holds before the replay.",
    {
      hint: "Leave out either --from or the target.",
    },
  );
}

/** Replaces a recorded one: it cannot be known. */
function newPassword(random: Random): string {
  return `${randomText(random, 24)}aA1!`;
}

const exitStatuses: Readonly<Record<ReplayStatus, number>> = {
  same: exitStatus.ok,
  different: exitStatus.failed,
  unreachable: exitStatus.couldNotTell,
  interrupted: exitStatus.interrupted,
};
