/** What `astro-scim fixture generate` does. */

import { generateFixture, type GenerateOptions } from "../../fixture/generate/write.ts";
import { plural } from "../../ground/plural.ts";
import { exitStatus } from "../../ground/exit-status.ts";
import { maxFixtureBytes } from "../../assembly/files/fixture-file.ts";
import type { Io } from "../../world/io.ts";
import { refuseExisting, writeNewFile } from "../../files/new-file.ts";
import { quoted } from "../output/next-line.ts";

export interface GenerateFlags extends GenerateOptions {
  readonly out?: string;
  readonly force?: boolean;
}

/** Writes the file, or the text where no file is named; resolves to the exit status. */
export async function generate(io: Io, flags: GenerateFlags): Promise<number> {
  const { out, force = false, idp, users, groups, steps } = flags;
  if (out !== undefined) await refuseExisting(io, out, { force });
  const text = generateFixture(flags);
  warnOfSize(io, Buffer.byteLength(text));
  if (out === undefined) {
    io.stdout.write(text);
    return exitStatus.ok;
  }
  await writeNewFile(io, out, text, { force });
  const size = [plural(users, "user"), plural(groups, "group"), plural(steps, "step")].join(", ");
  io.stdout.write(`Wrote ${quoted(out)}: ${size}.\nNext: astro-scim simulate ${idp} ${quoted(out)}\n`);
  return exitStatus.ok;
}

function warnOfSize(io: Io, bytes: number): void {
  if (bytes <= maxFixtureBytes) return;
  const [has, may] = [bytes, maxFixtureBytes].map((count) => (count / 1024 / 1024).toFixed(1));
  io.stderr.write(
    `Warning: the fixture has ${has} MiB, but commands read at most ${may} MiB: generate fewer users, groups or steps.\n`,
  );
}
