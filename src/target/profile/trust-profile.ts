/**
 * Whether a profile may say where a token goes. A file that came with a repository can name any variable and any host, and
 * certificates that make the host pass for another one.
 */

import { createHash } from "node:crypto";
import { AppError } from "../../ground/errors.ts";
import { isLoopbackHost } from "../../http/loopback.ts";
import { printable } from "../../ground/text/printable.ts";
import type { Io } from "../../world/io.ts";
import { isPublicAstroUrl } from "../base-url.ts";
import type { ForeignFile, Profile } from "./find-profile.ts";
import type { FoundToken } from "../token/find-token.ts";
import { readCaOfProfile } from "../read-ca.ts";
import { isTrusted, rememberTrusted, type Agreement } from "./trusted-files.ts";

export type Confirm = (question: string) => Promise<boolean>;

export interface TokenWay {
  /** Undefined where none was asked for. */
  readonly profile: Profile | undefined;
  readonly found: FoundToken;
  readonly baseUrl: string;
  readonly flags: { readonly ca?: string; readonly trustConfig?: boolean };
}

export interface TrustContext {
  readonly io: Io;
  readonly confirm?: Confirm;
}

/**
 * Lets a token go where the profile says if the file is the user's own, nothing can be lost, or somebody agreed: before, by
 * `--trust-config`, or by the answer to the question. Gives back what is to be said.
 * @throws AppError refused, where nobody can be asked; declined, for no; invalid-file, for the profile's certificates
 */
export async function requireTrust(way: TokenWay, { io, confirm }: TrustContext): Promise<readonly string[]> {
  const { profile, found, baseUrl, flags } = way;
  if (profile === undefined) return [];
  const { host } = new URL(baseUrl);
  const used = `Using ${profile.label}: the token from ${found.source} goes to ${host}.`;
  if (profile.foreign === undefined || !needsTrust(way, profile)) return [used];
  const agreement = await agreementOf(way, profile, profile.foreign, io);
  const before = await isTrusted(agreement, io);
  if (before.isTrusted) return [used];
  const certificates =
    agreement.ca === undefined ? "" : `, and the certificates in ${profile.ca} are trusted for it`;
  const what = `With ${profile.label} the token from ${found.source} goes to ${host}${certificates}`;
  if (flags.trustConfig !== true) await askForTrust({ what, notes: before.notes, confirm });
  return [...before.notes, used, ...(await rememberTrusted(agreement, io))];
}

/**
 * The public Astro and this machine may have any token. One that Astronomer's own tools hold stays on their domain
 * (`findToken`); one that was typed at a question was typed for the host and the file that the question names. What a flag
 * gives was given to this profile, unless there are two of its name. Certificates concern them all.
 */
function needsTrust({ found, baseUrl, flags }: TokenWay, { ca, foreign }: Profile): boolean {
  const url = new URL(baseUrl);
  if (isLoopbackHost(url.hostname)) return false;
  if (ca !== undefined && flags.ca === undefined) return true;
  if (isPublicAstroUrl(url) || found.domain !== undefined || found.given === "answer") return false;
  return found.given === "found" || foreign?.hidesOwn === true;
}

/** What is agreed to is what the question names: another variable, host or certificate is another question. */
async function agreementOf(
  { found, baseUrl, flags }: TokenWay,
  profile: Profile,
  { realPath, sha256 }: ForeignFile,
  io: Io,
): Promise<Agreement> {
  const pem = flags.ca === undefined ? await readCaOfProfile(profile, io) : undefined;
  const ca = pem === undefined ? {} : { ca: createHash("sha256").update(pem).digest("hex") };
  return { file: realPath, sha256, token: found.source, host: new URL(baseUrl).host, ...ca };
}

interface TrustQuestion {
  readonly what: string;
  readonly notes: readonly string[];
  readonly confirm: Confirm | undefined;
}

async function askForTrust({ what, notes, confirm }: TrustQuestion): Promise<void> {
  if (confirm === undefined) {
    const why =
      "The file is not in your own configuration folder, and you have not trusted its current content.";
    throw new AppError("refused", printable([...notes, `${what}.`, why].join(" ")), {
      hint: "Check the file. If it is right, add --trust-config; your choice is remembered until the file changes.",
    });
  }
  const question = [...notes, `${what}.`, "The file is not in your own configuration folder. Trust it?"].join(
    " ",
  );
  if (!(await confirm(printable(question)))) {
    throw new AppError("declined", "Not confirmed; nothing was contacted.");
  }
}
