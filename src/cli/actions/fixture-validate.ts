/** What `astro-scim fixture validate` does. */

import { AppError } from "../../ground/errors.ts";
import { invalidText } from "../../report/review/invalid-text.ts";
import { reviewText } from "../../report/review/text.ts";
import type { Reviewed } from "../../report/review/report.ts";
import { reviewing } from "../../review/fixture-review.ts";
import { providers } from "../../idp/providers.ts";
import { exitStatus } from "../../ground/exit-status.ts";
import { loadFixture } from "../../assembly/files/fixture-file.ts";
import { inPieces } from "../../assembly/files/in-pieces.ts";
import type { ReadingWatcher } from "../../assembly/files/fixture-tables.ts";
import type { Io } from "../../world/io.ts";
import type { NextStep } from "../../report/next-step.ts";
import { rehearse, validateAgain } from "../next/next-steps.ts";
import { whileReading } from "../output/reading.ts";
import { outputFormat } from "../flags/options.ts";
import { printerOf } from "../output/print-result.ts";
import { streamStyle } from "../output/stream-style.ts";
import type { FormatName } from "../../report/formats.ts";
import { packageVersion } from "../../world/version.ts";

export interface ValidateFlags {
  readonly output: FormatName;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** Checks one file after the other, the ones behind a broken one too; resolves to the exit status. */
export async function validateFixtures(
  io: Io,
  files: readonly string[],
  flags: ValidateFlags,
): Promise<number> {
  const verbose = flags.verbose === true;
  const format = outputFormat(flags);
  const reviews: Reviewed[] = [];
  for (const file of files) {
    const reviewed = await whileReading(io, flags, (watcher) => review(io, file, watcher));
    reviews.push(reviewed);
    if (reviewed.kind === "invalid") {
      io.stderr.write(invalidText(file, reviewed.error, { verbose, version: packageVersion() }));
    } else if (format === "text") {
      io.stdout.write(reviewText(reviewed, streamStyle(io, io.stdout, flags)));
    }
  }
  const print = await printerOf(io, format, "review", flags);
  print({ reviews, next: nextStep(reviews) });
  return reviews.every(({ kind }) => kind === "valid") ? exitStatus.ok : exitStatus.usage;
}

async function review(io: Io, file: string, watcher: ReadingWatcher): Promise<Reviewed> {
  try {
    const fixture = await loadFixture(io, file, watcher);
    const { file: name, app } = fixture;
    const { words } = providers[app.idp];
    const found = await inPieces(reviewing(fixture), name, { timers: io.timers, signal: watcher.signal });
    return { kind: "valid", file: name, idp: app.idp, words, review: found };
  } catch (error) {
    // A file that cannot be read at all is as little use as one that is wrong.
    if (!(error instanceof AppError) || error.code !== "invalid-file") throw error;
    return { kind: "invalid", file, error };
  }
}

/** What to do with the first that is valid; one that is not has said so itself. */
function nextStep(reviews: readonly Reviewed[]): NextStep | undefined {
  const invalid = reviews.find(({ kind }) => kind === "invalid");
  if (invalid !== undefined) return validateAgain(invalid.file);
  const [first] = reviews;
  return first?.kind === "valid" ? rehearse(first.idp, first.file) : undefined;
}
