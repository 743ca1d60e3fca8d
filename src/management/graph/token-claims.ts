/** What an access token for Microsoft Graph says its bearer may do (Microsoft: Access token claims reference). */

import * as z from "zod";
import { parseJsonText } from "../../wire/parse-json-text.ts";

const claims = z.looseObject({
  /** Application permissions, of a token that an app got for itself. */
  roles: z.array(z.string()).nullish(),
  /** Delegated permissions, of a token that a person signed in for: separated by blanks. */
  scp: z.string().nullish(),
  /** Ids of the directory roles of the app or person. */
  wids: z.array(z.string()).nullish(),
});

export type TokenClaims = z.infer<typeof claims>;

/** Of the `Authorization` header of a request; undefined where the token cannot be looked into. */
export function claimsIn(authorization: string): TokenClaims | undefined {
  const payload = /^Bearer\s+[\w-]+\.([\w-]+)\.[\w-]*$/i.exec(authorization.trim())?.[1];
  if (payload === undefined) return undefined;
  const read = claims.safeParse(parseJsonText(Buffer.from(payload, "base64url").toString("utf8")));
  return read.success ? read.data : undefined;
}
