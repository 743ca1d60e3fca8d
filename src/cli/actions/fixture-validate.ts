/** What `astro-scim fixture validate` does. */

import { AppError } from "../../ground/errors.ts";
import { reviewJson } from "../../report/review/json.ts";
import { reviewText } from "../../report/review/text.ts";
import type { Reviewed } from "../../report/review/json.ts";
import { reviewFixture } from "../../review/fixture-review.ts";
import { exitStatus } from "../exit-status.ts";
import { failureText } from "../output/failure.ts";
import { loadFixture } from "../../assembly/files/fixture-file.ts";
import type { Io } from "../../world/io.ts";
import { quoted } from "../output/next-line.ts";
import { outputFormat } from "../flags/options.ts";
import { paintFor } from "../output/paint.ts";
import { packageVersion } from "../../world/version.ts";

export interface ValidateFlags {
  readonly output: "text" | "json";
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
  const isText = outputFormat(flags) === "text";
  const reviews: Reviewed[] = [];
  for (const file of files) {
    const reviewed = await review(io, file);
    reviews.push(reviewed);
    if (reviewed.kind === "invalid") {
      io.stderr.write(failureText(reviewed.error, { verbose, version: packageVersion() }));
    } else if (isText) {
      io.stdout.write(reviewText(reviewed, { paint: paintFor(io), all: verbose }));
    }
  }
  if (!isText) io.stdout.write(`${JSON.stringify(reviewJson(reviews), null, 2)}\n`);
  else io.stdout.write(nextLine(reviews));
  return reviews.every(({ kind }) => kind === "valid") ? exitStatus.ok : exitStatus.usage;
}

async function review(io: Io, file: string): Promise<Reviewed> {
  try {
    const fixture = await loadFixture(io, file);
    return { kind: "valid", file: fixture.file, idp: fixture.app.idp, review: reviewFixture(fixture) };
  } catch (error) {
    // A file that cannot be read at all is as little use as one that is wrong.
    if (!(error instanceof AppError) || error.code !== "invalid-file") throw error;
    return { kind: "invalid", file, error };
  }
}

/** What to do with the first that is valid; one that is not has said so itself. */
function nextLine(reviews: readonly Reviewed[]): string {
  const invalid = reviews.find(({ kind }) => kind === "invalid");
  if (invalid !== undefined) return `Next: astro-scim fixture validate ${quoted(invalid.file)}\n`;
  const [first] = reviews;
  if (first?.kind !== "valid") return "";
  return `Next: astro-scim simulate ${first.idp} ${quoted(first.file)}\n`;
}
