/** Which server a command talks to, and with which token: the rules for both, in one place. */

import { localDomain, withoutEntraFlag, type AstroTarget } from "../astro/address.ts";
import { AppError } from "../ground/errors.ts";
import { isLoopbackHost } from "../http/loopback.ts";
import type { Io } from "../world/io.ts";
import { isPublicAstroUrl, organizationBaseUrl, organizationOf, parseBaseUrl } from "./base-url.ts";
import { findDefaultProfile } from "./profile/default-profile.ts";
import { findProfile, type Profile } from "./profile/find-profile.ts";
import { findToken, namedSource, type FoundToken, type TokenFlags } from "./token/find-token.ts";
import { readTokenClaims } from "../astro/token-claims.ts";
import { localRootFor } from "./local-core.ts";
import { narrowToken, organizationTokenHint, tokenNotes } from "./token/token-notes.ts";
import { requireTrust, type Confirm } from "./profile/trust-profile.ts";

export interface TargetFlags extends TokenFlags {
  readonly url?: string;
  readonly org?: string;
  /** Beside `org`: another domain of Astronomer's. */
  readonly domain?: string;
  readonly profile?: string;
  /** Instead of the profile's. */
  readonly ca?: string;
  /** Agrees to what `requireTrust` asks. */
  readonly trustConfig?: boolean;
}

/** The Astro that the command starts inside its own process. */
export interface InProcessTarget {
  readonly kind: "in-process";
}

/** A server that was named, or that the token names. */
export interface RemoteTarget {
  readonly kind: "remote";
  /** Without a trailing slash; Entra's flag kept where it was given. */
  readonly baseUrl: string;
  /** The organization in the base URL, for the question before a write; undefined on other servers. */
  readonly organizationId: string | undefined;
  /** Without `Bearer `. Never printed, logged, recorded or stored. */
  readonly token: string;
  /** For people: where the token came from. */
  readonly tokenSource: string;
  readonly isLoopback: boolean;
  /** Astro's own host, where its rules for organizations, owners and limits apply. */
  readonly isPublicAstro: boolean;
  readonly profile: Profile | undefined;
  /** Sentences for the user about how token and target were found. */
  readonly notes: readonly string[];
}

export type Target = InProcessTarget | RemoteTarget;

/** The SCIM base URL, as reports have it; null for the local Astro inside the process. */
export function targetUrl(target: Target): string | null {
  return target.kind === "remote" ? target.baseUrl : null;
}

/** The profile that named the target. */
export function profileOf(target: Target): Profile | undefined {
  return target.kind === "remote" ? target.profile : undefined;
}

/** The target without its token, for what is kept or shown. */
export function targetName(target: Target): AstroTarget {
  return target.kind === "remote"
    ? { kind: "scim", baseUrl: withoutEntraFlag(target.baseUrl) }
    : { kind: "local" };
}

export interface TargetContext {
  readonly io: Io;
  /** A command that writes needs its target named; for reading, a token that names its organization is enough. */
  readonly intent: "read" | "write";
  /** What a command does without any target on its command line; the profile of `profile use` comes before the last two. */
  readonly withoutTarget: "in-process" | "default profile or in-process" | "organization of the token";
  /** Asks on the terminal without an echo; left out if there is no terminal to ask on. */
  readonly ask?: (question: string) => Promise<string>;
  /** Asks for yes or no; left out if there is no terminal to ask on. */
  readonly confirm?: Confirm;
  /** The command judges itself what the token says of itself: nothing is noted or refused for it. */
  readonly judgesToken?: boolean;
}

/**
 * Finds target and token.
 * @throws AppError usage, for flags that contradict each other, a URL or token that can't be one, no token, or a
 * write without a named target; refused, for plain HTTP to another machine; refused or declined, for a profile's file that
 * nobody agreed to; unauthorized, for an expired token and one of a Workspace or a Deployment; invalid-file, for a token or profile file.
 */
export async function resolveTarget(flags: TargetFlags, context: TargetContext): Promise<Target> {
  const namesToken = flags.token !== undefined || flags.tokenFile !== undefined;
  const named =
    (await namedTarget(flags, context.io)) ??
    targetOfEnvironment(context) ??
    (namesToken ? undefined : await defaultTarget(context));
  const takesTokens = context.withoutTarget === "organization of the token" || namesToken;
  if (named === undefined && !takesTokens) return { kind: "in-process" };
  if (named === undefined && context.intent === "write") throw writeNeedsTarget();
  const { io, ask } = context;
  const { profile, baseUrl: namedUrl } = named ?? { profile: undefined, baseUrl: undefined };
  const found = await findToken({ flags, io, profile, baseUrl: namedUrl, ask });
  const baseUrl = namedUrl ?? (await baseUrlOfToken(found, io));
  const notes = await requireTrust({ profile, found, baseUrl, flags }, context);
  return remoteTarget({ baseUrl, profile, found, notes }, context);
}

/**
 * The SCIM base URL that the flags name, without looking for a token; undefined where they name none.
 * @throws AppError usage, as `resolveTarget`; refused, for plain HTTP to another machine
 */
export async function namedBaseUrl(flags: TargetFlags, io: Io): Promise<string | undefined> {
  return (await namedTarget(flags, io))?.baseUrl;
}

/**
 * The SCIM base URL that the flags name, else that of the token's organization. Contacts nothing and asks nothing; undefined where
 * neither says it.
 * @throws AppError as `namedBaseUrl`, and as `findToken` for a token that the flags give
 */
export async function knownBaseUrl(flags: TargetFlags, io: Io): Promise<string | undefined> {
  const named = await namedTarget(flags, io);
  if (named !== undefined) return named.baseUrl;
  try {
    const search = { flags, io, profile: undefined, baseUrl: undefined, ask: undefined };
    return await baseUrlOfToken(await findToken(search), io);
  } catch (error) {
    const isGiven = flags.token !== undefined || flags.tokenFile !== undefined;
    if (isGiven || !(error instanceof AppError)) throw error;
    return undefined;
  }
}

/** `ASTRO_SCIM_URL`, as `exec` gives it to its command; for reading alone, where there is no in-process Astro to take. */
function targetOfEnvironment({ io, intent, withoutTarget }: TargetContext): NamedTarget | undefined {
  const url = io.env["ASTRO_SCIM_URL"];
  const reads = intent === "read" && withoutTarget === "organization of the token";
  if (url === undefined || url === "" || !reads) return undefined;
  return { baseUrl: parseBaseUrl(url, "ASTRO_SCIM_URL"), profile: undefined };
}

/** The profile of `profile use`: for reading alone, since a write names its target. */
async function defaultTarget({ io, intent, withoutTarget }: TargetContext): Promise<NamedTarget | undefined> {
  if (intent === "write" || withoutTarget === "in-process") return undefined;
  const profile = await findDefaultProfile(io);
  return profile === undefined ? undefined : { baseUrl: await baseUrlOfProfile(profile, io), profile };
}

interface NamedTarget {
  readonly baseUrl: string;
  readonly profile: Profile | undefined;
}

async function namedTarget(flags: TargetFlags, io: Io): Promise<NamedTarget | undefined> {
  const { url, org, domain, profile: profileName } = flags;
  const names = Object.entries({ "--url": url, "--org": org, "--profile": profileName })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  if (names.length > 1) {
    throw new AppError("usage", `${names.join(" and ")} cannot be used together: each names a target.`, {
      hint: "Keep one of them.",
    });
  }
  if (domain !== undefined && org === undefined) {
    throw new AppError("usage", "--domain needs --org.", {
      hint: "Add --org, or use --url.",
    });
  }
  if (url !== undefined) return { baseUrl: parseBaseUrl(url, "--url"), profile: undefined };
  if (org !== undefined) {
    const localRoot = await localRootFor(domain, io);
    return { baseUrl: organizationBaseUrl(org, domain, { source: "--org", localRoot }), profile: undefined };
  }
  if (profileName === undefined) return undefined;
  const profile = await findProfile(profileName, io);
  return { baseUrl: await baseUrlOfProfile(profile, io), profile };
}

/** @throws AppError usage, for an address that cannot be one; refused, for plain HTTP to another machine */
export async function baseUrlOfProfile({ label, url, org, domain }: Profile, io: Io): Promise<string> {
  if (url !== undefined) return parseBaseUrl(url, label);
  const localRoot = await localRootFor(domain, io);
  return organizationBaseUrl(org ?? "", domain, { source: label, localRoot });
}

/**
 * The token's claim comes first: the astro CLI's context may name another organization than its token. A token that a local
 * Astro issued is known to no other: it goes to where the astro CLI looks for one.
 */
async function baseUrlOfToken(found: FoundToken, io: Io): Promise<string> {
  const claims = readTokenClaims(found.token);
  const domain = claims?.isFromPublicIssuer === false ? localDomain : found.domain;
  const organizationId = claims?.organizationId ?? found.organizationId;
  if (organizationId !== undefined) {
    const localRoot = await localRootFor(domain, io);
    return organizationBaseUrl(organizationId, domain, { source: found.source, localRoot });
  }
  const explanation = narrowToken(found);
  if (explanation !== undefined)
    throw new AppError("unauthorized", explanation, { hint: organizationTokenHint });
  throw new AppError(
    "usage",
    `No target was given, and the token from ${found.source} does not name its organization.`,
    {
      hint:
        domain === localDomain
          ? "Add --domain localhost and --org with the organization that the local Astro has."
          : "Add --url, --org or --profile.",
    },
  );
}

interface Resolved {
  readonly baseUrl: string;
  readonly profile: Profile | undefined;
  readonly found: FoundToken;
  readonly notes: readonly string[];
}

function remoteTarget(
  { baseUrl, profile, found, notes }: Resolved,
  { io, judgesToken = false }: TargetContext,
): RemoteTarget {
  const url = new URL(baseUrl);
  const isLoopback = isLoopbackHost(url.hostname);
  const organizationId = organizationOf(baseUrl);
  const named = { ...found, source: namedSource(found.source, profile) };
  return {
    kind: "remote",
    baseUrl,
    organizationId,
    token: found.token,
    tokenSource: found.source,
    isLoopback,
    isPublicAstro: isPublicAstroUrl(url),
    profile,
    notes: [
      ...found.notes,
      ...notes,
      ...(judgesToken ? [] : tokenNotes(named, { isLoopback, organizationId, now: io.clock.now() })),
    ],
  };
}

function writeNeedsTarget(): AppError {
  return new AppError("usage", "Commands that write need an explicit target; a token alone is not enough.", {
    hint: "Add --url, --org or --profile.",
  });
}
