/** What a run gives to a source that is read over the network: how long, how far, and who looks on. */

import type { SourceRun } from "../../assembly/sources/prepared-source.ts";
import { readCa } from "../../target/read-ca.ts";
import type { Profile } from "../../target/profile/find-profile.ts";
import type { Connected } from "../connected.ts";

export interface RunGivens {
  readonly flags: { readonly ca?: string };
  readonly profile: Profile | undefined;
}

/** @throws AppError invalid-file, for `--ca` */
export async function sourceRun(
  { io, settings, signal, watch, output }: Pick<Connected, "io" | "settings" | "signal" | "watch" | "output">,
  { flags, profile }: RunGivens,
): Promise<SourceRun> {
  return {
    signal,
    timeoutMs: settings.timeoutMs,
    caPem: await readCa(flags.ca, profile, io),
    onExchange: watch,
    onWait: output.onWait,
    onManagementWait: output.onManagementWait,
    onProgress: (text) => output.progress.update(text),
  };
}
