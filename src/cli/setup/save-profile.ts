/** Saves the answers as a profile, where somebody wants it. */

import { resolve } from "node:path";
import { scimBaseUrl } from "../../astro/address.ts";
import { AppError } from "../../ground/errors.ts";
import type { JsonObject } from "../../ground/json.ts";
import type { SetupAnswers } from "../../setup/answers.ts";
import { fileOfProfile } from "../../target/profile/find-profile.ts";
import { fileInFolder, profileNameProblem, writeProfile } from "../../target/profile/write-profile.ts";
import type { Io } from "../../world/io.ts";
import { quoted } from "../next/words.ts";
import type { CommandOutput } from "../output/command-output.ts";
import { askText, askYesNo } from "../prompt.ts";
import type { SetupFlags } from "./flags.ts";
import type { Stated } from "./stated-answers.ts";

export interface Saving {
  readonly answers: SetupAnswers;
  readonly flags: SetupFlags;
  readonly stated: Stated;
  readonly asks: boolean;
  readonly output: CommandOutput;
}

/**
 * Resolves to the name of the profile; undefined where nothing was saved.
 * @throws AppError usage, for a profile without an organization; as `writeProfile`
 */
export async function saveProfile(
  io: Io,
  { answers, flags, stated, asks, output }: Saving,
): Promise<string | undefined> {
  const name = flags.saveProfile ?? (asks ? await askForName(io, answers, stated) : undefined);
  if (name === undefined) return undefined;
  const problem = profileNameProblem(name);
  if (problem !== undefined) throw new AppError("usage", `--save-profile: ${problem}`);
  if (answers.organizationId === undefined) {
    throw new AppError("usage", "A profile needs the organization.", { hint: "Add --org or --url." });
  }
  const file = (await fileOfProfile(name, io)) ?? fileInFolder(io.cwd);
  await writeProfile(io, { file, name, values: valuesOf(answers, flags, stated) });
  output.say(`Saved the answers as profile ${quoted(name)} in ${quoted(file)}.`);
  return name;
}

/** Nothing can be saved without the organization, so nothing is asked then. */
async function askForName(
  io: Io,
  { organizationId, idp }: SetupAnswers,
  { profile }: Stated,
): Promise<string | undefined> {
  if (organizationId === undefined) return undefined;
  const message = `Save the answers as a profile in ${quoted(profile?.file ?? resolve(io.cwd, "astro-scim.yaml"))}?`;
  if (!(await askYesNo(io, message, { byDefault: true }))) return undefined;
  return askText(io, {
    message: "Name of the profile",
    byDefault: profile?.name ?? idp,
    problem: profileNameProblem,
  });
}

/** The target as it was given, the live app as far as it was named, and the answers; nothing secret. */
function valuesOf(answers: SetupAnswers, flags: SetupFlags, { profile }: Stated): JsonObject {
  const { idp, integration, mailAttribute, ssoAttribute, usersOnly } = answers;
  const directory = directoryOf(answers, flags);
  return {
    ...targetOf(answers, flags, profile),
    ...(directory === undefined ? {} : { directory: { [idp]: directory } }),
    setup: { provider: idp, integration, mailAttribute, ssoAttribute, usersOnly },
  };
}

function targetOf(
  { scimUrl, organizationId }: SetupAnswers,
  { domain, profile: named }: SetupFlags,
  profile: Stated["profile"],
): JsonObject {
  if (named !== undefined && profile !== undefined) {
    const { url, org, domain: domainOfProfile } = profile;
    return given({ url, org, domain: domainOfProfile });
  }
  const org = organizationId ?? "";
  if (scimUrl === scimBaseUrl(org)) return { org };
  return domain === undefined ? { url: scimUrl } : { org, domain };
}

/** What Microsoft Graph does not show stands beside the app, for `diff` and the like. */
function directoryOf(
  { idp, integration, ssoAttribute }: SetupAnswers,
  { oktaUrl, oktaApp, entraTenant, entraApp, entraCloud }: SetupFlags,
): JsonObject | undefined {
  if (idp === "okta") {
    const okta = given({ url: oktaUrl, app: oktaApp });
    return Object.keys(okta).length === 0 ? undefined : okta;
  }
  const entra = given({ tenant: entraTenant, app: entraApp, cloud: entraCloud });
  if (Object.keys(entra).length === 0) return undefined;
  return { ...entra, scope: "assigned", flag: integration === "manual", ssoAttribute };
}

/** Those that have a value. */
function given(values: Readonly<Record<string, string | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
