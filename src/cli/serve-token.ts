/** The API token that `serve` accepts. */

import { readTokenClaims } from "../astro/token-claims.ts";
import { AppError } from "../ground/errors.ts";
import { cleanToken } from "../target/token/clean-token.ts";
import { tokenIn } from "../target/known-secrets.ts";
import { readTokenFile } from "../target/token/token-file.ts";
import type { AstroServer } from "../server/start.ts";
import type { Io } from "../world/io.ts";

export interface ServeTokenFlags {
  readonly token?: string;
  readonly tokenFile?: string;
}

export interface GivenToken {
  readonly token: string;
  /** The option that gave it. */
  readonly option: "--token" | "--token-file";
}

/** @throws AppError usage, where both are given, or a token in `--token` that no header can hold */
export function checkServeTokenFlags({ token, tokenFile }: ServeTokenFlags): void {
  if (token !== undefined && tokenFile !== undefined) {
    throw new AppError("usage", "--token and --token-file cannot be used together.", {
      hint: "Keep one of them.",
    });
  }
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw new AppError("usage", "The token in --token cannot be sent in an Authorization header.", {
      hint: "Use visible ASCII characters without spaces.",
    });
  }
}

/**
 * Undefined where neither option is given: the server makes a random token.
 * @throws AppError invalid-file, for a file that cannot be read; usage, for one that holds no token
 */
export async function givenToken(
  io: Io,
  { token, tokenFile }: ServeTokenFlags,
): Promise<GivenToken | undefined> {
  if (token !== undefined) return { token, option: "--token" };
  if (tokenFile === undefined) return undefined;
  const text = await readTokenFile(io, tokenFile, "Put the token in a file.");
  io.secrets.hide(tokenIn(text));
  return { token: cleanToken(text, tokenFile).token, option: "--token-file" };
}

/** Says why the server will refuse the token that it was given; undefined if it accepts it. */
export function refusedTokenWarning(
  { organizationId }: Pick<AstroServer, "organizationId">,
  given: GivenToken | undefined,
  now: Date,
): string | undefined {
  const fault = given && faultOf(given.token, organizationId, now);
  return (
    fault && `Warning: the token given with ${given.option} ${fault}. Every request with it is refused.\n`
  );
}

function faultOf(token: string, organizationId: string, now: Date): string | undefined {
  const claims = readTokenClaims(token);
  if (claims?.expiresAt !== undefined && claims.expiresAt <= now) {
    return `expired at ${claims.expiresAt.toISOString()}`;
  }
  if (claims?.scope === "WORKSPACE") return "is a Workspace API token";
  if (claims?.scope === "DEPLOYMENT") return "is a Deployment API token";
  if (claims?.scope === undefined || claims.organizationId === organizationId) return undefined;
  return "is for another organization";
}
