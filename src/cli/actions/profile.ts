/** What `astro-scim profile` does. */

import { AppError } from "../../ground/errors.ts";
import { exitStatus } from "../../ground/exit-status.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import type { ProfileReport, ProfileSummary } from "../../report/profiles/report.ts";
import { chooseDefault, chosenDefault, type DefaultProfile } from "../../target/profile/default-profile.ts";
import { allProfiles, findProfile, fileOfProfile, type Profile } from "../../target/profile/find-profile.ts";
import { baseUrlOfProfile } from "../../target/resolve-target.ts";
import { configFolder } from "../../target/user-folders.ts";
import { fileInFolder, profileNameProblem, writeProfile } from "../../target/profile/write-profile.ts";
import type { Io } from "../../world/io.ts";
import type { OutputFlags } from "../flags/options.ts";
import { quoted } from "../next/words.ts";
import { startOutput } from "../output/command-output.ts";

export type ProfileFlags = Pick<OutputFlags, "output" | "json">;

/** Lists what `--profile` finds; resolves to the exit status. */
export async function listProfiles(io: Io, flags: ProfileFlags): Promise<number> {
  const output = await startOutput(io, flags);
  const chosen = await chosenDefault(io);
  const profiles = await allProfiles(io);
  const summaries = await Promise.all(profiles.map((profile) => summaryOf(io, profile, chosen)));
  await output.result("profiles", { profiles: summaries });
  return exitStatus.ok;
}

/** Resolves to the exit status. @throws AppError usage, where there is no such profile */
export async function showProfile(io: Io, name: string, flags: ProfileFlags): Promise<number> {
  const output = await startOutput(io, flags);
  const profile = await findProfile(name, io);
  const { name: _name, file: _file, label: _label, foreign: _foreign, ...settings } = profile;
  const shown: JsonObject = JSON.parse(JSON.stringify(settings), (_key, value: JsonValue) =>
    typeof value === "string" ? withoutUserInfo(value) : value,
  );
  const report: ProfileReport = {
    profile: await summaryOf(io, profile, await chosenDefault(io)),
    settings: shown,
    variables: variablesIn(shown).map((variable) => ({
      name: variable,
      isSet: (io.env[variable] ?? "") !== "",
    })),
  };
  await output.result("profile", report);
  return exitStatus.ok;
}

export interface UseProfileFlags {
  readonly none?: boolean;
}

/** Chooses the profile that is read by default; resolves to the exit status. */
export async function useProfile(
  io: Io,
  name: string | undefined,
  { none = false }: UseProfileFlags,
): Promise<number> {
  if ((name === undefined) !== none) {
    throw new AppError("usage", "Give either the name of a profile or --none.");
  }
  if (name === undefined) {
    await chooseDefault(io, undefined);
    io.stderr.write("No profile is read by default any more.\n");
    return exitStatus.ok;
  }
  const { file, label } = await findProfile(name, io);
  await chooseDefault(io, { name, file: await io.disk.realpath(file) });
  io.stderr.write(`users, teams, api and diff now read ${label} where no target is named.\n`);
  return exitStatus.ok;
}

export interface AddProfileFlags {
  readonly org?: string;
  readonly domain?: string;
  readonly url?: string;
  readonly tokenEnv?: string;
  readonly oktaUrl?: string;
  readonly oktaApp?: string;
  readonly entraTenant?: string;
  readonly entraApp?: string;
  readonly readOnly?: boolean;
  readonly user?: boolean;
}

/** Writes the profile; resolves to the exit status. @throws AppError usage; as `writeProfile` */
export async function addProfile(io: Io, name: string, flags: AddProfileFlags): Promise<number> {
  const problem = profileNameProblem(name);
  if (problem !== undefined) throw new AppError("usage", `${quoted(name)} cannot be a name. ${problem}`);
  const { org, domain, url, tokenEnv, readOnly } = flags;
  if (org === undefined && url === undefined) {
    throw new AppError("usage", "A profile needs a target.", { hint: "Add --org or --url." });
  }
  // An address that cannot be one is refused before it is written.
  const target = { ...given({ org, domain, url }), label: "the command line" };
  await baseUrlOfProfile({ name, file: "", foreign: undefined, ...target }, io);
  const directory = directoryOf(flags);
  const values = {
    ...given({ org, domain, url, tokenEnv }),
    ...(readOnly === true ? { readOnly } : {}),
    ...(directory === undefined ? {} : { directory }),
  };
  const file = await fileFor(io, name, flags);
  await writeProfile(io, { file, name, values });
  io.stderr.write(`Saved profile ${quoted(name)} in ${quoted(file)}.\n`);
  return exitStatus.ok;
}

async function fileFor(io: Io, name: string, { user = false }: AddProfileFlags): Promise<string> {
  if (!user) return (await fileOfProfile(name, io)) ?? fileInFolder(io.cwd);
  const folder = configFolder(io);
  if (folder === undefined) throw new AppError("failed", "There is no home folder for --user.");
  return fileInFolder(folder);
}

/** @throws AppError usage, where both providers are named */
function directoryOf({ oktaUrl, oktaApp, entraTenant, entraApp }: AddProfileFlags): JsonObject | undefined {
  const okta = given({ url: oktaUrl, app: oktaApp });
  const entra = given({ tenant: entraTenant, app: entraApp });
  const [hasOkta, hasEntra] = [Object.keys(okta).length > 0, Object.keys(entra).length > 0];
  if (hasOkta && hasEntra) {
    throw new AppError("usage", "A profile has one directory: Okta or Entra ID.", {
      hint: "Add two profiles.",
    });
  }
  if (hasOkta) return { okta };
  return hasEntra ? { entra } : undefined;
}

async function summaryOf(
  io: Io,
  profile: Profile,
  chosen: DefaultProfile | undefined,
): Promise<ProfileSummary> {
  const { name, file, from, directory, readOnly = false } = profile;
  const realFile = await io.disk.realpath(file).catch(() => file);
  return {
    name,
    target: await targetOf(io, profile),
    directory: directory === undefined ? undefined : Object.keys(directory).join(", "),
    ...(from === undefined ? {} : { directory: withoutUserInfo(from) }),
    isReadOnly: readOnly,
    isDefault: chosen?.name === name && chosen.file === realFile,
    file,
  };
}

/** One profile with an impossible address must not hide the others. */
async function targetOf(io: Io, profile: Profile): Promise<string> {
  try {
    return await baseUrlOfProfile(profile, io);
  } catch (error) {
    if (error instanceof AppError) return `not usable: ${error.message}`;
    throw error;
  }
}

/** User name and password in a URL are nobody's business, wherever they were written. */
function withoutUserInfo(text: string): string {
  return text.replaceAll(/\/\/[^/@\s]*@/g, "//…@");
}

/** The values of `tokenEnv`, `secretEnv` and `privateKeyEnv`. */
function variablesIn(settings: JsonObject): readonly string[] {
  return Object.entries(settings).flatMap(([key, value]) => {
    if (isJsonObject(value)) return variablesIn(value);
    return key.endsWith("Env") && typeof value === "string" ? [value] : [];
  });
}

/** Those that have a value. */
function given(values: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
