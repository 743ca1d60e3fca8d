/** Where a token comes from: the sources in their order, and which of them may be sent to which server. */

import { apiRoot, localDomain, publicAstroDomain } from "../../astro/address.ts";
import { AppError } from "../../ground/errors.ts";
import { printable } from "../../ground/text/printable.ts";
import { isLoopbackHost } from "../../http/loopback.ts";
import type { Io } from "../../world/io.ts";
import { tokenIn } from "../known-secrets.ts";
import { readAstroCliContext } from "../astro-cli-context.ts";
import { astroDomain } from "../base-url.ts";
import { cleanToken } from "./clean-token.ts";
import type { Profile } from "../profile/find-profile.ts";
import { localRootFor } from "../local-core.ts";
import { readTokenFile } from "./token-file.ts";

export interface TokenFlags {
  readonly token?: string;
  readonly tokenFile?: string;
}

export interface FoundToken {
  readonly token: string;
  /** For people: `ASTRO_SCIM_TOKEN`, `token.txt`. */
  readonly source: string;
  /** On the command line, at a question that names the host, or found in a variable or in the astro CLI's login. */
  readonly given: "flag" | "answer" | "found";
  /** The domain to whose API alone the token may go: Astronomer's, or `localhost`; undefined where it may go to any target. */
  readonly domain: string | undefined;
  /** The organization that its source names beside it (the astro CLI's context). */
  readonly organizationId?: string | undefined;
  readonly notes: readonly string[];
}

export interface TokenSearch {
  readonly flags: TokenFlags;
  readonly io: Io;
  readonly profile: Profile | undefined;
  /** The target's base URL, where it is known before the token is. */
  readonly baseUrl: string | undefined;
  /** Asks on the terminal without an echo; undefined if there is no terminal to ask on. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
}

/** A token that may be there, before it is known whether it may go to this target. */
interface Candidate {
  readonly text: string;
  readonly source: string;
  readonly given: FoundToken["given"];
  readonly domain?: string;
  readonly organizationId?: string | undefined;
}

interface Searched {
  readonly candidate?: Candidate | undefined;
  readonly notes?: readonly string[];
  /** The domain of the astro CLI's context, where nobody is logged in. */
  readonly contextWithoutLogin?: string;
}

type Source = (search: TokenSearch) => Searched | Promise<Searched>;

/** In the order of precedence. */
const sources: readonly Source[] = [
  fromFlag,
  fromFile,
  ({ io }) => fromVariable(io, "ASTRO_SCIM_TOKEN"),
  fromProfile,
  ({ io }) => fromVariable(io, "ASTRO_API_TOKEN"),
  fromAstroCli,
  fromPrompt,
];

/**
 * The first token that is there and may go to the target. Those of the astro CLI go only to `https://api.` of
 * their own domain; what was passed over is said in the notes.
 * @throws AppError usage, where there is none, or it can't be a token; invalid-file, for an unreadable file.
 */
export async function findToken(search: TokenSearch): Promise<FoundToken> {
  if (search.flags.token !== undefined && search.flags.tokenFile !== undefined) {
    throw new AppError("usage", "--token and --token-file cannot be used together.", {
      hint: "Keep one of them.",
    });
  }
  const notes: string[] = [];
  let contextWithoutLogin: string | undefined;
  for (const source of sources) {
    const searched = await source(search);
    contextWithoutLogin ??= searched.contextWithoutLogin;
    notes.push(...(searched.notes ?? []));
    const candidate = searched.candidate;
    if (candidate === undefined) continue;
    // Also if it is passed over: it belongs to somebody.
    search.io.secrets.hide(tokenIn(candidate.text));
    const localRoot = await localRootFor(candidate.domain, search.io);
    if (!mayGoTo(candidate, search.baseUrl, localRoot)) {
      const root = apiRoot(candidate.domain ?? "", localRoot);
      notes.push(`${candidate.source} was not used: it is only sent to ${root}.`);
      continue;
    }
    const { text, domain, ...rest } = candidate;
    const clean = cleanToken(text, namedSource(candidate.source, search.profile));
    return { ...rest, domain, token: clean.token, notes: [...notes, ...clean.notes] };
  }
  throw noToken(notes, search, contextWithoutLogin);
}

/** Where a token came from, and the file whose profile is in use; for messages. */
export function namedSource(source: string, profile: Profile | undefined): string {
  return profile === undefined ? source : `${source} (${profile.label})`;
}

function mayGoTo({ domain }: Candidate, baseUrl: string | undefined, localRoot: string): boolean {
  if (domain === undefined || baseUrl === undefined) return true;
  const { origin, protocol, hostname, port } = new URL(baseUrl);
  const root = new URL(apiRoot(domain, localRoot));
  if (origin === root.origin) return true;
  // The same machine by its address: `serve` listens on 127.0.0.1.
  return (
    domain === localDomain && protocol === root.protocol && isLoopbackHost(hostname) && port === root.port
  );
}

function fromFlag({ flags }: TokenSearch): Searched {
  return flags.token === undefined
    ? {}
    : { candidate: { text: flags.token, source: "--token", given: "flag" } };
}

async function fromFile({ flags, io }: TokenSearch): Promise<Searched> {
  const file = flags.tokenFile;
  if (file === undefined) return {};
  const text = await readTokenFile(io, file, "Put the token in a file, or in ASTRO_SCIM_TOKEN.");
  return { candidate: { text, source: file, given: "flag" } };
}

function fromVariable(io: Io, name: string): Searched {
  const text = io.env[name];
  if (text === undefined || text.trim() === "") return {};
  // The astro CLI's own variable holds a token of Astro's and stays there, also where a profile names it.
  if (name !== "ASTRO_API_TOKEN") return { candidate: { text, source: name, given: "found" } };
  const domain = io.env["ASTRO_DOMAIN"];
  return {
    candidate: {
      text,
      source: name,
      given: "found",
      domain: domain ? astroDomain(domain, "ASTRO_DOMAIN") : publicAstroDomain,
    },
  };
}

function fromProfile({ io, profile }: TokenSearch): Searched {
  if (profile?.tokenEnv === undefined) return {};
  const found = fromVariable(io, profile.tokenEnv);
  if (found.candidate !== undefined) return found;
  return { notes: [`${profile.tokenEnv}, the tokenEnv of ${profile.label}, is not set.`] };
}

async function fromAstroCli({ io }: TokenSearch): Promise<Searched> {
  const { context, notes } = await readAstroCliContext(io);
  if (context?.token === undefined) {
    // Of a login that has expired the notes speak.
    const hasNone = context !== undefined && notes.length === 0;
    return hasNone ? { notes, contextWithoutLogin: context.domain } : { notes };
  }
  const { token: text, domain, organizationId } = context;
  const source = "the astro CLI's login";
  return { candidate: { text, source, given: "found", domain, organizationId }, notes };
}

async function fromPrompt({ ask, baseUrl, profile }: TokenSearch): Promise<Searched> {
  if (ask === undefined || baseUrl === undefined) return {};
  const { host } = new URL(baseUrl);
  const where = isOnLoopback(baseUrl) ? " (serve shows it; key i in its list)" : "";
  const text = await ask(printable(`API token for ${namedSource(host, profile)}${where}:`));
  return text.trim() === "" ? {} : { candidate: { text, source: "the prompt", given: "answer" } };
}

/** A server on this machine is most often `serve`. */
function isOnLoopback(baseUrl: string): boolean {
  return isLoopbackHost(new URL(baseUrl).hostname);
}

/** There is no token: of a command that checks for one, this is a result. */
export class NoToken extends AppError {}

function noToken(
  notes: readonly string[],
  { profile, baseUrl }: TokenSearch,
  contextWithoutLogin: string | undefined,
): AppError {
  const variable = profile?.tokenEnv ?? "ASTRO_SCIM_TOKEN";
  const how = `Set ${variable}, or use --token-file with a file that contains the token.`;
  if (baseUrl !== undefined) {
    return new NoToken("usage", ["There is no API token for this target.", ...notes].join(" "), {
      hint: isOnLoopback(baseUrl) ? `${how} astro-scim serve shows its token; key i in its list.` : how,
    });
  }
  const what =
    contextWithoutLogin === undefined
      ? "There is no target, and no API token that names one."
      : `The astro CLI's context ${contextWithoutLogin} has no login, and there is no other API token that names a target.`;
  return new AppError("usage", [what, ...notes].join(" "), {
    hint: `${contextWithoutLogin === localDomain ? forLocal : ""}Add --url, --org or --profile. ${how} To try it without Astro, use the URL and the token that astro-scim serve prints.`,
  });
}

const forLocal = "For a local Astro, set ASTRO_API_TOKEN to the API token that astro-scim serve prints. ";
