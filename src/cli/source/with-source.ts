/** A command that reads a directory and no Astro: `fixture export`, `serve --from`. */

import type { PreparedSource } from "../../assembly/sources/prepared-source.ts";
import type { SourceName } from "../../assembly/sources/source-name.ts";
import type { DirectorySource } from "../../directory/source.ts";
import { refuseClashes, type UsedFile } from "../../files/distinct-files.ts";
import { findProfile } from "../../target/profile/find-profile.ts";
import type { Io } from "../../world/io.ts";
import { withSurroundings, type Surroundings } from "../connected.ts";
import { filesOfTarget } from "../files/files-in-use.ts";
import type { SourceConnectionFlags } from "../flags/directory-options.ts";
import type { OutputFlags } from "../flags/options.ts";
import { prepareSource } from "./prepare-source.ts";
import { sourceRun } from "./source-run.ts";

export interface SourceOptions {
  readonly flags: SourceConnectionFlags & Pick<OutputFlags, "quiet" | "verbose" | "trace">;
  /** By the command line, else what the profile says. */
  readonly name: SourceName;
  /** What the command writes besides a trace. */
  readonly writes: readonly UsedFile[];
}

export interface WithSource extends Surroundings {
  readonly source: DirectorySource;
  readonly prepared: PreparedSource;
}

const noTarget = { kind: "in-process" } as const;

/** @throws AppError whatever keeps the source from being opened; failed, for a trace that is not complete */
export async function withSource(
  io: Io,
  { flags, name, writes }: SourceOptions,
  run: (given: WithSource) => Promise<number>,
): Promise<number> {
  const profile = flags.profile === undefined ? undefined : await findProfile(flags.profile, io);
  const prepared = await prepareSource(io, name, { flags, profile });
  const trace = flags.trace === undefined ? [] : [{ use: "--trace", file: flags.trace }];
  await refuseClashes(io, {
    reads: [...prepared.files, ...(await filesOfTarget(io, flags, noTarget))],
    writes: [...trace, ...writes],
  });
  const surrounding = { flags: { ...flags, output: "text" as const }, target: noTarget };
  return withSurroundings(io, surrounding, async (surroundings) => {
    for (const note of prepared.notes) surroundings.output.say(note);
    const opened = prepared.open(await sourceRun(surroundings, { flags, profile }));
    try {
      return await run({ ...surroundings, source: opened.source, prepared });
    } finally {
      await opened.close();
    }
  });
}
