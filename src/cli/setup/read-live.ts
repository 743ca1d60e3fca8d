/** The live app and its directory, as far as they can be read. */

import type { Directory } from "../../directory/directory.ts";
import type { DirectorySource } from "../../directory/source.ts";
import type { ShownSetup } from "../../directory/shown-setup.ts";
import { AppError } from "../../ground/errors.ts";
import type { SetupProvider } from "../../setup/answers.ts";
import type { Io } from "../../world/io.ts";
import { withSource } from "../source/with-source.ts";
import type { SetupFlags } from "./flags.ts";
import type { Stated } from "./stated-answers.ts";

export interface LiveSetup {
  readonly shown: ShownSetup;
  readonly directory: Directory | undefined;
  /** Why there is no directory. */
  readonly directoryUnread: string | undefined;
}

/** Whether somebody said which live app is meant. */
export function wantsLive(idp: SetupProvider, flags: SetupFlags, { profile }: Stated): boolean {
  if (flags.check === true || flags.from !== undefined) return true;
  if (idp === "okta") return flags.oktaApp !== undefined || profile?.directory?.okta?.app !== undefined;
  return flags.entraApp !== undefined || profile?.directory?.entra?.app !== undefined;
}

/** @throws AppError as any command that reads a live source; where only its people cannot be read, that is said in the result */
export async function readLive(io: Io, idp: SetupProvider, flags: SetupFlags): Promise<LiveSetup> {
  let live: LiveSetup | undefined;
  const { output: _output, json: _json, ...others } = flags;
  await withSource(io, { flags: others, name: { kind: idp }, writes: [] }, async ({ source, signal }) => {
    if (source.readSetup === undefined) throw new TypeError("a live source shows how the app is set up");
    const shown = await source.readSetup(signal);
    live = { shown, ...(await readDirectory(source, signal)) };
    return 0;
  });
  if (live === undefined) throw new TypeError("the source was read");
  return live;
}

/** An app that is wrongly set up may have no directory that can be evaluated: the comparison with the sheet still says why. */
async function readDirectory(
  source: DirectorySource,
  signal: AbortSignal,
): Promise<Pick<LiveSetup, "directory" | "directoryUnread">> {
  try {
    const { directory } = await source.read(undefined, signal);
    return { directory, directoryUnread: undefined };
  } catch (error) {
    const isToleratable =
      error instanceof AppError &&
      (error.code === "source-incomplete" || error.code === "permission-missing");
    if (!isToleratable) throw error;
    return { directory: undefined, directoryUnread: error.message };
  }
}
