/** Which profile is read where no target is named: `default-profile.json` in the user's state folder. */

import { dirname, join } from "node:path";
import * as z from "zod";
import { AppError } from "../../ground/errors.ts";
import { printable } from "../../ground/text/printable.ts";
import { readSmallFile } from "../../files/read-small-file.ts";
import { isMissing } from "../../files/system-error.ts";
import { writeProblem, writeWhole } from "../../files/whole-file.ts";
import type { Io } from "../../world/io.ts";
import { findProfileIn, type Profile } from "./find-profile.ts";
import { stateFolder } from "../user-folders.ts";

/** A name alone would mean another profile in another folder: a repository could bring one of the same name. */
const defaultSchema = z.strictObject({
  version: z.literal(1),
  name: z.string(),
  /** Absolute. */
  file: z.string(),
});

export interface DefaultProfile {
  readonly name: string;
  readonly file: string;
}

const maxBytes = 64 * 1024;

/** Undefined where none is chosen. @throws AppError invalid-file, for a file that is not astro-scim's */
export async function chosenDefault(io: Io): Promise<DefaultProfile | undefined> {
  const place = placeOfDefault(io);
  if (place === undefined) return undefined;
  try {
    const { name, file } = defaultSchema.parse(JSON.parse(await readSmallFile(io.disk, place, maxBytes)));
    return { name, file };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new AppError("invalid-file", `The default profile in ${printable(place)} cannot be read.`, {
      hint: "Choose one again: astro-scim profile use NAME",
      cause: error,
    });
  }
}

/** @throws AppError as `chosenDefault`; usage, where the profile is not there any more */
export async function findDefaultProfile(io: Io): Promise<Profile | undefined> {
  const chosen = await chosenDefault(io);
  if (chosen === undefined) return undefined;
  const profile = await findProfileIn(chosen, io);
  if (profile !== undefined) return { ...profile, label: `the default ${profile.label}` };
  throw new AppError(
    "usage",
    `The default profile "${printable(chosen.name)}" is not in ${printable(chosen.file)} any more.`,
    { hint: "Choose another one: astro-scim profile use NAME, or astro-scim profile use --none" },
  );
}

/** @throws AppError failed, where it cannot be written */
export async function chooseDefault(io: Io, chosen: DefaultProfile | undefined): Promise<void> {
  const place = placeOfDefault(io);
  if (place === undefined) throw new AppError("failed", "There is no home folder to keep the choice in.");
  try {
    if (chosen === undefined) {
      await io.disk.rm(place, { force: true });
      return;
    }
    await io.disk.mkdir(dirname(place));
    const text = `${JSON.stringify({ version: 1, ...chosen }, null, 1)}\n`;
    await writeWhole(io, place, text, { replace: true });
  } catch (error) {
    const why = writeProblem(error);
    throw new AppError("failed", `The choice cannot be saved in ${printable(place)}: ${why}.`, {
      cause: error,
    });
  }
}

function placeOfDefault(io: Io): string | undefined {
  const folder = stateFolder(io);
  return folder === undefined ? undefined : join(folder, "default-profile.json");
}
