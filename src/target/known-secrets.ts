/** Secrets that are known before a command begins: those among its arguments, and those in the environment. */

import { nearestName } from "../ground/text/nearest-name.ts";
import { readTokenClaims } from "../astro/token-claims.ts";

/** Variables whose value is a token; a profile names more of them. */
const tokenVariables = [
  "ASTRO_SCIM_TOKEN",
  "ASTRO_API_TOKEN",
  "ASTRO_SCIM_SOURCE_TOKEN",
  "OKTA_CLIENT_TOKEN",
  "OKTA_API_TOKEN",
  "AZURE_CLIENT_SECRET",
] as const;

/** Variables whose value may be a private key itself. */
const keyVariables = ["OKTA_API_PRIVATE_KEY"] as const;

/** Variables whose value is a URL that may hold a password. */
const urlVariables = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"] as const;

type Environment = Readonly<Record<string, string | undefined>>;

export function secretsInEnvironment(env: Environment): readonly string[] {
  const tokens = tokenVariables.flatMap((name) => tokenIn(env[name] ?? ""));
  const keys = keyVariables.flatMap((name) => keyParts(env[name] ?? ""));
  const urls = urlVariables.flatMap((name) => [env[name], env[name.toLowerCase()]]);
  return [...tokens, ...keys, ...urls.flatMap((url) => passwordsIn(url ?? ""))];
}

/**
 * What follows `--token`, also misspelt (`--tokne SECRET`, `—Token=SECRET`) and in other tools' words (`--api-key`), and
 * whatever looks like a token itself.
 */
export function secretsInArguments(argv: readonly string[]): readonly string[] {
  return argv.flatMap((argument, index) => [
    ...givenTo(argument, argv[index + 1]),
    ...looksLikeToken(argument),
  ]);
}

function givenTo(argument: string, next: string | undefined): readonly string[] {
  const equals = argument.indexOf("=");
  if (equals !== -1) {
    const name = argument.slice(0, equals);
    // `tokenRole=member` is a value of --behaviour.
    const isSecret = isOption(name) ? isSecretOption(name) : /(?:token|secret|password|key)$/i.test(name);
    return isSecret ? tokenIn(argument.slice(equals + 1)) : [];
  }
  if (isSecretOption(argument) && isOption(argument)) {
    return next === undefined || /^--?[a-z]/i.test(next) ? [] : tokenIn(next);
  }
  // As curl's -u takes its value.
  return /^-t[^-]/.test(argument) ? [argument.slice(2)] : [];
}

/**
 * A private key in PEM or as a JWK, whole and line by line, for a part of it is a secret, too; nothing of a text that has no mark of
 * a key: it is the name of a file.
 */
export function keyParts(text: string): readonly string[] {
  if (!isKeyText(text)) return [];
  const lines = text.split(/\r?\n|\\n/).map((line) => line.trim());
  const parts = lines.filter((line) => line.length >= 16 && !line.startsWith("-----"));
  // RFC 7518 §6: the private members of a JWK.
  const members = [...text.matchAll(/"(?:d|p|q|dp|dq|qi|k)"\s*:\s*"([^"]+)"/g)].map(
    ([, value]) => value ?? "",
  );
  return [text.trim(), ...parts, ...members].filter((part) => part !== "");
}

/** Text in PEM, or a JSON Web Key. */
export function isKeyText(text: string): boolean {
  return text.includes("-----BEGIN") || text.trimStart().startsWith("{");
}

/** The token as it is sent, and as it was given. */
export function tokenIn(text: string): readonly string[] {
  const trimmed = text.trim();
  return [...new Set([trimmed, trimmed.replace(/^Bearer\s+/i, "")])].filter((one) => one !== "");
}

/** Text processors make one dash of two, and a long one of it. */
const dashes = /^[-\u2010-\u2015\u2212]+/;

function isOption(argument: string): boolean {
  return dashes.test(argument);
}

function isSecretOption(name: string): boolean {
  const words = name.replace(dashes, "").toLowerCase();
  // It names the place of a secret.
  if (/[-_]?(?:file|env)$/.test(words)) return false;
  if (/token|secret|passw|bearer|credential|api[-_]?key|^auth|^pat$|^pass$|^tkn$/.test(words)) return true;
  return nearestName(words, ["token"]) !== undefined;
}

function looksLikeToken(argument: string): readonly string[] {
  const bearer = /\bBearer\s+(\S+)/i.exec(argument)?.[1];
  if (bearer !== undefined) return [bearer];
  return readTokenClaims(argument) === undefined ? [] : [argument];
}

/** As it stands in the URL, and as it is sent. */
function passwordsIn(text: string): readonly string[] {
  const password = /^(?:[a-z][\w+.-]*:\/\/)?[^/?#]*?:(?<password>[^/?#]*)@/i.exec(text)?.groups?.["password"];
  return password === undefined ? [] : [password];
}
