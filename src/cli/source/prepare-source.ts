/** Prepares the directory that was named, with what a command has for it: a spinner for files, a question for profiles. */

import type { PreparedSource } from "../../assembly/sources/prepared-source.ts";
import { prepareFile } from "../../assembly/sources/prepare-file.ts";
import { isLive, sourceText, type SourceName } from "../../assembly/sources/source-name.ts";
import { AppError } from "../../ground/errors.ts";
import { printable } from "../../ground/text/printable.ts";
import type { Profile } from "../../target/profile/find-profile.ts";
import type { Io } from "../../world/io.ts";
import type { DirectoryFlags } from "../flags/directory-options.ts";
import { whileReading, type Quietness } from "../output/reading.ts";
import { askYesNo, canAsk } from "../prompt.ts";

export interface SourceGivens {
  readonly flags: DirectoryFlags & Quietness;
  readonly profile: Profile | undefined;
}

/**
 * Reads a fixture; of what is live, finds address and credentials, and contacts nothing.
 * @throws AppError usage, for options that do not go with the source and for what is missing; invalid-file; refused or
 * declined, for a profile's file that nobody agreed to
 */
export async function prepareSource(
  io: Io,
  name: SourceName,
  { flags, profile }: SourceGivens,
): Promise<PreparedSource> {
  refuseOtherOptions(name, flags);
  if (!isLive(name)) {
    const { at, state, idp, oktaApp: app } = flags;
    return whileReading(io, flags, (watcher) => prepareFile(io, name, { at, state, idp, app, watcher }));
  }
  const { prepareLive } = await import("../../assembly/sources/prepare-live.ts");
  const confirm = canAsk(io)
    ? async (question: string): Promise<boolean> => askYesNo(io, question, { byDefault: false })
    : undefined;
  return prepareLive(io, name, { flags, profile, ...(confirm === undefined ? {} : { confirm }) });
}

/** An option that counts for nothing was meant for something. @throws AppError usage */
function refuseOtherOptions(name: SourceName, flags: DirectoryFlags): void {
  refuseProviderOptions(name, flags);
  refuseFileOptions(name, flags);
}

function refuseProviderOptions(name: SourceName, flags: DirectoryFlags): void {
  const { oktaUrl, oktaApp, entraTenant, entraApp, entraJob, entraCloud } = flags;
  const refuseOption = refusal(name);
  if (name.kind !== "okta") refuseOption({ "--okta-url": oktaUrl }, "okta");
  if (name.kind !== "okta" && name.kind !== "tables") refuseOption({ "--okta-app": oktaApp }, "okta");
  if (name.kind !== "entra") {
    const given = {
      "--entra-tenant": entraTenant,
      "--entra-app": entraApp,
      "--entra-job": entraJob,
      "--entra-cloud": entraCloud,
    };
    refuseOption(given, "entra");
  }
}

function refuseFileOptions(name: SourceName, { idp, at = "end", state }: DirectoryFlags): void {
  if (name.kind !== "tables" && idp !== undefined) {
    throw new AppError(
      "usage",
      "--idp is for tables: any other directory says itself which provider it is of.",
      { hint: "Leave --idp out." },
    );
  }
  if (name.kind === "fixture") return;
  if (at !== "end") {
    throw new AppError("usage", `--at needs a fixture: ${sourceText(name)} has no timeline.`);
  }
  if (state !== undefined && (name.kind === "okta" || name.kind === "entra")) {
    throw new AppError(
      "usage",
      `--state needs a fixture: ${sourceText(name)} itself says what it remembers.`,
      {
        hint: "Leave --state out.",
      },
    );
  }
}

type Refusal = (given: Readonly<Record<string, string | undefined>>, source: "okta" | "entra") => void;

function refusal(name: SourceName): Refusal {
  return (given, source) => {
    const [option] = Object.entries(given).flatMap(([flag, value]) => (value === undefined ? [] : [flag]));
    if (option === undefined) return;
    throw new AppError("usage", `${option} needs --from ${source}.`, {
      hint: `The directory here is ${printable(sourceText(name))}${name.kind === "fixture" ? ", a file" : ""}.`,
    });
  };
}
