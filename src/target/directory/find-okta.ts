/** Where a live Okta is, which app is meant, and with which credentials it is read. */

import { dirname } from "node:path";
import { AppError } from "../../ground/errors.ts";
import { requireSafeTransport } from "../../http/loopback.ts";
import type { Io } from "../../world/io.ts";
import { cleanToken } from "../token/clean-token.ts";
import type { Profile } from "../profile/find-profile.ts";
import { tokenIn } from "../known-secrets.ts";
import { trustProfile, type ProviderSearch } from "./provider-search.ts";
import { firstGiven, variableText, type Given } from "./given.ts";
import { keyFromFile, keyFromVariable } from "./private-key.ts";
import type { ProfileOkta } from "./profile-directory.ts";

export interface OktaTarget {
  /** Origin of the organization. */
  readonly url: string;
  /** Label or id of the app. */
  readonly app: string;
  readonly credentials: OktaCredentials;
  /** Sentences for the user about how they were found. */
  readonly notes: readonly string[];
}

/** Never printed, logged, recorded or stored. */
export type OktaCredentials =
  | { readonly kind: "api-token"; readonly token: string; readonly source: string }
  | {
      readonly kind: "service-app";
      readonly clientId: string;
      /** PEM or JWK. */
      readonly privateKey: string;
      /** Id of the key, where it is given apart from it. */
      readonly keyId: string | undefined;
      readonly source: string;
    };

/** Variables that Okta's own tools read; the first one that is set counts. */
const tokenVariables = ["OKTA_CLIENT_TOKEN", "OKTA_API_TOKEN"] as const;
const urlVariable = "OKTA_CLIENT_ORGURL";
const clientVariable = "OKTA_API_CLIENT_ID";
const keyVariable = "OKTA_API_PRIVATE_KEY";

/**
 * Finds all of it, and contacts nothing.
 * @throws AppError usage, for what is missing or cannot be used; refused, for plain HTTP to another machine; invalid-file, for
 * a key; refused or declined, for a profile's file that nobody agreed to
 */
export async function findOkta(search: ProviderSearch): Promise<OktaTarget> {
  const { io, flags, profile } = search;
  const okta = profile?.directory?.okta;
  const givenUrl = firstGiven(io, profile, {
    flag: ["--okta-url", flags.oktaUrl],
    ofProfile: okta?.url,
    variable: urlVariable,
  });
  if (givenUrl === undefined) throw noUrl();
  const url = oktaOrigin(givenUrl);
  const app = firstGiven(io, profile, { flag: ["--okta-app", flags.oktaApp], ofProfile: okta?.app });
  if (app === undefined) throw noApp();
  const { credentials, notes } = await findCredentials(search, { url, from: givenUrl });
  const isUsed = okta !== undefined;
  const trusted = await trustProfile(search, { isUsed, source: credentials.source, url });
  return { url, app: app.value, credentials, notes: [...notes, ...trusted] };
}

/** @throws AppError usage; refused, for plain HTTP to another machine */
function oktaOrigin({ value, from }: Given): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new AppError("usage", `The Okta URL in ${from} is not an http or https URL.`, { hint: urlHint });
  }
  if (url.username !== "" || url.password !== "") {
    throw new AppError("usage", `The Okta URL in ${from} contains a user name or a password.`, {
      hint: "Remove them; the API token goes into OKTA_CLIENT_TOKEN.",
    });
  }
  const console = /^(?<name>[\w-]+)-admin(?<domain>\.okta(?:preview|-emea)?\.com)$/.exec(
    url.hostname,
  )?.groups;
  if (console !== undefined) {
    const host = `${console["name"]}${console["domain"]}`;
    throw new AppError("usage", `The Okta URL in ${from} is the address of the Admin Console.`, {
      hint: `Write https://${host}.`,
    });
  }
  requireSafeTransport(url);
  return url.origin;
}

interface At {
  readonly url: string;
  readonly from: Given;
}

interface Found {
  readonly credentials: OktaCredentials;
  readonly notes: readonly string[];
}

async function findCredentials(search: ProviderSearch, at: At): Promise<Found> {
  const found = (await ofProfile(search)) ?? (await ofVariables(search, at));
  if (found !== undefined) return found;
  const { profile } = search;
  const named = profile?.directory?.okta?.tokenEnv;
  throw new AppError(
    "usage",
    named === undefined
      ? `There are no credentials for ${new URL(at.url).host}${halfOfServiceApp(search)}.`
      : `${named}, the tokenEnv of ${profile?.label ?? "the profile"}, is not set.`,
    {
      hint: `Set ${named ?? "OKTA_CLIENT_TOKEN"} to an API token of a read-only administrator, or OKTA_API_CLIENT_ID and OKTA_API_PRIVATE_KEY for a service app (docs/directories.md).`,
    },
  );
}

/** What lacks where a service app is named and has no key. */
function halfOfServiceApp({ io, profile }: ProviderSearch): string {
  const isNamed = (profile?.directory?.okta?.clientId ?? variableText(io.env, clientVariable)) !== undefined;
  return isNamed ? `: ${profile?.directory?.okta?.privateKeyEnv ?? keyVariable} is not set` : "";
}

async function ofProfile({ io, profile }: ProviderSearch): Promise<Found | undefined> {
  const okta = profile?.directory?.okta;
  if (profile === undefined || okta === undefined) return undefined;
  if (okta.tokenEnv !== undefined) {
    const token = variableText(io.env, okta.tokenEnv);
    return token === undefined ? undefined : apiToken(io, okta.tokenEnv, token);
  }
  const clientId = okta.clientId ?? variableText(io.env, clientVariable);
  const key = clientId === undefined ? undefined : await keyOfProfile(io, profile, okta);
  return clientId === undefined || key === undefined ? undefined : serviceApp(io, { clientId, ...key });
}

interface Key {
  readonly privateKey: string;
  readonly source: string;
}

async function keyOfProfile(
  io: Io,
  { file, label }: Profile,
  { privateKeyEnv: name, privateKeyFile }: ProfileOkta,
): Promise<Key | undefined> {
  const text = name === undefined ? undefined : variableText(io.env, name);
  if (name !== undefined && text !== undefined) {
    return { privateKey: await keyFromVariable(io, name, text), source: name };
  }
  if (privateKeyFile === undefined) return undefined;
  const privateKey = await keyFromFile(io, { file: privateKeyFile, folder: dirname(file), what: label });
  return { privateKey, source: privateKeyFile };
}

async function ofVariables({ io, profile }: ProviderSearch, at: At): Promise<Found | undefined> {
  const tokenName = tokenVariables.find((name) => variableText(io.env, name) !== undefined);
  const clientId = profile?.directory?.okta?.clientId ?? variableText(io.env, clientVariable);
  const keyText = variableText(io.env, keyVariable);
  if (tokenName !== undefined) {
    requireOwnOrganization(io, tokenName, at);
    const found = apiToken(io, tokenName, io.env[tokenName] ?? "");
    if (keyText === undefined) return found;
    return { ...found, notes: [...found.notes, `${keyVariable} was not used, because ${tokenName} is set.`] };
  }
  if (keyText === undefined) return undefined;
  requireOwnOrganization(io, keyVariable, at);
  const privateKey = await keyFromVariable(io, keyVariable, keyText);
  if (clientId !== undefined) return serviceApp(io, { clientId, privateKey, source: keyVariable });
  throw new AppError("usage", `${keyVariable} needs OKTA_API_CLIENT_ID.`, {
    hint: "Set it to the client ID of the service app.",
  });
}

/** Where the variable for the address is set, the secrets beside it belong to that organization. */
function requireOwnOrganization({ env }: Io, source: string, { url, from }: At): void {
  const own = variableText(env, urlVariable);
  if (own === undefined || from.by === "variable") return;
  if (URL.canParse(own) && new URL(own).origin === url) return;
  const host = URL.canParse(own) ? new URL(own).host : "another organization";
  throw new AppError(
    "usage",
    `${source} belongs to ${host} (${urlVariable}), so it is not sent to ${new URL(url).host} (${from.from}).`,
    { hint: `Set ${urlVariable} and ${source} for the organization that you mean.` },
  );
}

function apiToken(io: Io, source: string, text: string): Found {
  const given = text.replace(/^\s*SSWS\s+/i, "");
  io.secrets.hide(tokenIn(given));
  const { token, notes } = cleanToken(given, source);
  return { credentials: { kind: "api-token", token, source }, notes };
}

function serviceApp(
  { env }: Io,
  app: { readonly clientId: string; readonly privateKey: string; readonly source: string },
): Found {
  const keyId = variableText(env, "OKTA_API_PRIVATE_KEY_ID");
  return { credentials: { kind: "service-app", ...app, keyId }, notes: [] };
}

const urlHint = "Write the address of the organization, such as https://acme.okta.com.";

function noUrl(): AppError {
  return new AppError("usage", "The URL of the Okta organization is missing.", {
    hint: `Add --okta-url, or set ${urlVariable}. For a file named okta, write ./okta.`,
  });
}

function noApp(): AppError {
  return new AppError("usage", "The name of the Astro app in Okta is missing.", {
    hint: "Add --okta-app with the label of the app, as Applications > Applications lists it, or with its ID (0oa…).",
  });
}
