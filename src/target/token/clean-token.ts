/** A token as people paste it, made ready for the `Authorization` header. No message repeats any part of it. */

import { AppError } from "../../ground/errors.ts";

export interface CleanToken {
  readonly token: string;
  /** Sentences for the user about what was done to it. */
  readonly notes: readonly string[];
}

const fallbackHint = "Copy the token again, in one piece.";

/**
 * Takes a final line break and a leading `Bearer ` off. `source` is where it was found: `ASTRO_SCIM_TOKEN`.
 * @throws AppError usage, for a token that is empty, or holds what no header may hold.
 */
export function cleanToken(text: string, source: string): CleanToken {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  const prefix = /^Bearer(?:\s+|$)/i.exec(trimmed)?.[0] ?? "";
  const token = trimmed.slice(prefix.length);
  if (token === "") throw new AppError("usage", `The token from ${source} is empty.`, { hint: fallbackHint });
  const invalidAt = token.search(/[^\x21-\x7e]/);
  if (invalidAt !== -1) {
    throw new AppError("usage", `The token from ${source} contains ${nameOf(token.charCodeAt(invalidAt))}.`, {
      hint: /[\r\n]/.test(token) ? "It must be on one line, with nothing else." : fallbackHint,
    });
  }
  const notes =
    prefix === "" ? [] : [`"Bearer " was removed from the token from ${source}: astro-scim adds it itself.`];
  return { token, notes };
}

function nameOf(code: number): string {
  if (code === 0x0a || code === 0x0d) return "a line break";
  if (code === 0x20 || code === 0x09 || code === 0xa0) return "a space";
  if (code < 0x20 || code === 0x7f) return "a control character";
  return "a character that is not ASCII";
}
