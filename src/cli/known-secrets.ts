/** Secrets that are known before a command begins: those among its arguments, and those in the environment. */

import { nearestName } from "../scim/nearest-name.ts";
import { readTokenClaims } from "./target/token-claims.ts";

/** Variables whose value is a token; a profile names more of them. */
const tokenVariables = ["ASTRO_SCIM_TOKEN", "ASTRO_API_TOKEN"] as const;

/** Variables whose value is a URL that may hold a password. */
const urlVariables = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"] as const;

type Environment = Readonly<Record<string, string | undefined>>;

export function secretsInEnvironment(env: Environment): readonly string[] {
  const tokens = tokenVariables.flatMap((name) => tokenIn(env[name] ?? ""));
  const urls = urlVariables.flatMap((name) => [env[name], env[name.toLowerCase()]]);
  return [...tokens, ...urls.flatMap((url) => passwordsIn(url ?? ""))];
}

/**
 * What follows `--token`, also misspelt (`--tokne SECRET`, `—Token=SECRET`) and in other tools' words (`--api-key`), and
 * whatever looks like a token itself.
 */
export function secretsInArguments(argv: readonly string[]): readonly string[] {
  return argv.flatMap((argument, index) => {
    const { name = "", value } = /^(?<name>[^=]*?)(?:=(?<value>[^]*))?$/.exec(argument)?.groups ?? {};
    if (value !== undefined && isSecretOption(name)) return tokenIn(value);
    if (value === undefined && /^[-‐-―−]/.test(name) && isSecretOption(name)) {
      const next = argv[index + 1];
      return next === undefined || /^--?[a-z]/i.test(next) ? [] : tokenIn(next);
    }
    // As curl's -u takes its value.
    const joined = /^-t(?<value>[^-].*)$/s.exec(argument)?.groups?.["value"];
    return joined === undefined ? looksLikeToken(argument) : [joined];
  });
}

/** The token as it is sent, and as it was given. */
export function tokenIn(text: string): readonly string[] {
  const trimmed = text.trim();
  return [...new Set([trimmed, trimmed.replace(/^Bearer\s+/i, "")])].filter((one) => one !== "");
}

function isSecretOption(name: string): boolean {
  const words = name.replace(/^[-‐-―−]+/, "").toLowerCase();
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
