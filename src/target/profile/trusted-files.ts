/** Which files of profiles somebody has agreed to, and to what exactly: `trusted.json` in the user's state folder. */

import { dirname, join } from "node:path";
import * as z from "zod";
import type { Disk } from "../../world/disk.ts";
import type { Io } from "../../world/io.ts";
import { fileProblem, readSmallFile } from "../../files/read-small-file.ts";
import { isMissing } from "../../files/system-error.ts";
import { writeProblem, writeWhole } from "../../files/whole-file.ts";
import { stateFolder } from "../user-folders.ts";

const agreementSchema = z.strictObject({
  /** Without symbolic links. */
  file: z.string(),
  sha256: z.string(),
  /** Where the token comes from: the name of a variable. */
  token: z.string(),
  /** With its port. */
  host: z.string(),
  /** SHA-256 of the certificates that the profile names. */
  ca: z.string().exactOptional(),
});

const fileSchema = z.strictObject({ version: z.literal(1), trusted: z.array(agreementSchema) });

/** One agreement: this file, with this content, may send this token to this host. */
export type Agreement = z.infer<typeof agreementSchema>;

const maxBytes = 1024 * 1024;
const maxAgreements = 500;

/** A file that can't be used is reported in the notes, and nothing in it counts. */
export async function isTrusted(
  agreement: Agreement,
  io: Io,
): Promise<{ readonly isTrusted: boolean; readonly notes: readonly string[] }> {
  const { agreements, notes } = await readAgreements(io.disk, trustFile(io));
  return { isTrusted: agreements.some((each) => keyOf(each) === keyOf(agreement)), notes };
}

/** Returns why it could not be remembered: then the question comes again next time. */
export async function rememberTrusted(agreement: Agreement, io: Io): Promise<readonly string[]> {
  const file = trustFile(io);
  if (file === undefined) return [notRemembered("there is no home folder")];
  const { agreements } = await readAgreements(io.disk, file);
  const others = agreements.filter((each) => keyOf(each) !== keyOf(agreement));
  const trusted = [agreement, ...others].slice(0, maxAgreements);
  try {
    await io.disk.mkdir(dirname(file));
    await writeWhole(io, file, `${JSON.stringify({ version: 1, trusted }, null, 1)}\n`, { replace: true });
    return [];
  } catch (error) {
    return [notRemembered(`${file} can't be written: ${writeProblem(error)}`)];
  }
}

function trustFile(io: Io): string | undefined {
  const folder = stateFolder(io);
  return folder === undefined ? undefined : join(folder, "trusted.json");
}

interface Read {
  readonly agreements: readonly Agreement[];
  readonly notes: readonly string[];
}

async function readAgreements(disk: Disk, file: string | undefined): Promise<Read> {
  if (file === undefined) return { agreements: [], notes: [] };
  try {
    const { trusted } = fileSchema.parse(JSON.parse(await readSmallFile(disk, file, maxBytes)));
    return { agreements: trusted, notes: [] };
  } catch (error) {
    if (isMissing(error)) return { agreements: [], notes: [] };
    const isContent = error instanceof SyntaxError || error instanceof z.ZodError;
    const problem = isContent ? "its content is not in astro-scim's format" : fileProblem(error);
    return { agreements: [], notes: [`The list of trusted files ${file} was not used: ${problem}.`] };
  }
}

function keyOf({ file, sha256, token, host, ca }: Agreement): string {
  return JSON.stringify([file, sha256, token, host, ca ?? null]);
}

function notRemembered(why: string): string {
  return `Your choice cannot be saved: ${why}.`;
}
