/** The token of a SCIM server that is the directory. */

import { AppError } from "../../ground/errors.ts";
import type { Io } from "../../world/io.ts";
import { parseBaseUrl } from "../base-url.ts";
import { cleanToken } from "../token/clean-token.ts";
import { tokenIn } from "../known-secrets.ts";
import { variableText } from "./given.ts";

export interface ScimTarget {
  /** SCIM base URL. */
  readonly url: string;
  readonly token: string;
  readonly notes: readonly string[];
}

const tokenVariable = "ASTRO_SCIM_SOURCE_TOKEN";

/**
 * Not the variables of the target: the two servers have different tokens.
 * @throws AppError usage, for a URL or token that cannot be one; refused, for plain HTTP to another machine
 */
export function findScim(io: Io, text: string): ScimTarget {
  const url = parseBaseUrl(text, "--from");
  const given = variableText(io.env, tokenVariable);
  if (given === undefined) {
    throw new AppError("usage", `There is no token for ${new URL(url).host}.`, {
      hint: `Set ${tokenVariable} to a token that the SCIM server of --from accepts.`,
    });
  }
  io.secrets.hide(tokenIn(given));
  const { token, notes } = cleanToken(given, tokenVariable);
  return { url, token, notes };
}
